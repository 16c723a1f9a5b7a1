import { describe, expect, it } from 'vitest'
import { impossibleInHousehold, isDate } from '../../contract/household-rules.ts'
import type { Household, PopulationHeader, Resident, SealRegistration } from '../../contract/index.ts'
import { householdStream } from '../../seeds/people/index.ts'
import { MUNAKATA } from '../seeds/people/people.ts'

const DAY = '2023-06-28'
const HEADER: PopulationHeader = { schema: 'torichigae-population/1', tool: '0', seed: 1, size: 1, municipality: 'munakata', day: DAY }
const [MODEL] = [...householdStream({ seed: 1, size: 1, municipality: MUNAKATA, today: DAY })]

const person = (at: number, over: Partial<Resident>): Resident => ({ ...MODEL!.residents[0]!, id: `munakata-00000${String(at)}`, birthDate: '1980-05-05', ...over })
const seal = (over: Partial<SealRegistration>): SealRegistration => ({ resident: 'munakata-000000', municipality: 'munakata', impression: '見本', registeredOn: '2020-01-01', status: 'active', version: 1, ...over })

/** A household of these relations and birth dates, the head first unless said otherwise. */
function household(...members: (readonly [relation: string, born: string])[]): Household {
  const residents = members.map(([relation, birthDate], at) => person(at, { relation, birthDate }))
  return { household: MODEL!.household, residents, seals: [] }
}
const HEAD = ['世帯主', '1980-05-05'] as const
const wrong = (of: Household): string[] => impossibleInHousehold(of, HEADER).map(({ field, what }) => `${field} ${what}`)

describe('a household of which nothing is impossible', () => {
  it.each([1, 2, 3, 20230628, -5])('is every one that is made, here those of 5,000 people of seed %d', (seed) => {
    const made = [...householdStream({ seed, size: 5_000, municipality: MUNAKATA, today: DAY })]

    expect(made.flatMap(wrong)).toEqual([])
    expect(made.length).toBeGreaterThan(2_000)
  })

  it.each<readonly [string, Household]>([
    ['a child born ten years after the head to the day', household(HEAD, ['子', '1990-05-05'])],
    ['a parent born ten years before', household(HEAD, ['父', '1970-05-05'], ['母', '1970-05-05'])],
    ['a grandchild born twenty years after', household(HEAD, ['子の子', '2000-05-05'])],
    ['a grandmother born twenty years before', household(HEAD, ['父の母', '1960-05-05'])],
    ['a spouse who is 16 today', household(HEAD, ['妻', '2007-06-28'])],
    ['twins, one the elder brother of the other', household(HEAD, ['兄', '1980-05-05'])],
    ['a child of the wife only, older than the head', household(HEAD, ['妻', '1950-01-01'], ['妻の子', '1975-01-01'])],
    ['a wife\'s mother, the wife not living here', household(HEAD, ['妻の母', '1999-01-01'])],
    ['a lodger of any age', household(HEAD, ['同居人', '2023-06-28'])],
    ['somebody related in a way that has no rule', household(HEAD, ['縁故者', '1900-01-01'])],
  ])('is one with %s', (_, of) => {
    expect(wrong(of)).toEqual([])
  })
})

describe('an impossible household', () => {
  it.each<readonly [string, Household, string]>([
    ['without a head', household(['子', '2000-01-01']), 'residents is without a head (世帯主)'],
    ['with two heads', household(HEAD, HEAD), 'residents/1/relation is that of a second head (世帯主)'],
    ['whose head does not come first', household(['妻', '1980-01-01'], HEAD), 'residents/1/relation is that of the head, who has to come first'],
    ['with a child older than the head', household(HEAD, ['子', '1979-01-01']), 'residents/1/relation is that of a descendant born less than 10 years after the 世帯主'],
    ['with a child a day less than ten years younger', household(HEAD, ['子', '1990-05-04']), 'residents/1/relation is that of a descendant born less than 10 years after the 世帯主'],
    ['with a grandchild less than twenty years younger', household(HEAD, ['子の子', '2000-05-04']), 'residents/1/relation is that of a descendant born less than 20 years after the 世帯主'],
    ['with a father younger than the head', household(HEAD, ['父', '1981-01-01']), 'residents/1/relation is that of an ancestor born less than 10 years before the 世帯主'],
    ['with a grandmother less than twenty years older', household(HEAD, ['母の母', '1960-05-06']), 'residents/1/relation is that of an ancestor born less than 20 years before the 世帯主'],
    ['with a wife\'s mother younger than the wife', household(HEAD, ['妻', '1980-01-01'], ['妻の母', '1985-01-01']), 'residents/2/relation is that of an ancestor born less than 10 years before the 妻'],
    ['with an elder sister born after the head', household(HEAD, ['姉', '1980-05-06']), 'residents/1/relation is that of somebody older than the 世帯主, but born after'],
    ['with a younger brother born before the head', household(HEAD, ['弟', '1980-05-04']), 'residents/1/relation is that of somebody younger than the 世帯主, but born before'],
    ['with a wife of fifteen', household(HEAD, ['妻', '2007-06-29']), 'residents/1/relation is that of somebody married, who is younger than 16'],
    ['with a child\'s wife of fifteen', household(HEAD, ['子の妻', '2007-06-29']), 'residents/1/relation is that of somebody married, who is younger than 16'],
    ['with a partner of fifteen', household(HEAD, ['夫（未届）', '2007-06-29']), 'residents/1/relation is that of somebody married, who is younger than 16'],
    ['with a married head of fifteen', household(['世帯主', '2007-06-29'], ['妻', '1980-01-01']), 'residents/0/relation is that of somebody married, who is younger than 16'],
    ['with somebody born tomorrow', household(['世帯主', '2023-06-29']), 'residents/0/birthDate is later than the population\'s day'],
    ['with somebody born on a day that there is not', household(['世帯主', '2023-02-29']), 'residents/0/birthDate is no day of the calendar'],
  ])('is one %s', (_, of, what) => {
    expect(wrong(of)).toEqual([what])
  })

  it.each<readonly [keyof Resident, string, string]>([
    ['household', 'munakata-h00009', 'is another than that of the line'],
    ['municipality', 'yokohama', 'is another than that of the header'],
    ['address', '福岡県宗像市見本台１', 'is another than that of the first of the household'],
    ['notified', '2023-13-01', 'is no day of the calendar'],
  ])('is one of which a member has another %s', (field, value, what) => {
    const of = household(HEAD, ['妻', '1980-01-01'])

    expect(wrong({ ...of, residents: [of.residents[0]!, { ...of.residents[1]!, [field]: value }] })).toEqual([`residents/1/${field} ${what}`])
  })

  it.each<readonly [string, readonly SealRegistration[], readonly string[]]>([
    ['of nobody in it', [seal({ resident: 'munakata-000009' })], ['seals/0/resident is nobody of the household']],
    ['twice of one person', [seal({}), seal({ impression: '花子' })], ['seals/1/resident has a registration already']],
    ['with an impression that another has', [seal({}), seal({ resident: 'munakata-000001' })], ['seals/1/impression is registered in the household already']],
    ['of somebody of fourteen', [seal({ resident: 'munakata-000002', registeredOn: '2023-06-28' })], ['seals/0/registeredOn is before the holder was 15 years old']],
    ['from before the fifteenth birthday', [seal({ registeredOn: '1995-05-04' })], ['seals/0/registeredOn is before the holder was 15 years old']],
    ['from tomorrow', [seal({ registeredOn: '2023-06-29' })], ['seals/0/registeredOn is later than the population\'s day']],
    ['from a day that there is not', [seal({ registeredOn: '2020-02-30' })], ['seals/0/registeredOn is no day of the calendar']],
    ['in another municipality', [seal({ municipality: 'yokohama' })], ['seals/0/municipality is another than that of the header']],
  ])('is one with a seal registration %s', (_, seals, what) => {
    const of = household(HEAD, ['妻', '1980-01-01'], ['子', '2008-06-29'])

    expect(wrong({ ...of, seals: [...seals] })).toEqual(what)
  })

  it('is told without anything of what stands in it', () => {
    const { residents } = household(HEAD, HEAD, ['子', '1979-01-01'])
    const told = wrong({ household: 'x', residents, seals: [seal({ resident: 'nobody', impression: '秘密' })] }).join('\n')

    for (const { name, kana, address, individualNumber, recordCode } of residents) {
      for (const value of [name, kana, address, individualNumber, recordCode, '秘密', '1979']) expect(told).not.toContain(value)
    }
  })
})

describe('a day of the calendar', () => {
  it.each(['2023-01-31', '2024-02-29', '2000-02-29', '2023-12-31', '1873-04-30'])('is %s', (day) => expect(isDate(day)).toBe(true))
  it.each(['2023-02-29', '1900-02-29', '2023-04-31', '2023-00-10', '2023-13-01', '2023-01-00', '2023-01-32'])('is not %s', (day) => expect(isDate(day)).toBe(false))
})
