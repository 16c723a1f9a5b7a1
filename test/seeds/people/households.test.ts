import { describe, expect, it } from 'vitest'
import type { Resident } from '../../../contract/index.ts'
import { generatePopulation } from '../../../seeds/people/index.ts'
import { planBlock } from '../../../seeds/people/deck.ts'
import { makeHousehold, registerOf } from '../../../seeds/people/household.ts'
import { householdsOf, MUNAKATA, TODAY, yearsBetween } from './people.ts'

const MALE = ['夫', '父', '兄', '弟']
const FEMALE = ['妻', '妻（未届）', '母', '妻の母', '子の妻', '姉', '妹']
const EITHER = ['世帯主', '子', '子の子', '同居人']
/** Relations whose family name is the household's, foreign nationals apart. */
const HOUSE = ['妻', '夫', '子', '父', '母', '子の妻', '子の子', '兄', '弟', '姉', '妹']

const familyName = ({ name }: Resident): string => name.split('\u3000')[0]!

describe.each([1, 7, 42, 20230628])('the households of seed %d', (seed) => {
  const people = generatePopulation({ seed, size: 3_000, municipality: MUNAKATA, today: TODAY })
  const households = householdsOf(people)
  const ofRelation = (members: readonly Resident[], relation: string): Resident[] => members.filter((member) => member.relation === relation)

  it('have one head each, and no two spouses, fathers or mothers', () => {
    for (const members of households) {
      expect(ofRelation(members, '世帯主')).toHaveLength(1)
      for (const one of ['妻', '夫', '妻（未届）', '父', '母', '妻の母', '子の妻']) expect(ofRelation(members, one).length).toBeLessThanOrEqual(1)
    }
  })

  it('have words for their relations that go with the sex, and all of them occur', () => {
    const misnamed = people.filter(({ relation, sex }) => !(EITHER.includes(relation) || (sex === 'male' ? MALE : FEMALE).includes(relation)))

    expect(misnamed).toEqual([])
    expect(new Set(people.map(({ relation }) => relation))).toEqual(new Set([...MALE, ...FEMALE, ...EITHER]))
  })

  it('have spouses of two sexes, both grown up', () => {
    for (const members of households) {
      const [head] = ofRelation(members, '世帯主')
      for (const spouse of members.filter(({ relation }) => ['妻', '夫', '妻（未届）'].includes(relation))) {
        expect(spouse.sex).not.toBe(head!.sex)
        expect(yearsBetween(spouse.birthDate, TODAY)).toBeGreaterThan(19.99)
      }
    }
  })

  it('have parents 18 to 50 years older than their children', () => {
    const generations = [
      ['子', '世帯主', '妻', '夫'],
      ['子の子', '子の妻', '子'],
      ['世帯主', '父', '母'],
      ['妻', '妻の母'],
    ] as const
    const gaps = households.flatMap((members) =>
      generations.flatMap(([child, ...parents]) =>
        ofRelation(members, child).flatMap(({ birthDate }) =>
          parents.flatMap((parent) => ofRelation(members, parent).map((elder) => yearsBetween(elder.birthDate, birthDate))),
        ),
      ),
    )

    expect(gaps.length).toBeGreaterThan(500)
    expect(Math.min(...gaps)).toBeGreaterThan(18)
    expect(Math.max(...gaps)).toBeLessThan(50)
  })

  it('have children of one mother born on one day or nine months apart', () => {
    for (const members of households) {
      for (const relation of ['子', '子の子']) {
        const days = ofRelation(members, relation).map(({ birthDate }) => birthDate)
        for (const [at, day] of days.entries()) if (at > 0 && day !== days[at - 1]) expect(yearsBetween(days[at - 1]!, day)).toBeGreaterThan(0.75)
      }
    }
  })

  it('have nobody older than 105, and nobody under 18 living alone', () => {
    expect(Math.max(...people.map(({ birthDate }) => yearsBetween(birthDate, TODAY)))).toBeLessThan(105)
    expect(households.filter(([head]) => yearsBetween(head!.birthDate, TODAY) < 18)).toEqual([])
  })

  it('share a family name where the law says so, and no full name twice in one household', () => {
    for (const members of households) {
      const [head, ...others] = members
      const family = others.filter(({ relation, foreign }) => HOUSE.includes(relation) && foreign === undefined)

      if (head!.foreign === undefined) expect(family.filter((member) => familyName(member) !== familyName(head!))).toEqual([])
      expect(new Set(members.map(({ name }) => name)).size).toBe(members.length)
    }
  })

  it('register spouses and their children under one domicile and head, who is one of them', () => {
    for (const members of households) {
      const couple = members.filter(({ relation, foreign }) => ['世帯主', '妻', '夫'].includes(relation) && foreign === undefined)
      if (couple.length < 2) continue
      const children = members.some(({ relation }) => relation === '子の妻') ? [] : ofRelation(members, '子')

      expect(new Set([...couple, ...children].map(({ domicile }) => domicile)).size).toBe(1)
      expect(couple.map(({ name }) => name)).toContain(couple[0]!.domicileHead)
      for (const person of children) expect(person.domicileHead).toBe(couple[0]!.domicileHead)
    }
  })

  it('register everybody under a head of their own family name', () => {
    expect(people.filter((person) => person.foreign === undefined && person.domicileHead!.split('\u3000')[0] !== familyName(person))).toEqual([])
  })

  it('have about as many men as women, and a third or more live alone', () => {
    const men = people.filter(({ sex }) => sex === 'male').length
    const alone = households.filter((members) => members.length === 1).length

    expect(men / people.length).toBeGreaterThan(0.42)
    expect(men / people.length).toBeLessThan(0.55)
    expect(alone / households.length).toBeGreaterThan(0.33)
  })
})

describe('a household', () => {
  it('is the same whatever the households around it are, and whenever it is made', () => {
    const register = registerOf(1, MUNAKATA, TODAY)
    const plans = planBlock(1, MUNAKATA.code, 0)
    const forwards = plans.map((plan) => makeHousehold(register, plan, 1))
    const backwards = [...plans].reverse().map((plan) => makeHousehold(registerOf(1, MUNAKATA, TODAY), plan, 1))

    makeHousehold(register, { number: 16, kind: 'nine', restricted: false }, 1)

    expect(backwards.reverse()).toEqual(forwards)
    expect(plans.map((plan) => makeHousehold(register, plan, 1))).toEqual(forwards)
  })
})
