import { describe, expect, it } from 'vitest'
import { familyRegistersOf, generatePopulation } from '../../../seeds/people/index.ts'
import { MUNAKATA, TODAY, yearsBetween } from './people.ts'

const population = generatePopulation({ seed: 1, size: 2_000, municipality: MUNAKATA, today: TODAY })
const families = familyRegistersOf(population, MUNAKATA, 1)
const byId = new Map(population.map((resident) => [resident.id, resident]))
const own = `${MUNAKATA.prefecture}${MUNAKATA.name}`

describe('the family registers of a population (seed 1)', () => {
  it('hold everybody whose domicile is here, once, and nobody else who lives here', () => {
    const here = population.filter(({ domicile }) => domicile?.startsWith(own) === true).map(({ id }) => id)

    const listed = families.flatMap(({ members }) => members.map(({ id }) => id)).filter((id) => byId.has(id))

    expect(listed.sort()).toEqual(here.sort())
    expect(here.length).toBeGreaterThan(1_000)
  })

  it('have a domicile and a head of their own, and the head stands in each first', () => {
    const keys = families.map(({ domicile, head }) => `${domicile} ${head}`)

    expect(new Set(keys).size).toBe(families.length)
    expect(new Set(families.map(({ id }) => id)).size).toBe(families.length)
    for (const { head, members } of families) expect(members[0]?.name).toBe(head)
  })

  it('agree with the resident register in name and birth date', () => {
    for (const { members } of families) {
      for (const { id, name, birthDate } of members) {
        const resident = byId.get(id)
        if (resident !== undefined) expect({ name, birthDate }).toEqual({ name: resident.name, birthDate: resident.birthDate })
      }
    }
  })

  it('name the couple as parents of its children, each born after the register was made', () => {
    let children = 0
    for (const { madeOn, members } of families) {
      const [head, spouse] = members
      const married = head?.matters.some(({ what }) => what === '婚姻') === true
      for (const child of members.slice(married ? 2 : 1)) {
        children += 1
        expect([child.father, child.mother].some((parent) => parent === head?.name || head?.name.endsWith(`　${parent}`) === true)).toBe(true)
        if (married) expect([child.father, child.mother].some((parent) => parent === spouse?.name || spouse?.name.endsWith(`　${parent}`) === true)).toBe(true)
        expect(child.birthDate > madeOn).toBe(true)
      }
      expect(madeOn > (head?.birthDate ?? '')).toBe(true)
    }
    expect(children).toBeGreaterThan(200)
  })

  it('count children of one sex by their age, so that nobody is a second first son', () => {
    for (const { members } of families) {
      const children = members.filter(({ matters }) => matters.length === 1).slice(members[0]?.matters.length === 1 ? 1 : 0)
      const places = children.map(({ bornAs }) => bornAs)
      expect(new Set(places).size).toBe(places.length)
    }
  })

  it('take several sheets often enough, and are of one person too', () => {
    const sizes = families.map(({ members }) => members.length)

    expect(sizes.filter((size) => size >= 5).length).toBeGreaterThan(3)
    expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(3)
  })

  it('are the same for the same seed, and parents invented otherwise for another', () => {
    expect(familyRegistersOf(population, MUNAKATA, 1)).toEqual(families)
    expect(familyRegistersOf(population, MUNAKATA, 2)).not.toEqual(families)
  })

  it('make nobody a parent before the age of fifteen', () => {
    for (const { members } of families) {
      const [head] = members
      for (const child of members) if (head !== undefined && child.father === head.name) expect(yearsBetween(head.birthDate, child.birthDate)).toBeGreaterThan(15)
    }
  })
})
