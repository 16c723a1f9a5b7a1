import { describe, expect, it } from 'vitest'
import { Crowd } from '../../load/crowd.ts'
import type { LoadGround } from '../../load/venue.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { settle } from '../../scenario/setting.ts'
import { createCardPress } from '../../world/live/crypto.ts'

const { municipalities, profile } = readCatalogue()
const date = '2023-03-27'

function groundOf(...codes: string[]): LoadGround {
  const places = codes.map((code) => ({ ...settle({ seed: 1, size: 200, municipality: municipalities.get(code)!, today: date }, createCardPress(1)), build: 'repaired' }))
  return { date, start: '12:00:00', clockFactor: 20, profile, places }
}

const ARRIVALS = 2_000
const arrivalsOf = (crowd: Crowd) => Array.from({ length: ARRIVALS }, (_, index) => crowd.arrival(index))

describe('the crowd of a load, seed 1', () => {
  it('comes from each municipality as often as by nature, and everybody from his or her own', () => {
    const came = arrivalsOf(new Crowd(groundOf('saitama', 'niigata', 'munakata'), 1))

    expect(came.filter(({ place, visitor }) => visitor.resident.municipality !== place.municipality.code)).toEqual([])
    const share = (code: string): number => came.filter(({ place }) => place.municipality.code === code).length / ARRIVALS
    const perDay = (code: string): number => profile.certificatesPerDay[code]!.perDay
    const all = perDay('saitama') + perDay('niigata') + perDay('munakata')
    for (const code of ['saitama', 'niigata', 'munakata']) expect(share(code)).toBeCloseTo(perDay(code) / all, 1)
    expect(share('munakata')).toBeGreaterThan(0)
  })

  it('of one municipality is the same whoever comes from others', () => {
    const alone = new Crowd(groundOf('saitama'), 1)
    const together = arrivalsOf(new Crowd(groundOf('saitama', 'niigata'), 1))

    const differ = together.flatMap(({ place, visitor }, index) => {
      const { resident, wish } = alone.arrival(index).visitor
      return place.municipality.code === 'saitama' && (resident.id !== visitor.resident.id || JSON.stringify(wish) !== JSON.stringify(visitor.wish)) ? [index] : []
    })
    expect(differ).toEqual([])
  })

  it('needs to know how many people come from a municipality', () => {
    const [place] = groundOf('saitama').places
    const unknown = { ...place!, municipality: { ...place!.municipality, code: 'edo' } }

    expect(() => new Crowd({ ...groundOf('saitama'), places: [unknown] }, 1)).toThrow('seeds/arrivals.json at /certificatesPerDay: it has no figure for "edo"')
  })
})
