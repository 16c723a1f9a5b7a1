/**
 * How many orders of a list keep every two dependent items in the order in which they stand: the linear extensions of its
 * dependency order, counted over the sets of items that can come first.
 */
export function linearExtensions<T>(items: readonly T[], dependent: (one: T, other: T) => boolean): bigint {
  const before = items.map((item, at) => items.slice(0, at).reduce((mask, earlier, place) => (dependent(earlier, item) ? mask | (1n << BigInt(place)) : mask), 0n))
  let sets = new Map<bigint, bigint>([[0n, 1n]])
  for (let made = 0; made < items.length; made += 1) {
    const longer = new Map<bigint, bigint>()
    for (const [set, count] of sets) {
      for (const [at, needed] of before.entries()) {
        const bit = 1n << BigInt(at)
        if ((set & bit) !== 0n || (set & needed) !== needed) continue
        longer.set(set | bit, (longer.get(set | bit) ?? 0n) + count)
      }
    }
    sets = longer
  }
  return [...sets.values()].reduce((sum, count) => sum + count, 0n)
}
