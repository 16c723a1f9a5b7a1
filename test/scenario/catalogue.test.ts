import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ErrorCode, TorichigaeError } from '../../contract/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { ROOT } from '../support/source-tree.ts'

/** JSON as a test changes it. */
type Json = Record<string, unknown>

const MUNAKATA = 'incidents/munakata-2023-06-28.json'
const YOKOHAMA = 'incidents/yokohama-2023-03-27.json'
const BUILD = 'builds/munakata-2023-06-28.json'

let seeds: string
beforeEach(() => {
  seeds = mkdtempSync(join(tmpdir(), 'torichigae-seeds-'))
  for (const name of ['incidents', 'scenarios', 'builds', 'municipalities.json', 'arrivals.json']) cpSync(join(ROOT, 'seeds', name), join(seeds, name), { recursive: true })
})
afterEach(() => rmSync(seeds, { recursive: true }))

const path = (file: string): string => join(seeds, file)
const json = (file: string): Json => JSON.parse(readFileSync(path(file), 'utf8')) as Json
/** Reads a copy of the catalogue. */
const read = () => readCatalogue(pathToFileURL(`${seeds}/`))
/** Writes a file of the copy anew with some fields changed; undefined takes a field out. */
function change(file: string, fields: Json, as = file): void {
  writeFileSync(path(as), JSON.stringify({ ...json(file), ...fields }))
}

function errorOf(use: () => unknown): TorichigaeError {
  try {
    use()
  } catch (error) {
    if (error instanceof TorichigaeError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const script = (file: string): Json[] => json(file)['script'] as Json[]
const halfFix = (file: string): Json => (json(file)['halfFixes'] as Json[])[0]!

describe('the catalogue', () => {
  it('knows an incident by its id and by its row', () => {
    const catalogue = read()

    expect(catalogue.incident('K6')).toBe(catalogue.incident('munakata-2023-06-28'))
    expect([...catalogue.incidents.keys()]).toEqual(['yokohama-2023-03-27', 'adachi-2023', 'kawasaki-2023-05-02', 'tokushima-2023-03-27', 'seal-watermark', 'seal-snapshot', 'munakata-2023-06-28', 'unnamed-2019', 'own-old-data'])
  })

  it('makes a build of its base with its own parts and numbers in their places', () => {
    const catalogue = read()
    const base = catalogue.build('as-2023')
    const build = catalogue.build('munakata-2023-06-28')

    expect(build).toEqual({ ...base, id: 'munakata-2023-06-28', parts: { ...base.parts, 'print/output': 'kept-buffer' } })
    expect(catalogue.ownParts('munakata-2023-06-28')).toEqual({ 'print/output': 'kept-buffer' })
    expect(catalogue.build('yokohama-2023-03-27').settings.turnLimitMs).toBe(8_000)
  })

  it.each([
    ['incident', () => read().incident('K99'), 'UNKNOWN_INCIDENT', 'K99'],
    ['build', () => read().build('as-1999'), 'UNKNOWN_BUILD', 'as-1999'],
  ] as const)('says which %s it does not have', (_, ask, code, detail) => {
    expect(errorOf(ask)).toMatchObject({ code, detail, exit: 64 })
  })

  it('does not take a name that objects have from birth for one of its own', () => {
    change(BUILD, { parts: { toString: 'x' } })
    expect(errorOf(read).code).toBe('UNKNOWN_PART')

    change(BUILD, { parts: { 'print/output': 'constructor' } })
    expect(errorOf(read).code).toBe('UNKNOWN_PART')
  })
})

/** What is wrong, in which file, at which place in it, and what else the sentence names. */
const WRONG: readonly (readonly [string, () => void, ErrorCode, string, string, RegExp])[] = [
  ['a part that nobody knows', () => { change(BUILD, { parts: { 'print/colour': 'red' } }) }, 'UNKNOWN_PART', BUILD, '/parts/print~1colour', /print\/colour/],
  ['a variant that nobody knows', () => { change(BUILD, { parts: { 'print/output': 'lucky' } }) }, 'UNKNOWN_PART', BUILD, '/parts/print~1output', /lucky/],
  ['a base that nobody knows', () => { change(BUILD, { base: 'as-1999' }) }, 'UNKNOWN_BUILD', BUILD, '/base', /as-1999/],
  ['a base that stands on itself', () => { change(BUILD, { base: 'munakata-2023-06-28' }) }, 'UNKNOWN_BUILD', BUILD, '/base', /based on munakata/],
  ['a build that leaves parts open', () => { change(BUILD, { base: undefined }) }, 'UNKNOWN_PART', BUILD, '/parts', /no variant of print\/forms, print\/passing, print\/turn, print\/on-error/],
  ['a setting that nobody knows', () => { change(BUILD, { settings: { turnLimit: 5 } }) }, 'BAD_FILE', BUILD, '/settings/turnLimit', /no field/],
  ['a number that is none', () => { change(BUILD, { nodes: 'two' }) }, 'BAD_FILE', BUILD, '/nodes', /integer/],
  ['an incident on a build that nobody knows', () => { change(MUNAKATA, { build: 'as-1999' }) }, 'UNKNOWN_BUILD', MUNAKATA, '/build', /as-1999/],
  ['an incident in a municipality that nobody knows', () => { change(MUNAKATA, { municipality: 'edo' }) }, 'BAD_FILE', MUNAKATA, '/municipality', /"edo"/],
  ['a repair by a variant that nobody knows', () => { change(MUNAKATA, { repairs: { 'print/output': 'lucky' } }) }, 'UNKNOWN_PART', MUNAKATA, '/repairs/print~1output', /lucky/],
  ['a half-fix by a part that nobody knows', () => { change(MUNAKATA, { halfFixes: [{ ...halfFix(MUNAKATA), parts: { luck: 'good' } }] }) }, 'UNKNOWN_PART', MUNAKATA, '/halfFixes/0/parts/luck', /luck/],
  ['a person in the script who is not cast', () => { change(MUNAKATA, { script: [script(MUNAKATA)[0], { ...script(MUNAKATA)[1], who: 'ghost' }] }) }, 'UNKNOWN_PERSON', MUNAKATA, '/script/1/who', /ghost/],
  ['a person in the witness who is not cast', () => { change(YOKOHAMA, { witness: { script: [{ ...script(MUNAKATA)[1], who: 'ghost' }], expect: [] } }) }, 'UNKNOWN_PERSON', YOKOHAMA, '/witness/script/0/who', /ghost/],
  ['a person in a half-fix\'s script who is not cast', () => { change(MUNAKATA, { halfFixes: [{ ...halfFix(MUNAKATA), stillFails: { script: [{ ...script(MUNAKATA)[1], who: 'ghost' }], expect: [] } }] }) }, 'UNKNOWN_PERSON', MUNAKATA, '/halfFixes/0/stillFails/script/0/who', /ghost/],
  ['both a script and a load', () => { change(MUNAKATA, { load: json(YOKOHAMA)['load'] }) }, 'BAD_FILE', MUNAKATA, '/', /either a script or a load/],
  ['neither a script nor a load', () => { change(MUNAKATA, { script: undefined }) }, 'BAD_FILE', MUNAKATA, '/', /either a script or a load/],
  ['a natural load where nobody knows how many come', () => { change(YOKOHAMA, { load: { rate: 'natural', from: '11:00:00', to: '12:00:00', kiosks: 9 } }); change('arrivals.json', { certificatesPerDay: {} }) }, 'BAD_FILE', YOKOHAMA, '/load/rate', /"yokohama"/],
  ['a load that ends before it begins', () => { change(YOKOHAMA, { load: { ...(json(YOKOHAMA)['load'] as Json), to: '10:00:00' } }) }, 'BAD_FILE', YOKOHAMA, '/load/to', /after "from"/],
  ['a field that nobody knows', () => { change(MUNAKATA, { halffixes: [] }) }, 'BAD_FILE', MUNAKATA, '/halffixes', /no field/],
  ['a field that is missing', () => { change(MUNAKATA, { facts: undefined }) }, 'BAD_FILE', MUNAKATA, '/', /facts/],
  ['something that happens before the script begins', () => { change(MUNAKATA, { start: '14:31:00' }) }, 'BAD_FILE', MUNAKATA, '/script/0/at', /14:30:00 is before 14:31:00/],
  ['something that happens before a half-fix\'s script begins', () => { change(MUNAKATA, { halfFixes: [{ ...halfFix(MUNAKATA), stillFails: { start: '15:00:00', script: [script(MUNAKATA)[0]], expect: [] } }] }) }, 'BAD_FILE', MUNAKATA, '/halfFixes/0/stillFails/script/0/at', /14:30:00 is before 15:00:00/],
  ['something that happens before a witness begins', () => { change(YOKOHAMA, { witness: { ...(json(YOKOHAMA)['witness'] as Json), start: '23:00:00' } }) }, 'BAD_FILE', YOKOHAMA, '/witness/script/0/at', /is before 23:00:00/],
  ['a scenario that ends before its script does', () => { change('scenarios/neutral.json', { until: '00:00:01' }) }, 'BAD_FILE', 'scenarios/neutral.json', '/until', /after 00:00:01/],
  ['something that happens before a scenario begins', () => { change('scenarios/neutral.json', { start: '23:59:59' }) }, 'BAD_FILE', 'scenarios/neutral.json', '/script/0/at', /is before 23:59:59/],
  ['a load before the incident begins', () => { change(YOKOHAMA, { start: '12:00:00' }) }, 'BAD_FILE', YOKOHAMA, '/load/from', /before 12:00:00/],
  ['a time of day that is none', () => { change(MUNAKATA, { start: '25:00:00' }) }, 'BAD_FILE', MUNAKATA, '/start', /pattern/],
  ['an invariant that nobody knows among what is expected', () => { change(MUNAKATA, { expect: ['SUBJEKT'] }) }, 'BAD_FILE', MUNAKATA, '/expect/0', /one of/],
  ['a fact without where it stands', () => { change(MUNAKATA, { facts: [{ ...(json(MUNAKATA)['facts'] as Json[])[0], where: '' }] }) }, 'BAD_FILE', MUNAKATA, '/facts/0/where', /character/],
  ['a wish for too many copies', () => { change(MUNAKATA, { script: [{ ...script(MUNAKATA)[1], wish: { copies: 11 } }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/wish/copies', /10/],
  ['a wish for something that nobody knows', () => { change(MUNAKATA, { script: [{ ...script(MUNAKATA)[1], wish: { copys: 2 } }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/wish/copys', /no field/],
  ['a kiosk that no id can be made of', () => { change(MUNAKATA, { script: [{ ...script(MUNAKATA)[1], kiosk: 'Shop 1' }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/kiosk', /pattern/],
  ['an operation at the counter that nobody knows', () => { change(MUNAKATA, { script: [{ ...script(MUNAKATA)[0], counter: 'marry' }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/counter', /one of/],
  ['a screen on which nobody can cancel', () => { change(MUNAKATA, { script: [{ ...script(MUNAKATA)[1], cancelsAt: 'paper' }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/cancelsAt', /one of/],
  ['a crash of a worker of another city', () => { change(MUNAKATA, { script: [{ at: '14:31:00', crash: 'print:yokohama/1' }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/crash', /no kiosk of the script and no node/],
  ['a crash of a kiosk before which nobody stands', () => { change(MUNAKATA, { script: [{ at: '14:31:00', crash: 'shop-77' }] }) }, 'BAD_FILE', MUNAKATA, '/script/0/crash', /no kiosk of the script and no node/],
  ['a municipality with a wrong field', () => { writeFileSync(path('municipalities.json'), JSON.stringify([{ code: 'EDO', name: '江戸', prefecture: '', mayor: '', feesYen: {} }])) }, 'BAD_FILE', 'municipalities.json', '/0/code', /pattern/],
]

describe('a catalogue with a fault', () => {
  it.each(WRONG)('is refused before anything runs: %s; file, place and remedy are named', (_, spoil, code, file, place, words) => {
    spoil()

    const error = errorOf(read)

    expect(error).toMatchObject({ code, exit: 64 })
    expect(error.message).toContain(`${path(file)} at ${place}`)
    expect(error.message).toMatch(words)
    expect(error.message).not.toContain('\n')
    expect(error.remedy).toMatch(/^[A-Z].*\.$/)
  })

  it.each([
    ['an incident', MUNAKATA, 'incidents/copy.json', 'munakata-2023-06-28'],
    ['a build', BUILD, 'builds/copy.json', 'munakata-2023-06-28'],
  ])('is refused where %s is there twice, and both files are named', (_, file, copy, id) => {
    change(file, {}, copy)

    const error = errorOf(read)

    expect(error).toMatchObject({ code: 'BAD_FILE', exit: 64 })
    for (const words of [`"${id}"`, path(file), path(copy)]) expect(error.message).toContain(words)
  })

  it.each([MUNAKATA, BUILD, 'municipalities.json'])('is refused where a file is no JSON, and the file is named: %s', (file) => {
    writeFileSync(path(file), '{ "id": ')

    expect(errorOf(read)).toMatchObject({ code: 'BAD_FILE', exit: 64, detail: expect.stringContaining(`${path(file)} is no JSON`) as string })
  })

  it.each(['incidents', 'scenarios', 'builds', 'municipalities.json'])('is refused where it is not there: %s', (name) => {
    rmSync(path(name), { recursive: true })

    expect(errorOf(read)).toMatchObject({ code: 'NO_FILE', exit: 64, detail: expect.stringContaining(path(name)) as string })
  })
})
