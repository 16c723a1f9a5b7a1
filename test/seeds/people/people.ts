import type { Municipality, Resident } from '../../../contract/index.ts'

/** The municipality that these tests people. */
export const MUNAKATA: Municipality = { code: 'munakata', name: '宗像市', prefecture: '福岡県', mayor: '見本　一郎', feesYen: { 'residence-record': 300 } }

/** The day on which their registers are as generated. */
export const TODAY = '2023-06-28'

/** Lists of people by what they have in common. */
export function groupedBy(people: readonly Resident[], keyOf: (person: Resident) => string): Resident[][] {
  const groups = new Map<string, Resident[]>()
  for (const person of people) groups.set(keyOf(person), [...(groups.get(keyOf(person)) ?? []), person])
  return [...groups.values()]
}

/** Lists of people who share a household, in the order of the register. */
export function householdsOf(people: readonly Resident[]): Resident[][] {
  return groupedBy(people, ({ household }) => household)
}

/** Pairs of the same `keyOf`, each pair once. */
export function pairsBy(people: readonly Resident[], keyOf: (person: Resident) => string): [Resident, Resident][] {
  return groupedBy(people, keyOf).flatMap((group) =>
    group.flatMap((one, at) => group.slice(at + 1).map((other): [Resident, Resident] => [one, other])),
  )
}

/** Years between two ISO days, the later one second; fractions by days of 365.2425. */
export function yearsBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / (365.2425 * 86_400_000)
}
