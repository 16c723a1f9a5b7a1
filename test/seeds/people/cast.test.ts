import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TorichigaeError, type Resident } from '../../../contract/index.ts'
import { castPeople, generatePopulation, type Cast } from '../../../seeds/people/index.ts'
import { householdsOf, MUNAKATA, TODAY, yearsBetween } from './people.ts'

const people = generatePopulation({ seed: 1, size: 1_000, municipality: MUNAKATA, today: TODAY })
const castOf = (cast: Record<string, string>, seed = 1, among: readonly Resident[] = people): Cast => castPeople(among, cast, seed, TODAY)
const SEEDS = Array.from({ length: 50 }, (_, seed) => seed)
const FC = { seed: 123 }

/** The complaint about a cast that cannot be met. */
function complaint(cast: Record<string, string>, among?: readonly Resident[]): string {
  try {
    castOf(cast, 1, among)
  } catch (error) {
    if (error instanceof TorichigaeError && error.code === 'BAD_FILE') return error.detail
    throw error
  }
  throw new Error('everybody was cast')
}

describe('casting', () => {
  it('casts every role, in the order of the file', () => {
    const cast = castOf({ applicant: 'any:female', previous: 'any:male', third: 'any' })

    expect([...cast.keys()]).toEqual(['applicant', 'previous', 'third'])
    expect(cast.get('applicant')!.sex).toBe('female')
    expect(cast.get('previous')!.sex).toBe('male')
  })

  it('casts the same people again for the same seed, and others for another', () => {
    const ids = (seed: number): string[] => [...castOf({ a: 'any', b: 'any' }, seed).values()].map(({ id }) => id)

    expect(ids(1)).toEqual(ids(1))
    expect(new Set(SEEDS.map((seed) => String(ids(seed)))).size).toBeGreaterThan(45)
  })

  it('keeps a role\'s person when other roles are added', () => {
    expect(castOf({ a: 'any' }).get('a')).toEqual(castOf({ z: 'any:male', a: 'any', b: 'household:8' }).get('a'))
  })

  it('casts adults of 15 years or more, and one who turns 15 that day', () => {
    const born = (birthDate: string): Resident => ({ ...people.find(({ restricted }) => !restricted)!, birthDate })

    for (const seed of SEEDS) expect(yearsBetween(castOf({ a: 'any:female,adult' }, seed).get('a')!.birthDate, TODAY)).toBeGreaterThan(14.99)
    expect(castOf({ a: 'adult' }, 1, [born('2008-06-28')]).size).toBe(1)
    expect(complaint({ a: 'adult' }, [born('2008-06-29')])).toContain('nobody')
  })

  it('casts the head of a large household', () => {
    const head = castOf({ a: 'household:8' }).get('a')!

    expect(head.relation).toBe('世帯主')
    expect(people.filter(({ household }) => household === head.household).length).toBeGreaterThanOrEqual(8)
  })

  it('casts foreign nationals, namesakes and members of one household', () => {
    for (const seed of SEEDS) {
      const cast = castOf({ twin: 'namesake:one', one: 'any', wife: 'same-household:head,any:female', head: 'household:3', guest: 'foreign' }, seed)
      const [twin, one, wife, head, guest] = [...cast.values()] as [Resident, Resident, Resident, Resident, Resident]

      expect(twin.name).toBe(one.name)
      expect(twin.household).not.toBe(one.household)
      expect(wife.household).toBe(head.household)
      expect(wife.id).not.toBe(head.id)
      expect(guest.foreign).toBeDefined()
    }
  })

  it('casts a namesake who has to be grown up, of somebody who has such a namesake', () => {
    for (const seed of SEEDS) {
      const cast = castOf({ a: 'any:male', b: 'namesake:a,adult', c: 'namesake:a,adult' }, seed, withThirdNamesake())

      expect(new Set([...cast.values()].map(({ name }) => name)).size).toBe(1)
      expect(new Set([...cast.values()].map(({ household }) => household)).size).toBe(3)
    }
  })

  it('casts nobody protected unless asked to', () => {
    const restricted = people.filter((person) => person.restricted)
    const alone = people.filter((person) => person.restricted || person.household === people[0]!.household)

    expect(castOf({ a: 'restricted,adult' }).get('a')!.restricted).toBe(true)
    expect(complaint({ a: 'any' }, restricted)).toContain('nobody')
    for (const seed of SEEDS) expect(castOf({ a: 'any' }, seed, alone).get('a')!.restricted).toBe(false)
  })

  it('leaves the only eight-person household to the role that needs it', () => {
    const [large, ...rest] = householdsOf(people).sort((a, b) => Number(b.length === 8) - Number(a.length === 8))
    const few = [...large!, ...rest.filter((members) => members.length === 1).slice(0, 1).flat()]

    for (const seed of SEEDS) expect(castOf({ a: 'any', b: 'household:8' }, seed, few).size).toBe(2)
  })

  it(`casts different people from different households, whatever is asked for (fast-check seed ${String(FC.seed)})`, () => {
    const selector = fc.constantFrom('any', 'any:male', 'any:female', 'adult', 'foreign', 'household:4', 'any:female,adult')
    fc.assert(
      fc.property(fc.integer(), fc.array(selector, { maxLength: 8 }), (seed, selectors) => {
        const cast = castOf(Object.fromEntries(selectors.map((text, at) => [`role-${String(at)}`, text])), seed)

        expect(new Set([...cast.values()].map(({ household }) => household)).size).toBe(selectors.length)
      }),
      FC,
    )
  })
})

describe('a cast that cannot be met', () => {
  it.each(['', 'anyone', 'any:other', 'household:0', 'household:x', 'namesake:', 'any,,adult', 'Any'])('is refused for the selector "%s"', (selector) => {
    expect(complaint({ applicant: selector })).toMatch(/^role "applicant" is cast as ".*", but ".*" is no selector$/)
  })

  it.each([
    [{ a: 'any:male,any:female' }, 'role "a" is cast as "any:male,any:female", but nobody is of two sexes'],
    [{ a: 'namesake:b' }, 'role "a" is cast as "namesake:b", but there is no role "b"'],
    [{ a: 'namesake:a' }, 'role "a" is cast as "namesake:a", but the roles name each other in a ring'],
    [{ a: 'any', b: 'household:40' }, 'role "b" is cast as "household:40", but nobody in the population fits'],
    [{ a: 'household:8', b: 'same-household:a,foreign' }, 'role "b" is cast as "same-household:a,foreign", but nobody in the population fits'],
  ])('names role and selector: %j', (cast, detail) => {
    expect(complaint(cast)).toBe(detail)
  })

  it('is given up within a bounded number of tries, where many fit each role and never all together', () => {
    const crowd = Array.from({ length: 2_000 }, (_, at) => ({ ...people[1]!, id: `x-${String(at)}`, household: `h-${String(at)}` }))
    const foreigner = { ...people.find((person) => person.foreign !== undefined)!, id: 'y', household: 'y-h' }

    expect(complaint({ a: 'any', b: 'namesake:a', c: 'namesake:b', d: 'namesake:c,foreign' }, [...crowd, foreigner])).toContain('"d"')
  })
})

function withThirdNamesake(): Resident[] {
  const heads = people.filter(({ relation, foreign }) => relation === '世帯主' && foreign === undefined).slice(0, 20)
  const copies = (prefix: string): Resident[] => heads.map((head, at) => ({ ...head, id: `${prefix}-${String(at)}`, household: `${prefix}-h${String(at)}` }))
  return [...people, ...copies('x'), ...copies('y')]
}
