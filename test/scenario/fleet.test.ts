import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { TorichigaeError } from '../../contract/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { buildAt, type Fleet, fixesAt, hasFix, readFleet, withFix } from '../../scenario/fleet.ts'
import { packageRoot } from '../../scenario/package-root.ts'

const catalogue = readCatalogue()
const file = new URL('seeds/fleet-2023.json', packageRoot())
const fleet = readFleet(file, catalogue)
const folder = mkdtempSync(join(tmpdir(), 'torichigae-fleet-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

const site = (name: string): Fleet['sites'][number] => fleet.sites.find((each) => each.name === name)!
const fix = (id: string): Fleet['fixes'][number] => fleet.fixes.find((each) => each.id === id)!

/** The fleet with a change in it, read from a file. */
function changed(change: (raw: Fleet) => object): Fleet {
  const path = join(folder, 'fleet.json')
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Fleet)))
  return readFleet(pathToFileURL(path), catalogue)
}

describe('the fleet of 2023', () => {
  it('has 123 sites of three products, about 30 of them of Yokohama\'s', () => {
    expect(fleet.sites).toHaveLength(123)
    expect(fleet.sites.filter(({ product }) => product === site('yokohama').product)).toHaveLength(30)
    expect(new Set(fleet.sites.map(({ product }) => product)).size).toBe(3)
  })

  it('says that it is a reconstruction, fitted to totals, and where each fact stands', () => {
    expect(fleet.says).toMatch(/reconstruction, fitted to published totals/)
    expect(fleet.says).toContain('never published')
    expect(fleet.facts.some(({ kind }) => kind === 'published')).toBe(true)
    expect(fleet.facts.some(({ kind }) => kind === 'ours')).toBe(true)
  })

  it('speaks of each incident that has a repair', () => {
    expect(fleet.fixes.map(({ row }) => row).sort()).toEqual(['K1', 'K2', 'K3', 'K4', 'K5a', 'K5b', 'K6', 'K9'])
  })
})

describe('a roll-out', () => {
  it('reaches a site of the product from its day on', () => {
    expect(fixesAt(fleet, site('yokohama'), '2023-04-04').map(({ id }) => id)).not.toContain('turn-ends-job')
    expect(fixesAt(fleet, site('yokohama'), '2023-04-05').map(({ id }) => id)).toContain('turn-ends-job')
    expect(buildAt(fleet, site('yokohama'), '2023-03-27', catalogue).parts['print/turn']).toBe('release-on-timeout')
    expect(buildAt(fleet, site('yokohama'), '2023-04-05', catalogue).parts['print/turn']).toBe('end-job')
  })

  it('passes a fork over, unless somebody carried it over there', () => {
    expect(site('munakata').fork).toBeDefined()
    expect(fixesAt(fleet, site('munakata'), '2023-07-14').map(({ id }) => id)).not.toContain('fail-closed')
    expect(fixesAt(fleet, site('munakata'), '2023-07-14').map(({ id }) => id)).toContain('whole-document')
    expect(buildAt(fleet, site('munakata'), '2023-07-14', catalogue).parts['print/output']).toBe('kept-buffer')
  })

  it('passes another product over', () => {
    expect(fixesAt(fleet, site('kawasaki'), '2023-07-14').map(({ id }) => id)).toEqual(['fail-closed', 'own-request-id', 'seal-versions'])
  })

  it('is not needed for what was put in at one site alone', () => {
    expect(fixesAt(fleet, site('adachi'), '2023-04-30').map(({ id }) => id)).not.toContain('own-number')
    expect(fixesAt(fleet, site('adachi'), '2023-05-01').map(({ id }) => id)).toContain('own-number')
  })
})

describe('a repair', () => {
  const repaired = catalogue.build('repaired')
  const deployed = catalogue.build('munakata-2023-06-28')

  it('comes in the place of what it replaces and of nothing else', () => {
    expect(withFix(deployed, fix('fail-closed')).parts['print/output']).toBe('buffer-per-job')
    expect(withFix(deployed, fix('own-number')).parts).toEqual(deployed.parts)
    expect(withFix(repaired, fix('form-by-version')).parts).toEqual(repaired.parts)
  })

  it('is in a build in which nothing is left that it replaces', () => {
    expect(hasFix(deployed, fix('fail-closed'))).toBe(false)
    expect(hasFix(deployed, fix('own-number'))).toBe(true)
    expect(fleet.fixes.every((each) => hasFix(repaired, each))).toBe(true)
  })
})

describe('the build of a site', () => {
  it('has the site\'s own numbers, workers and types', () => {
    const adachi = buildAt(fleet, site('adachi'), '2023-07-14', catalogue)

    expect(adachi).toMatchObject({ id: 'adachi', nodes: 2, settings: { workerConcurrency: 1, turnLimitMs: 8_000, offers: ['residence-record', 'seal-certificate'] } })
    expect(adachi.parts['link/replica-lock']).toBe('whole-run')
  })
})

type Changed = (raw: Fleet) => object
const withSite = (given: object): Changed => (raw) => ({ ...raw, sites: [{ ...raw.sites[0], ...given }, ...raw.sites.slice(1)] })

describe('a fleet with a fault', () => {
  it.each<[string, Changed, string, string, RegExp]>([
    ['two sites of one name', (raw) => ({ ...raw, sites: [...raw.sites, raw.sites[0]] }), 'BAD_FILE', '/sites/123', /"yokohama" is there twice/],
    ['two repairs of one name', (raw) => ({ ...raw, fixes: [...raw.fixes, raw.fixes[0]] }), 'BAD_FILE', '/fixes/8', /"fail-closed" is there twice/],
    ['a site of a product that nobody knows', withSite({ product: 'product-x' }), 'BAD_FILE', '/sites/0/product', /"product-x" among product-a, product-b, product-c/],
    ['a site of a version that the product does not have', withSite({ version: '9.9' }), 'BAD_FILE', '/sites/0/version', /"9\.9" among 5\.0/],
    ['a claim to a repair that nobody knows', withSite({ claims: ['magic'] }), 'BAD_FILE', '/sites/0/claims/0', /"magic"/],
    ['a repair put in that nobody knows', withSite({ applied: [{ fix: 'magic', on: '2023-01-01' }] }), 'BAD_FILE', '/sites/0/applied/0/fix', /"magic"/],
    ['a fork with a variant that nobody knows', withSite({ fork: { says: 'its own', parts: { 'print/output': 'lucky' } } }), 'UNKNOWN_PART', '/sites/0/fork/parts/print~1output', /lucky/],
    ['a site without workers', withSite({ topology: { nodes: 0 } }), 'BAD_FILE', '/sites/0/topology/nodes', /1/],
    ['a field that nobody knows', withSite({ patch: 'x' }), 'BAD_FILE', '/sites/0/patch', /no field/],
    ['a version on a build that nobody knows', (raw) => ({ ...raw, products: [{ ...raw.products[0], versions: [{ id: '5.0', build: 'as-1999' }] }, ...raw.products.slice(1)] }), 'UNKNOWN_BUILD', '/products/0/versions/0/build', /as-1999/],
    ['a roll-out of a repair that nobody knows', (raw) => ({ ...raw, rollOuts: [{ ...raw.rollOuts[0], fix: 'magic' }] }), 'BAD_FILE', '/rollOuts/0/fix', /"magic"/],
    ['a roll-out to a product that nobody knows', (raw) => ({ ...raw, rollOuts: [{ ...raw.rollOuts[0], products: ['product-x'] }] }), 'BAD_FILE', '/rollOuts/0/products/0', /"product-x"/],
    ['a repair of an incident that nobody knows', (raw) => ({ ...raw, fixes: [{ ...raw.fixes[0], row: 'K99' }, ...raw.fixes.slice(1)] }), 'UNKNOWN_INCIDENT', '/fixes/0/row', /K99/],
    ['a repair that puts in what it takes out', (raw) => ({ ...raw, fixes: [{ ...raw.fixes[0], replaces: { 'print/output': ['buffer-per-job'] } }, ...raw.fixes.slice(1)] }), 'BAD_FILE', '/fixes/0/replaces/print~1output', /nothing else to put there/],
    ['a repair that takes out what it does not put in', (raw) => ({ ...raw, fixes: [{ ...raw.fixes[0], replaces: { 'print/turn': ['owner-checked'] } }, ...raw.fixes.slice(1)] }), 'BAD_FILE', '/fixes/0/replaces/print~1turn', /nothing else to put there/],
    ['a fact without a source', (raw) => ({ ...raw, facts: [{ ...raw.facts[0], publisher: '' }] }), 'BAD_FILE', '/facts/0/publisher', /character/],
  ])('is refused before anything runs: %s', (_, change, code, place, words) => {
    let error: unknown
    try {
      changed(change)
    } catch (thrown) {
      error = thrown
    }

    expect(error).toBeInstanceOf(TorichigaeError)
    expect(error).toMatchObject({ code, exit: 64, message: expect.stringContaining(`fleet.json at ${place}`) as string })
    expect((error as TorichigaeError).message).toMatch(words)
  })
})
