/**
 * How many orders of a list keep every two dependent items in the order in which they stand: the linear extensions of its
 * dependency order. Groups that depend on each other in nothing are counted apart and then shuffled.
 */
export function linearExtensions<T>(items: readonly T[], dependent: (one: T, other: T) => boolean): bigint {
  const before = items.map((item, at) => items.slice(0, at).flatMap((earlier, place) => (dependent(earlier, item) ? [place] : [])))
  let orders = 1n
  let shuffled = 0
  for (const group of connected(before)) {
    orders *= ordersOf(group, before) * choose(shuffled + group.length, group.length)
    shuffled += group.length
  }
  return orders
}

/** Places that depend on each other, directly or by way of others. */
function connected(before: readonly (readonly number[])[]): number[][] {
  const groupOf = new Map<number, number[]>()
  for (const [at, needed] of before.entries()) {
    const group = [at]
    for (const other of new Set(needed.map((place) => groupOf.get(place) ?? []))) group.push(...other)
    for (const place of group) groupOf.set(place, group)
  }
  return [...new Set(groupOf.values())].map((group) => group.sort((a, b) => a - b))
}

/** The orders of one group, counted over the sets of its places that can come first. */
function ordersOf(group: readonly number[], before: readonly (readonly number[])[]): bigint {
  const bits = new Map(group.map((place, index) => [place, 1n << BigInt(index)]))
  const steps = group.map((place) => ({ bit: bits.get(place) ?? 0n, needed: (before[place] ?? []).reduce((mask, one) => mask | (bits.get(one) ?? 0n), 0n) }))
  let sets = new Map<bigint, bigint>([[0n, 1n]])
  for (let made = 0; made < group.length; made += 1) {
    const longer = new Map<bigint, bigint>()
    for (const [set, count] of sets) {
      for (const { bit, needed } of steps) {
        if ((set & bit) === 0n && (set & needed) === needed) longer.set(set | bit, (longer.get(set | bit) ?? 0n) + count)
      }
    }
    sets = longer
  }
  return [...sets.values()].reduce((sum, count) => sum + count, 0n)
}

function choose(of: number, some: number): bigint {
  let ways = 1n
  for (let one = 1; one <= some; one += 1) ways = (ways * BigInt(of - some + one)) / BigInt(one)
  return ways
}
