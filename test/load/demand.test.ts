import { describe, expect, it } from 'vitest'
import { type TorichigaeError } from '../../contract/index.ts'
import { profileOfDemand } from '../../load/demand.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'

const catalogue = readCatalogue()
const { copies, householdShare } = catalogue.profile.mix
const yokohama = catalogue.incident('K1')

describe('what people ask for under load', () => {
  it('is ordinary where no incident is about the build', () => {
    expect(profileOfDemand(catalogue, ['repaired'])).toBe(catalogue.profile)
  })

  it('is that of the incident whose build is under load, with its bulk printing', () => {
    const { mix } = profileOfDemand(catalogue, ['repaired', yokohama.build])

    expect(mix).toMatchObject({ copies: yokohama.load?.copies, householdShare: yokohama.load?.householdShare, sealShare: 0 })
    expect(mix.copies).not.toEqual(copies)
    expect(mix.source.says).toContain(yokohama.id)
  })

  it('is what was chosen, whatever the build', () => {
    expect(profileOfDemand(catalogue, [yokohama.build], 'ordinary').mix).toMatchObject({ copies, householdShare })
    expect(profileOfDemand(catalogue, ['repaired'], 'K1').mix.copies).toEqual(yokohama.load?.copies)
  })

  it.each([['K99', 'UNKNOWN_INCIDENT'], ['K6', 'USAGE']])('cannot be that of %s', (choice, code) => {
    expect(() => profileOfDemand(catalogue, [], choice)).toThrow(expect.objectContaining({ name: 'TorichigaeError', code }) as TorichigaeError)
  })
})
