import { describe, expect, it } from 'vitest'
import { mutantsOf, parse } from '../../../scripts/mutants/mutator.ts'

const all = (text: string) => mutantsOf(parse('a.ts', text))
/** What the mutants of a function's body change, each as `before => after`. */
const changes = (body: string): string[] => all(`async function f(world, a, b, c) { ${body} }`).map(({ diff }) => diff)
const kinds = (body: string): string[] => all(`async function f(world, a, b, c) { ${body} }`).map(({ kind }) => kind)

describe('a comparison', () => {
  it.each([
    ['a < b', ['a <= b', 'true', 'false']],
    ['a >= b', ['a > b', 'true', 'false']],
    ['a === b', ['a !== b', 'true', 'false']],
    ['a instanceof b', ['true', 'false']],
    ['!a', ['a']],
    ['a ?? b', ['a', 'b']],
  ])('%s is removed and changed at its boundary: %j', (text, after) => {
    expect(changes(`return ${text}`)).toEqual(after.map((each) => `${text} => ${each}`))
  })

  it('of two conditions loses one, and each of them its own', () => {
    expect(changes('return a < b && c')).toEqual(['a < b && c => a < b', 'a < b && c => c', 'a < b => a <= b', 'a < b => true', 'a < b => false'])
  })

  it('in a condition is decided once, whichever way it is written', () => {
    expect(changes('if (a) b = c')).toEqual(['a => true', 'a => false'])
    expect(changes('if (a === b) b = c')).toHaveLength(3)
    expect(changes('return a ? b : c')).toEqual(['a => true', 'a => false'])
  })
})

describe('a call to a port', () => {
  it('is dropped and not awaited, as a statement or as a value', () => {
    expect(changes('await world.files.remove(a)')).toEqual(['await world.files.remove(a) => dropped', 'await world.files.remove(a) => world.files.remove(a)'])
    expect(changes('const row = await world.database.get(a, b)')).toEqual(['await world.database.get(a, b) => undefined', 'await world.database.get(a, b) => world.database.get(a, b)'])
    expect(changes('return world.database.get(a, b)')).toEqual(['world.database.get(a, b) => undefined'])
  })

  it('changes places with its neighbour', () => {
    expect(kinds('await world.files.write(a, b); await world.files.remove(a)').filter((kind) => kind.startsWith('swapped'))).toHaveLength(1)
    expect(all('async function f(world) { await world.a(1); await world.b(2) }').find(({ shape }) => shape === 'block')?.replacement).toBe('await world.b(2)\n;await world.a(1);')
  })

  it('does not where its neighbour needs what it declares, ends the function, or needs nobody', () => {
    const swapped = (body: string) => kinds(body).filter((kind) => kind.startsWith('swapped'))

    expect(swapped('const row = await world.database.get(a, b); b = row')).toEqual([])
    expect(swapped('await world.files.remove(a); return b')).toEqual([])
    expect(swapped('await world.files.remove(a); const two = b')).toEqual([])
    expect(swapped('b = 1; c = 2')).toEqual([])
  })
})

describe('a key', () => {
  it('made of several fields loses one at a time', () => {
    expect(changes('return `${a}/${b}`')).toEqual(['`${a}/${b}` => `/${b}`', '`${a}/${b}` => `${a}/`'])
  })

  it('is no message: what has a space in it stays', () => {
    expect(changes('return `${a} of ${b}`')).toEqual([])
  })
})

describe('a statement', () => {
  it('is left out: an effect, an early answer, an error, a loop', () => {
    expect(changes('for (const x of a) b(x)')).toEqual(['for (const x of a) b(x) => dropped'])
    expect(changes('if (a) { b(); return c } throw c').filter((diff) => diff.endsWith('dropped'))).toEqual(['b(); => dropped', 'return c => dropped', 'throw c => dropped'])
  })

  it('is not left out where a condition that is false says the same, nor as the last answer', () => {
    expect(changes('if (a) return b; return c').filter((diff) => diff.endsWith('dropped'))).toEqual([])
  })
})

describe('other mutants', () => {
  it('mistake methods for each other and leave out a filter', () => {
    expect(changes('return a.some(b)')).toEqual(['a.some(b) => a.every(b)'])
    expect(changes('return a.filter(b)')).toEqual(['a.filter(b) => a'])
  })

  it('are not made of types and imports', () => {
    expect(all("import type { A } from './a.ts'\ntype B = true | `${string}/${string}`\ninterface C { readonly d: true }\nlet e: true | undefined")).toEqual([])
  })
})

describe('the id of a mutant', () => {
  const [first, second] = all('class A { b(c, d) { return c === d || d === c || c === d } }').filter(({ kind, diff }) => kind === 'true' && diff.startsWith('c === d'))

  it('is file, owner, kind and text, numbered where that is the same', () => {
    expect(first?.id).toBe('a.ts A.b: true "c === d"')
    expect(second?.id).toBe('a.ts A.b: true "c === d" (2)')
  })

  it('stays the same when lines before it come and go; the place does not', () => {
    const [moved] = all('\n\nclass A { b(c, d) { return c === d } }').filter(({ kind }) => kind === 'true')

    expect(moved?.id).toBe(first?.id)
    expect([first?.line, moved?.line]).toEqual([1, 3])
  })

  it('ends a long text in a digest of all of it', () => {
    const long = (end: string) => all(`const f = () => { call(${'x'.repeat(90)}, ${end}) }`)[0]?.id

    expect(long('1')).toMatch(/x… [0-9a-f]{6}"$/)
    expect(long('1')).not.toBe(long('2'))
  })

  it('is of a mutant outside of functions marked as such', () => {
    const marked = all('const a = 1 < 2\nconst b = () => 1 < 2\nclass C { d = 1 < 2 }').filter(({ kind }) => kind === 'true')

    expect(marked.map(({ outside }) => outside)).toEqual([true, false, false])
  })
})
