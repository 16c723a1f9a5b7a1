import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POPULATION_PROBLEMS_MAX, PopulationLines, PopulationReader, type PopulationReading } from '../../contract/population-file.ts'
import type { Household, PopulationHeader, Resident } from '../../contract/index.ts'
import { householdStream } from '../../seeds/people/index.ts'
import { MUNAKATA, TODAY } from '../seeds/people/people.ts'

const KNOWN = new Set(['munakata', 'yokohama'])
const FC = { seed: 20230628 }

const headerOf = (size: number, over: Partial<PopulationHeader> = {}): PopulationHeader => ({
  schema: 'torichigae-population/1', tool: '0.1.0', seed: 1, size, municipality: 'munakata', day: TODAY, ...over,
})
const peopleOf = (seed: number, size: number, today = TODAY): Household[] => [...householdStream({ seed, size, municipality: MUNAKATA, today })]

function linesOf(header: PopulationHeader, households: readonly Household[]): string[] {
  const lines = new PopulationLines()
  return [lines.header(header), ...households.map((household) => lines.household(household)), lines.footer()]
}
function read(lines: readonly string[]): PopulationReading & { households: Household[] } {
  const reader = new PopulationReader(KNOWN)
  const households = lines.map((line) => reader.line(line)).filter((household) => household !== undefined)
  return { ...reader.end(), households }
}
const told = (lines: readonly string[]): string[] => read(lines).problems.map(({ line, field, what }) => `${String(line)} ${field}: ${what}`)

const clean = peopleOf(1, 30)
const lines = linesOf(headerOf(30), clean)
/** The file of these households with its counts and digest made right: nothing but the change itself is wrong. */
const rewritten = (change: (households: Household[]) => Household[], header = headerOf(30)): string[] => linesOf(header, change(structuredClone(clean)))
/** One member's fields changed. */
const withMember = (at: number, over: Partial<Resident>) => (households: Household[]): Household[] => {
  Object.assign(households[at]!.residents[0]!, over)
  return households
}

describe(`a population file (fast-check seed ${String(FC.seed)})`, () => {
  it('gives back the people that were written, whoever they are', () => {
    const days = fc.constantFrom('2012-07-09', '2020-02-29', '2023-06-28', '2024-12-31')

    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(200), days, (seed, size, day) => {
        const header = headerOf(size, { seed, day })
        const households = peopleOf(seed, size, day)

        const reading = read(linesOf(header, households))

        expect(reading.problems).toEqual([])
        expect(reading.header).toEqual(header)
        expect(reading.households).toEqual(households)
        expect(reading.counts).toEqual({ households: households.length, people: size, seals: households.flatMap(({ seals }) => seals).length })
      }),
      { ...FC, numRuns: 60 },
    )
  })

  it('gives back any text in a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const { problems, households } = read(rewritten(withMember(3, { name })))

        expect(problems).toEqual([])
        expect(households[3]!.residents[0]!.name).toBe(name)
        expect(rewritten(withMember(3, { name })).join('')).not.toContain('\n')
      }),
      { ...FC, numRuns: 200 },
    )
  })

  it('has the same bytes whatever the order of keys in memory, and drops what the schema does not name', () => {
    const shuffled = clean.map(({ household, residents, seals }) => ({
      seals, household, nickname: 'none', residents: residents.map((resident) => Object.fromEntries(Object.entries(resident).reverse()) as Resident),
    }))

    expect(linesOf(headerOf(30), shuffled)).toEqual(lines)
  })

  it('has bytes that do not change between versions', () => {
    expect(lines[0]).toBe('{"schema":"torichigae-population/1","tool":"0.1.0","seed":1,"size":30,"municipality":"munakata","day":"2023-06-28"}')
    expect(lines[1]).toMatch(/^\{"household":"munakata-h00001","residents":\[\{"id":"munakata-000001","municipality":"munakata",/)
    expect(lines.at(-1)).toMatch(/^\{"footer":true,"households":\d+,"people":30,"seals":\d+,"digest":"sha256:[0-9a-f]{64}"\}$/)
  })
})

describe('a population file that is cut or changed', () => {
  it('says so where any one line is removed', () => {
    for (let at = 1; at < lines.length; at += 1) expect(told(lines.filter((_, line) => line !== at))).not.toEqual([])
  })

  it('says so where any one line is changed, though it still reads well', () => {
    const changed = lines.map((_, at) => told(lines.map((line, where) => (where === at ? line.replace(/"(?:version|seed)":1/, (key) => `${key}0`) : line))))

    expect(changed.slice(0, -1)).toEqual(changed.slice(0, -1).map(() => [`${String(lines.length)} digest: is not that of the lines before it: one was changed, removed or added`]))
  })

  it('says so wherever its end is cut off', () => {
    const cut = lines.slice(0, 5)

    expect(told(cut)).toEqual(['5 : is the last one and no footer follows: the file is cut'])
    expect(told([...cut, lines[5]!.slice(0, 40)])).toEqual(['6 : is cut: it breaks off in the middle of a household', '6 : is the last one and no footer follows: the file is cut'])
    expect(told([...lines.slice(0, -1), lines.at(-1)!.slice(0, 40)]).at(-1)).toMatch(/no footer follows/)
  })

  it.each<readonly [string, readonly string[], string]>([
    ['is empty', [], '1 : is not there: the file is empty'],
    ['is no JSON', ['once upon a time'], '1 : is no usable header: no JSON'],
    ['begins with a household', lines.slice(1), '1 : is no usable header: must have required properties schema, tool, seed, size, municipality, day'],
    ['has a header of another kind', [lines[0]!.replace('population/1', 'population/9'), ...lines.slice(1)], '1 schema: must be equal to constant'],
    ['has a line of garbage', [...lines.slice(0, 2), 'garbage', ...lines.slice(2)], '3 : is no JSON'],
    ['has a line without residents', [...lines.slice(0, 2), '{"household":"x"}', ...lines.slice(2)], '3 : must have required properties residents, seals'],
    ['has a line behind its footer', [...lines, lines[1]!], `${String(lines.length + 1)} : stands after the footer`],
    ['has a footer that counts otherwise', lines.map((line) => line.replace('"people":30', '"people":31')), `${String(lines.length)} people: is 31, but 30 were read`],
    ['has a footer without a digest', [...lines.slice(0, -1), '{"footer":true,"households":1,"people":1,"seals":1}'], `${String(lines.length)} : must have required properties digest`],
  ])('says where it %s', (_, text, problem) => {
    expect(told(text)[0]).toBe(problem)
  })

  it('never makes reading throw, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...lines)), { maxLength: 8 }), (tail) => {
        expect(read([lines[0]!, ...tail]).header).toEqual(headerOf(30))
      }),
      { ...FC, numRuns: 300 },
    )
  })
})

describe('a population file whose digest is right', () => {
  const first = clean[0]!.residents[0]!

  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['an unknown municipality', linesOf(headerOf(0, { municipality: 'atlantis' }), []), ['1 municipality: is unknown']],
    ['a day that there is not', linesOf(headerOf(0, { day: '2023-02-30' }), []), ['1 day: is no day of the calendar']],
    ['fewer people than its header says', linesOf(headerOf(31), clean), [`${String(lines.length)} people: is not the size that the header says, 31`]],
    ['an individual number twice', rewritten(withMember(4, { individualNumber: first.individualNumber })), ['6 residents/0/individualNumber: is somebody else\'s already']],
    ['a record code twice', rewritten(withMember(4, { recordCode: first.recordCode })), ['6 residents/0/recordCode: is somebody else\'s already']],
    ['an individual number that is none', rewritten(withMember(4, { individualNumber: '12345678901x' })), ['6 residents/0/individualNumber: has not as many digits as it should, or something else']],
    ['an id that is none', rewritten(withMember(4, { id: '佐藤　花子' })), ['6 residents/0/id: has characters that no key has']],
    ['a member of another municipality', rewritten(withMember(4, { municipality: 'yokohama' })), ['6 residents/0/municipality: is another than that of the header']],
    ['a household without a head', rewritten(withMember(4, { relation: '同居人' })), ['6 residents: is without a head (世帯主)']],
  ])('says where it has %s', (_, text, problems) => {
    expect(told(text).filter((problem) => !problem.includes('seals/'))).toEqual(problems)
  })

  it('says an id that is there twice, and a household key', () => {
    const ids = told(rewritten(withMember(4, { id: first.id })))
    const keys = told(rewritten((households) => [...households.slice(0, 5), ...households.slice(4)], headerOf(30 + clean[4]!.residents.length)))
    const later = told(rewritten((households) => [...households, households[0]!], headerOf(30 + clean[0]!.residents.length)))

    expect(ids).toContain(`6 residents/0/id: is there twice or out of order: ${first.id} after ${clean[3]!.residents.at(-1)!.id}`)
    expect(keys).toContain(`7 household: is there twice: ${clean[4]!.household}`)
    expect(later).toContain(`${String(lines.length)} household: is there twice or out of order: ${clean[0]!.household} after ${clean.at(-1)!.household}`)
    for (const field of ['id', 'individualNumber', 'recordCode']) expect(later.some((problem) => problem.includes(`residents/0/${field}: `))).toBe(true)
  })

  it('says where people are more than its header says, and keeps no more of their numbers', () => {
    const problems = told(linesOf(headerOf(29), clean))

    expect(problems[0]).toMatch(new RegExp(`^${String(lines.length - 1)} residents/\\d+: is one more than the size that the header says$`))
  })

  it('finds a number twice far apart among thousands', () => {
    const many = peopleOf(2, 5_000)
    many.at(-1)!.residents[0]!.individualNumber = many[0]!.residents[0]!.individualNumber

    expect(told(linesOf(headerOf(5_000, { seed: 2 }), many))).toEqual([`${String(many.length + 1)} residents/0/individualNumber: is somebody else's already`])
  })

  it('lists problems up to a limit, and beyond it counts them', () => {
    const { problems, unlisted } = read([lines[0]!, ...Array.from({ length: 1_000 }, () => 'garbage'), lines.at(-1)!])

    expect(problems).toHaveLength(POPULATION_PROBLEMS_MAX)
    expect(unlisted).toBe(1_000 - POPULATION_PROBLEMS_MAX + 1)
  })
})
