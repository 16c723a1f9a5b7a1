import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { readFleet } from '../../scenario/fleet.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { type Nation, placesOf, readNation } from '../../scenario/nation.ts'
import { packageRoot } from '../../scenario/package-root.ts'

const catalogue = readCatalogue()
const file = new URL('seeds/nation-2023.json', packageRoot())
const nation = readNation(file, catalogue)
const fleet = readFleet(new URL(nation.fleet, file), catalogue)
const folder = mkdtempSync(join(tmpdir(), 'torichigae-nation-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

/** The nation with a change in it, read from a file. */
function changed(change: (raw: Nation) => object): Nation {
  const path = join(folder, 'nation.json')
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Nation)))
  return readNation(pathToFileURL(path), catalogue)
}

const march = placesOf(nation, fleet, '2023-03-27', catalogue)
const at = (code: string) => march.find(({ municipality }) => municipality.code === code)!

describe('the nation of 2023', () => {
  it('has 1,300 municipalities with 88,600 sessions a day, each once, the largest first', () => {
    const sessions = march.map(({ sessionsPerDay }) => sessionsPerDay)

    expect(march).toHaveLength(1_300)
    expect(new Set(march.map(({ municipality }) => municipality.code)).size).toBe(1_300)
    expect(sessions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(88_600, 3)
    expect(sessions).toEqual([...sessions].sort((one, other) => other - one))
    expect(Math.min(...sessions)).toBeGreaterThan(0)
  })

  it('gives a city with a figure of its own that share of all, and only as many as it says', () => {
    const { certificatesPerDay, year } = catalogue.profile
    const share = certificatesPerDay['yokohama']!.perDay / (year.certificates / year.daysOpen)

    expect(at('yokohama').sessionsPerDay / 88_600).toBeCloseTo(share, 9)
    expect(at('yokohama').municipality.name).toBe('横浜市')
  })

  it('runs at each site of the fleet what it ran on that day, under a name that explore understands, and elsewhere what it says', () => {
    const june = placesOf(nation, fleet, '2023-06-28', catalogue).find(({ municipality }) => municipality.code === 'yokohama')!

    expect([at('yokohama').build.parts['print/turn'], june.build.parts['print/turn']]).toEqual(['release-on-timeout', 'end-job'])
    expect(namedBuild(at('yokohama').build.id, catalogue).build.parts).toEqual(at('yokohama').build.parts)
    expect(march.filter(({ build }) => build.id === 'repaired')).toHaveLength(1_300 - fleet.sites.length)
    expect(june.sessionsPerDay).toBe(at('yokohama').sessionsPerDay)
  })

  it.each<[string, (raw: Nation) => object, RegExp]>([
    ['a build that there is not', (raw) => ({ ...raw, others: { ...raw.others, build: 'perfect' } }), /perfect.*nation\.json at \/others\/build/],
    ['a figure without a source', ({ sessionsPerDay: { count }, ...raw }) => ({ ...raw, sessionsPerDay: { count } }), /nation\.json at \/sessionsPerDay/],
    ['a fleet in another folder', (raw) => ({ ...raw, fleet: '../fleet.json' }), /nation\.json at \/fleet/],
  ])('is refused with %s, with the file and the place', (_what, change, says) => {
    expect(() => changed(change)).toThrow(says)
  })

  it('is refused with fewer municipalities than its fleet has sites, and with a site that cannot be one', () => {
    const few = changed((raw) => ({ ...raw, municipalities: { ...raw.municipalities, count: 100 } }))
    const odd = { ...fleet, sites: fleet.sites.map((site, index) => (index === 5 ? { ...site, name: '3.town' } : site)) }

    expect(() => placesOf(few, fleet, '2023-03-27', catalogue)).toThrow('nation-2023 has 100 municipalities, and fleet-2023 has 123 sites')
    expect(() => placesOf(nation, odd, '2023-03-27', catalogue)).toThrow('the site "3.town" of the fleet cannot be a municipality\'s key')
  })
})
