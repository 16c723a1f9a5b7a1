import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { mutantsOf, parse } from '../../../scripts/mutants/mutator.ts'
import { withSwitches } from '../../../scripts/mutants/schemata.ts'

/** A function with all its mutants compiled in, and a way to call it with one of them on. */
function compiled(text: string): { readonly kinds: string[]; call(number: number, ...input: readonly unknown[]): unknown } {
  const source = parse('f.ts', text)
  const mutants = mutantsOf(source).map((mutant, number) => ({ number, mutant }))
  const { outputText } = ts.transpileModule(withSwitches(source, mutants), { compilerOptions: { target: ts.ScriptTarget.ES2022 } })
  let on = -1
  let ticks = 0
  const tick = (): void => {
    if (++ticks > 100) throw new Error('endless')
  }
  // The text is this test's own.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('__mutant__', '__tick__', `${outputText}\nreturn f`) as (...globals: unknown[]) => (...input: readonly unknown[]) => unknown
  const f = make((number: number) => number === on, tick)
  const call = (number: number, ...input: readonly unknown[]): unknown => {
    on = number
    ticks = 0
    return f(...input)
  }
  return { kinds: mutants.map(({ mutant }) => `${mutant.kind} ${mutant.diff.split(' => ')[0] ?? ''}`), call }
}

describe('a file with its mutants compiled in', () => {
  it('does with none on what it did before, and with one on what that says', () => {
    const { kinds, call } = compiled('function f(a, b) {\n  if (a < b) return "less"\n  return "more"\n}')
    const answers = kinds.map((_, number) => [call(number, 1, 1), call(number, 1, 2)])

    expect([call(-1, 1, 1), call(-1, 1, 2)]).toEqual(['more', 'less'])
    expect(Object.fromEntries(kinds.map((kind, number) => [kind, answers[number]]))).toEqual({
      'boundary a < b': ['less', 'less'],
      'true a < b': ['less', 'less'],
      'false a < b': ['more', 'more'],
    })
  })

  it('keeps apart statements that end without a semicolon', () => {
    const { call } = compiled('function f(list) {\n  const seen = []\n  seen.push(list.length)\n  if (list.length > 1) seen.push("many")\n  else seen.push("few")\n  for (const each of list) seen.push(each)\n  return seen\n}')

    expect(call(-1, [7, 8])).toEqual([2, 'many', 7, 8])
  })

  it('runs calls in the other order, or without waiting', async () => {
    const { kinds, call } = compiled('async function f(one, other) {\n  await one()\n  await other()\n  return "through"\n}')
    const order = async (number: number): Promise<string[]> => {
      const seen: string[] = []
      const slow = (name: string) => async () => {
        for (let n = 0; n < 9; n++) await Promise.resolve()
        seen.push(name)
      }
      await call(number, slow('one'), slow('other'))
      return [...seen]
    }

    expect(await order(-1)).toEqual(['one', 'other'])
    expect(await order(kinds.indexOf('swapped with the next await one()'))).toEqual(['other', 'one'])
    expect(await order(kinds.indexOf('dropped await one()'))).toEqual(['other'])
    expect(await order(kinds.indexOf('not awaited await other()'))).toEqual(['one'])
  })

  it('counts the turns of every loop, so that an endless one can be ended', () => {
    const { kinds, call } = compiled('function f(n) {\n  let at = 0\n  while (at < n) at += 1\n  do at -= 1; while (at > 0)\n  return at\n}')

    expect(call(-1, 20)).toBe(0)
    expect(() => call(kinds.indexOf('true at < n'), 20)).toThrow('endless')
    expect(() => call(kinds.indexOf('true at > 0'), 20)).toThrow('endless')
  })
})
