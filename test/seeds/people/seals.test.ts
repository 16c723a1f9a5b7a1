import { describe, expect, it } from 'vitest'
import { otherImpression, sealsOf } from '../../../seeds/people/index.ts'
import { castPeople, generatePopulation } from '../../../seeds/people/index.ts'
import { ageOn } from '../../../world/calendar.ts'

const today = '2023-03-27'
const municipality = { code: 'munakata', name: '宗像市', prefecture: '福岡県', mayor: '見本　一郎', feesYen: {} }
const population = generatePopulation({ seed: 1, size: 3_000, municipality, today })
const seals = sealsOf(population, 1, today)
const personOf = new Map(population.map((person) => [person.id, person]))
const characters = (text: string): number => (text.match(/.[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]*/gsu) ?? []).length

describe('seal registrations', () => {
  it('are the same for the same seed, and one a person', () => {
    expect(sealsOf(population, 1, today)).toEqual(seals)
    expect(sealsOf(population, 2, today)).not.toEqual(seals)
    expect(new Set(seals.map(({ resident }) => resident)).size).toBe(seals.length)
  })

  it('are those of residents of 15 or older, most of the older ones', () => {
    const people = seals.map(({ resident }) => personOf.get(resident)!)
    expect(people.every(({ status, birthDate }) => status === 'resident' && ageOn(birthDate, today) >= 15)).toBe(true)
    const older = population.filter(({ status, birthDate }) => status === 'resident' && ageOn(birthDate, today) >= 40)
    expect(people.filter(({ birthDate }) => ageOn(birthDate, today) >= 40).length / older.length).toBeCloseTo(0.75, 1)
  })

  it('show two to six characters and no space, no two the same in one household', () => {
    const shown = seals.map(({ resident, impression }) => `${personOf.get(resident)!.household} ${impression}`)
    expect(seals.filter(({ impression }) => characters(impression) < 2 || characters(impression) > 6 || /\s/u.test(impression))).toEqual([])
    expect(new Set(shown).size).toBe(shown.length)
  })

  it('were made between the fifteenth birthday and today, and a few are revoked', () => {
    for (const { resident, registeredOn } of seals) {
      const { becameResident, birthDate } = personOf.get(resident)!
      expect(registeredOn >= becameResident && registeredOn <= today && ageOn(birthDate, registeredOn) >= 15).toBe(true)
    }
    const revoked = seals.filter(({ status }) => status === 'revoked')
    expect(revoked.length).toBeGreaterThan(0)
    expect(revoked.length / seals.length).toBeLessThan(0.08)
    expect(new Set(revoked.map(({ version }) => version))).toEqual(new Set([2]))
  })

  it('can be changed to another impression of the same person', () => {
    for (const { resident, impression } of seals) {
      const other = otherImpression(personOf.get(resident)!, impression)
      expect(other).not.toBe(impression)
      expect(other).not.toBe('')
    }
  })
})

describe('a role', () => {
  it('can be cast with somebody who has a seal registration in force, or who never had one', () => {
    const byPerson = new Map(seals.map((seal) => [seal.resident, seal]))
    const cast = castPeople(population, { holder: 'any,adult,sealed', other: 'any,adult,unsealed' }, 1, today, byPerson)

    expect(byPerson.get(cast.get('holder')!.id)?.status).toBe('active')
    expect(byPerson.has(cast.get('other')!.id)).toBe(false)
  })
})
