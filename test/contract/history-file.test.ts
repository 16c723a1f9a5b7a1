import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HISTORY_PROBLEMS_MAX, HistoryLines, readHistory } from '../../contract/history-file.ts'
import { type History, type HistoryEvent, HistoryEvent as HistoryEventSchema, TorichigaeError } from '../../contract/index.ts'
import { judge } from '../../oracle/index.ts'
import { HANAKO, HistoryBuilder, ICHIRO, paperOf, sessionHistory, TARO } from '../oracle/history-builder.ts'

const clean = new HistoryBuilder().session().link([HANAKO]).session({ application: 'a-2', applicant: ICHIRO, paper: paperOf([ICHIRO]) }).history()

function linesOf(history: History, complete = true): string[] {
  const lines = new HistoryLines()
  return [lines.header(history.header), ...history.events.map((event) => lines.event(event)), lines.footer({ complete })]
}
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const kinds = (source: string | readonly string[]) => readHistory(source).problems.map(({ kind }) => kind)
const verdict = (source: string | readonly string[]) => {
  const { history, problems } = readHistory(source)
  return judge(history, problems).verdict
}
/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]))
}

describe('a history file', () => {
  it('gives back the header and every event, with counts, and no problem', () => {
    const { history, problems } = readHistory(textOf(linesOf(clean)))

    expect(problems).toEqual([])
    expect(history.header).toEqual(clean.header)
    expect(history.events).toEqual(clean.events)
    expect(history.footer).toMatchObject({ events: clean.events.length, papers: 2, complete: true })
  })

  it('reads its lines as well as its text, with and without the last line feed', () => {
    const lines = linesOf(clean)

    expect(readHistory(lines)).toEqual(readHistory(textOf(lines)))
    expect(readHistory(lines.join('\n'))).toEqual(readHistory(textOf(lines)))
  })

  it('has the same bytes whatever the order of keys in memory, and drops what the schema does not name', () => {
    const shuffled = { ...clean, events: clean.events.map((event) => ({ ...(reversed(event) as HistoryEvent), host: 'not ours to tell' })) }

    expect(linesOf(shuffled)).toEqual(linesOf(clean))
  })

  it('has bytes that do not change between versions', () => {
    const builder = new HistoryBuilder([])
    builder.add('shop-1', { type: 'invoke', f: 'pay', application: 'a"1', yen: 300, because: [0] })
    const [, event, footer] = linesOf({ header: clean.header, events: builder.events })

    expect(event).toBe('{"i":0,"atMs":50400000,"process":"shop-1","type":"invoke","f":"pay","because":[0],"application":"a\\"1","yen":300}')
    expect(footer).toMatch(/^\{"footer":true,"events":1,"papers":0,"complete":true,"digest":"sha256:[0-9a-f]{64}"\}$/)
  })

  it('writes any text so that JSON reads it back (seed 5)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), (text, atMs) => {
        const line = new HistoryLines().event({ i: 0, atMs, process: text, type: 'invoke', f: 'link', municipality: text, register: 'residents' })
        expect(line).toBe(JSON.stringify({ i: 0, atMs, process: text, type: 'invoke', f: 'link', municipality: text, register: 'residents' }))
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('knows every kind of event of the contract by its own type and f', () => {
    const keys = HistoryEventSchema.anyOf.map(({ properties }) => `${properties.type.const} ${properties.f.const}`)

    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a long file', () => {
  const builder = new HistoryBuilder([])
  // Lengths that differ let the borders between digested pieces fall everywhere, characters of two code units included.
  for (let n = 0; n < 3000; n += 1) builder.add('𠮷'.repeat(1 + (n % 97)), { type: 'invoke', f: 'link', municipality: '葛\u{e0100}', register: 'residents' })
  const lines = linesOf(builder.history())

  it('has one digest, written line by line, read line by line or as one text', () => {
    expect(textOf(lines).length).toBeGreaterThan(3 * 65_536)
    expect(kinds(lines)).toEqual([])
    expect(kinds(textOf(lines))).toEqual([])
  })

  it('shows one changed character in the middle', () => {
    expect(kinds(textOf(lines).replace('"i":1500,', '"i":1500.0,'))).toEqual(['broken-chain'])
  })
})

describe('a header that is unusable', () => {
  it.each([
    ['nothing at all', '', 'it is empty'],
    ['no JSON', 'once upon a time\n', 'line 1 is no usable header and is no JSON'],
    ['an event', `${linesOf(clean)[1]!}\n`, 'line 1'],
    ['a wrong field', textOf(linesOf({ ...clean, header: { ...clean.header, date: 'yesterday' } })), '"date"'],
  ])('is refused: %s', (_, text, detail) => {
    expect(() => readHistory(text)).toThrow(TorichigaeError)
    expect(() => readHistory(text)).toThrow(detail)
  })
})

describe('a problem of the file', () => {
  const lines = linesOf(clean)
  const without = (at: number) => lines.filter((_, line) => line !== at)
  const replaced = (at: number, line: string) => lines.map((old, where) => (where === at ? line : old))

  it('is a last line that was cut, wherever the cut is, and what was read before is kept', () => {
    const text = textOf(lines.slice(0, -1))
    const last = lines.at(-2)!
    for (const cut of [1, 10, last.length - 1]) {
      const { history, problems } = readHistory(text.slice(0, text.length - last.length - 1 + cut))
      expect(problems.map(({ kind }) => kind)).toEqual(['cut', 'missing-footer'])
      expect(problems[0]).toMatchObject({ line: lines.length - 1, sentence: expect.stringContaining(`Line ${String(lines.length - 1)} is cut`) as string })
      expect(history.events).toHaveLength(clean.events.length - 1)
    }
  })

  it('is a footer that is cut', () => {
    const text = textOf(lines)

    expect(kinds(text.slice(0, -10))).toEqual(['cut', 'missing-footer'])
  })

  it('is a missing footer', () => {
    expect(kinds(lines.slice(0, -1))).toEqual(['missing-footer'])
  })

  it('is any one line removed, and for an event within its place is named', () => {
    for (let at = 1; at < lines.length - 1; at += 1) {
      const { problems } = readHistory(without(at))
      expect(problems.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['counts', 'broken-chain']))
      if (at < lines.length - 2) expect(problems[0]).toMatchObject({ kind: 'order', line: at + 1 })
    }
  })

  it('is any one line changed, though it still reads well', () => {
    for (let at = 0; at < lines.length - 1; at += 1) {
      const event = JSON.parse(lines[at]!) as Record<string, unknown>
      const line = JSON.stringify('atMs' in event ? { ...event, atMs: 1 } : { ...event, seed: 2 })
      expect(kinds(replaced(at, line))).toEqual(['broken-chain'])
    }
  })

  it('is two lines that changed places', () => {
    expect(kinds(lines.map((line, at) => (at === 5 ? lines[6]! : at === 6 ? lines[5]! : line)))).toContain('order')
  })

  it.each([
    ['no JSON', '{"i":', 'Line 5 is no JSON.'],
    ['no object', '[]', 'Line 5 is no event.'],
    ['empty', '', 'Line 5 is no JSON.'],
    ['of an unknown kind', '{"i":3,"atMs":0,"process":"p","type":"ok","f":"dance"}', 'Line 5 has no known kind of event'],
    ['with a wrong field', '{"i":3,"atMs":0,"process":"p","type":"ok","f":"pay","application":"a","yen":"私の名前"}', 'Line 5 (ok pay) has a wrong field "yen"'],
    ['with a wrong field deep inside', '{"i":3,"atMs":0,"process":"p","type":"ok","f":"print","application":"a","kiosk":"k","sheets":[{"text":[1]}]}', '"sheets/0/text/0"'],
    ['without a field', '{"i":3,"atMs":0,"process":"p","type":"ok","f":"pay","application":"a"}', 'yen'],
  ])('is a line that is %s; it names line and field, no value, and keeps the rest', (_, line, sentence) => {
    const { history, problems } = readHistory(replaced(4, line))

    expect(problems[0]).toMatchObject({ kind: 'bad-line', line: 5, sentence: expect.stringContaining(sentence) as string })
    expect(problems[0]?.sentence).not.toContain('私の名前')
    expect(problems.map(({ kind }) => kind)).not.toContain('order')
    expect(history.events).toHaveLength(clean.events.length - 1)
  })

  it('is a line behind the footer', () => {
    expect(kinds([...lines, lines[3]!])).toEqual(['bad-line'])
  })

  it('is listed up to a limit, and beyond it counted', () => {
    const { problems } = readHistory([lines[0]!, ...Array.from({ length: 1000 }, () => 'garbage'), lines[1]!])

    expect(problems.length).toBeLessThanOrEqual(HISTORY_PROBLEMS_MAX + 3)
    expect(problems.at(-1)?.sentence).toContain('900 more problems')
  })

  it('never makes reading throw behind a good header (seed 6)', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...lines)), { maxLength: 8 }), (tail) => {
        const { history } = readHistory([lines[0]!, ...tail])
        expect(history.header).toEqual(clean.header)
      }),
      { seed: 6, numRuns: 300 },
    )
  })
})

describe('a history file with a problem', () => {
  const lines = linesOf(clean)
  const wrongLines = linesOf(sessionHistory({ paper: paperOf([ICHIRO]) }))

  it('passes whole and never with a line less, be it any', () => {
    expect(verdict(lines)).toBe('pass')
    for (let at = 1; at < lines.length; at += 1) expect(verdict(lines.filter((_, line) => line !== at))).not.toBe('pass')
  })

  it('never passes cut anywhere behind its header (seed 7)', () => {
    const text = textOf(lines)
    fc.assert(
      fc.property(fc.integer({ min: lines[0]!.length, max: text.length - 2 }), (end) => {
        expect(verdict(text.slice(0, end))).not.toBe('pass')
      }),
      { seed: 7 },
    )
  })

  it('is a violation still where what was read holds one', () => {
    expect(verdict(wrongLines)).toBe('violation')
    expect(verdict(wrongLines.slice(0, -1))).toBe('violation')
    expect(verdict(wrongLines.filter((_, at) => at !== 5))).toBe('violation')
  })

  it('never passes a paper whose name was altered, with or without a new chain', () => {
    const altered = lines.map((line) => line.replaceAll('氏名 山田　太郎', '氏名 山田　次郎'))
    const events = altered.slice(1, -1).map((line) => JSON.parse(line) as HistoryEvent)

    expect(verdict(altered)).toBe('unknown')
    expect(verdict(linesOf({ header: clean.header, events }))).toBe('violation')
  })

  it('is unknown where the run was interrupted', () => {
    expect(verdict(linesOf(clean, false))).toBe('unknown')
  })

  it('passes with a household of two whose paper it is', () => {
    expect(verdict(linesOf(sessionHistory({ paper: paperOf([HANAKO, TARO]) })))).toBe('pass')
  })
})
