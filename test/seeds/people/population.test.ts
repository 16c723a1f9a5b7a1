import { describe, expect, it } from 'vitest'
import { Check } from 'typebox/value'
import { Household, POPULATION_SIZE_MAX, printedSheet, readSheet, Resident, type Sheet } from '../../../contract/index.ts'
import {
  generatePopulation,
  householdStream,
  individualNumberCheckDigit,
  NO_PREVIOUS_ADDRESS,
  populationStream,
  recordCodeCheckDigits,
  sealsOf,
} from '../../../seeds/people/index.ts'
import { householdsOf, MUNAKATA, pairsBy, TODAY } from './people.ts'

const populationOf = (seed: number, size?: number): Resident[] =>
  generatePopulation({ seed, municipality: MUNAKATA, today: TODAY, ...(size === undefined ? {} : { size }) })

describe.each([1, 2, 3, 20230628, -5, Number.MAX_SAFE_INTEGER])('the people of seed %d', (seed) => {
  const people = populationOf(seed, 1_000)

  it('are a thousand residents by the contract, each with an id of their own', () => {
    expect(people).toHaveLength(1_000)
    expect(people.filter((person) => !Check(Resident, person))).toEqual([])
    expect(people[122]!.id).toBe('munakata-000123')
    expect(new Set(people.map(({ id }) => id)).size).toBe(1_000)
    expect(people.every(({ status, version, municipality }) => status === 'resident' && version === 1 && municipality === 'munakata')).toBe(true)
  })

  it('have numbers of their own that are nobody\'s', () => {
    expect(new Set(people.map(({ individualNumber }) => individualNumber)).size).toBe(1_000)
    expect(new Set(people.map(({ recordCode }) => recordCode)).size).toBe(1_000)
    for (const { individualNumber, recordCode } of people) {
      expect(individualNumberCheckDigit(individualNumber.slice(0, 11))).not.toBe(Number(individualNumber[11]))
      expect(recordCodeCheckDigits(recordCode.slice(0, 10))).not.toContain(Number(recordCode[10]))
    }
  })

  it('have names and kana in two words or more with a wide space between, and no ASCII space anywhere', () => {
    for (const { name, kana } of people) {
      expect(name).toMatch(/^[^\u3000]+(\u3000[^\u3000]+)+$/)
      expect(kana).toMatch(/^[ァ-ヴー]+(\u3000[ァ-ヴー]+)+$/)
    }
    expect(JSON.stringify(people)).not.toMatch(/[ \t\n]/)
  })

  it('live in the municipality, one household an address, and came from another address', () => {
    const households = householdsOf(people)

    expect(people.every(({ address }) => /^福岡県宗像市[^\s]+$/.test(address))).toBe(true)
    expect(households.every((members) => new Set(members.map(({ address }) => address)).size === 1)).toBe(true)
    expect(new Set(people.map(({ address }) => address)).size).toBe(households.length)
    expect(people.filter(({ address, previousAddress }) => previousAddress === address || previousAddress === '')).toEqual([])
  })

  it('were born before they became residents, and that before the address was fixed, notified, and today', () => {
    const disorderly = people.filter(({ birthDate, becameResident, addressFixed, notified }) => {
      const days = [birthDate, becameResident, addressFixed, notified, TODAY]
      return days.some((day, at) => at > 0 && day < days[at - 1]!)
    })

    expect(disorderly).toEqual([])
  })

  it('moved within the municipality where the address was fixed later than residence began, else came from outside', () => {
    const within = (person: Resident): boolean => person.previousAddress.startsWith('福岡県宗像市')

    expect(people.filter((person) => within(person) !== person.becameResident < person.addressFixed)).toEqual([])
    expect(people.filter((person) => (person.previousAddress === NO_PREVIOUS_ADDRESS) !== (person.birthDate === person.addressFixed))).toEqual([])
    expect(people.filter(within).length).toBeGreaterThan(50)
    expect(people.filter(({ previousAddress }) => previousAddress === NO_PREVIOUS_ADDRESS).length).toBeGreaterThan(50)
  })

  it('have a domicile with its head, except foreign nationals, who have items of their own', () => {
    const foreign = people.filter((person) => person.foreign !== undefined)

    expect(people.filter((person) => (person.domicile === undefined) !== (person.foreign !== undefined))).toEqual([])
    expect(people.filter((person) => (person.domicileHead === undefined) !== (person.foreign !== undefined))).toEqual([])
    expect(foreign.length).toBeGreaterThanOrEqual(20)
    expect(foreign.length).toBeLessThanOrEqual(45)
    expect(foreign.every(({ name, becameResident }) => /^[A-Z]+(\u3000[A-Z]+)+$/.test(name) && becameResident >= '2012-07-09')).toBe(true)
  })

  it('have protected families among them, two to five people in a thousand', () => {
    const restricted = people.filter((person) => person.restricted)

    expect(restricted.length).toBeGreaterThanOrEqual(2)
    expect(restricted.length).toBeLessThanOrEqual(5)
    expect(householdsOf(restricted).every((members) => members.length === 2)).toBe(true)
  })

  it('have a household of eight, one of nine, twins and a lodger', () => {
    const households = householdsOf(people)
    const twins = pairsBy(people, ({ household, birthDate }) => household + birthDate)

    expect(households.some((members) => members.length === 8)).toBe(true)
    expect(households.some((members) => members.length === 9)).toBe(true)
    expect(twins.some(([one, other]) => one.relation === '子' && other.relation === '子' && one.name !== other.name)).toBe(true)
    expect(people.some(({ relation }) => relation === '同居人')).toBe(true)
  })

  it.each([0, 200, 400, 600, 799])('have namesakes and awkward characters in any 200 in a row, as from number %d', (from) => {
    const some = people.slice(from, from + 200)
    const apart = pairsBy(some, ({ name, kana, sex }) => name + kana + sex).filter(([one, other]) => one.address !== other.address)
    const spelt = (name: string): string => name.replaceAll(/[\u{E0100}\u{E0101}]/gu, '').replaceAll('邉', '邊')
    const readAlike = pairsBy(some, ({ name, kana }) => spelt(name) + kana).filter(([one, other]) => one.name !== other.name)
    const all = some.map(({ name }) => name).join()

    expect(apart.some(([one, other]) => one.birthDate !== other.birthDate)).toBe(true)
    expect(apart.some(([one, other]) => one.birthDate === other.birthDate)).toBe(true)
    expect(readAlike).not.toEqual([])
    for (const awkward of [/[\u{20000}-\u{2FFFF}]/u, /[\u{E0100}\u{E0101}]/u, /髙/, /﨑/]) expect(all).toMatch(awkward)
  })

  it('can be printed on a sheet and read back without a word lost', () => {
    for (const person of people) {
      const sheet = sheetOf(person)

      expect(readSheet(printedSheet(sheet))).toEqual({ sheet })
    }
  })
})

describe('a population', () => {
  it.each([0, 1, 2, 5, 199, 200, 201])('has exactly %d people where so many are asked for', (size) => {
    for (const seed of [1, 2, 3]) expect(populationOf(seed, size)).toHaveLength(size)
  })

  it('is ten thousand people where no size is given', () => {
    expect(populationOf(1)).toHaveLength(10_000)
  })

  it('begins with the people of a smaller one, but for its last few households', () => {
    const small = populationOf(1, 200)

    expect(small.slice(0, 190)).toEqual(populationOf(1, 400).slice(0, 190))
  })

  it('streams household by household, with the head first', () => {
    const households = [...populationStream({ seed: 1, size: 200, municipality: MUNAKATA, today: TODAY })]

    expect(households.flat()).toEqual(populationOf(1, 200))
    expect(households.every((members) => members[0]!.relation === '世帯主' && new Set(members.map(({ household }) => household)).size === 1)).toBe(true)
  })

  it('streams with its seals, which are those of the list', () => {
    const households = [...householdStream({ seed: 3, size: 2_000, municipality: MUNAKATA, today: TODAY })]
    const people = populationOf(3, 2_000)

    expect(households.filter((household) => !Check(Household, household))).toEqual([])
    expect(households.flatMap(({ residents }) => residents)).toEqual(people)
    expect(households.flatMap(({ seals }) => seals)).toEqual(sealsOf(people, 3, TODAY))
    expect(households.every(({ household, residents }) => residents.every((resident) => resident.household === household))).toBe(true)
  })

  it('is another with another seed, municipality or day', () => {
    const own = populationOf(1, 50)
    const yokohama = { ...MUNAKATA, code: 'yokohama', name: '横浜市', prefecture: '神奈川県' }
    const elsewhere = generatePopulation({ seed: 1, size: 50, municipality: yokohama, today: TODAY })
    const later = generatePopulation({ seed: 1, size: 50, municipality: MUNAKATA, today: '2024-06-28' })

    expect(populationOf(2, 50).map(({ name }) => name)).not.toEqual(own.map(({ name }) => name))
    expect(elsewhere.map(({ name }) => name)).not.toEqual(own.map(({ name }) => name))
    expect(elsewhere[0]!.address).toMatch(/^神奈川県横浜市/)
    expect(later).not.toEqual(own)
  })

  it('refuses a size, a seed or a day that is none', () => {
    const options = { seed: 1, size: 1, municipality: MUNAKATA, today: TODAY }

    expect(() => generatePopulation({ ...options, size: -1 })).toThrow(RangeError)
    expect(() => generatePopulation({ ...options, size: 1.5 })).toThrow(RangeError)
    expect(() => generatePopulation({ ...options, size: POPULATION_SIZE_MAX + 1 })).toThrow(RangeError)
    expect(() => generatePopulation({ ...options, seed: 0.5 })).toThrow(RangeError)
    expect(() => generatePopulation({ ...options, today: '2023-02-30' })).toThrow(RangeError)
    expect(() => generatePopulation({ ...options, today: '28 June' })).toThrow(RangeError)
  })
})

function sheetOf(person: Resident): Sheet {
  const { name, kana, birthDate, sex, relation, becameResident, addressFixed, notified, previousAddress } = person
  const { individualNumber, recordCode, domicile, domicileHead, foreign } = person
  const nationals = domicile === undefined || domicileHead === undefined ? {} : { domicile, domicileHead }
  const items = { name, kana, birthDate, sex, relation, becameResident, addressFixed, notified, previousAddress }
  return {
    type: 'residence-record',
    form: 'single',
    municipality: MUNAKATA.name,
    mayor: MUNAKATA.mayor,
    k: 1,
    of: 1,
    address: person.address,
    headOfHousehold: name,
    persons: [{ ...items, individualNumber, recordCode, ...nationals, ...(foreign === undefined ? {} : { foreign }) }],
    certifiedOn: TODAY,
    issueNumber: '1',
    provenance: '',
  }
}
