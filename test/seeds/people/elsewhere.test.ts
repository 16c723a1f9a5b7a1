import { describe, expect, it } from 'vitest'
import { castPeople, familyRegistersOf, generatePopulation, peopleElsewhere } from '../../../seeds/people/index.ts'
import { MUNAKATA, TODAY } from './people.ts'

const options = { seed: 1, municipality: MUNAKATA, today: TODAY }
const { people, families } = peopleElsewhere(options)
const population = generatePopulation({ ...options, size: 500 })

describe('people who live elsewhere (seed 1)', () => {
  it('have their registered domicile here and live in a town that is none of ours', () => {
    for (const { resident } of people) {
      expect(resident.municipality).toBe('yoso-munakata')
      expect(resident.domicile).toMatch(new RegExp(`^${MUNAKATA.prefecture}${MUNAKATA.name}`))
      expect(resident.address).toMatch(/^見本県余所町/)
    }
    expect(people.length).toBeGreaterThan(10)
  })

  it('each stand in one family register, none of which is another one\'s', () => {
    const listed = families.flatMap(({ members }) => members.map(({ id }) => id))
    const all = [...families, ...familyRegistersOf(population, MUNAKATA, 1)]
    const ids = all.map(({ id }) => id)
    const everybody = all.flatMap(({ members }) => members.map(({ id }) => id))

    expect(people.filter(({ resident }) => listed.filter((id) => id === resident.id).length !== 1)).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(everybody).size).toBe(everybody.length)
    expect(families.every(({ municipality }) => municipality === MUNAKATA.code)).toBe(true)
  })

  it('are registered for use in thirds: from before today, from after it, and not at all', () => {
    const [before, after, never] = [people.filter(({ from = '' }) => from !== '' && from <= TODAY), people.filter(({ from = '' }) => from > TODAY), people.filter(({ from }) => from === undefined)]

    expect([before.length, after.length, never.length].every((count) => count >= 3)).toBe(true)
    expect(peopleElsewhere(options)).toEqual({ people, families })
  })

  it('play the roles that ask for them, and no others do', () => {
    const cast = { resident: 'any', may: 'elsewhere:registered,adult', soon: 'elsewhere:pending', never: 'elsewhere:unregistered' }

    const found = castPeople(population, cast, 1, TODAY, new Map(), new Map(), people)
    const fromOf = (role: string): string | undefined => people.find(({ resident }) => resident.id === found.get(role)?.id)?.from

    expect(population).toContain(found.get('resident'))
    expect([fromOf('may')! <= TODAY, fromOf('soon')! > TODAY, fromOf('never')]).toEqual([true, true, undefined])
    expect(() => castPeople(population, cast, 1, TODAY)).toThrow(/role "may" is cast as "elsewhere:registered,adult", but nobody in the population fits/)
    expect(() => castPeople(population, { may: 'elsewhere:pending,elsewhere:registered' }, 1, TODAY)).toThrow('nobody is registered in two ways')
    expect(() => castPeople(population, { may: 'elsewhere' }, 1, TODAY)).toThrow('"elsewhere" is no selector')
  })
})
