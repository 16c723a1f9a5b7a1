/**
 * The most pairs of a left and a right one that fit each other, each used at most once (augmenting paths). Twins and
 * namesakes on one paper are told apart by it without guessing who is who.
 * @param fitting for each left one, the right ones that fit it.
 */
export function pairs<T>(fitting: readonly (readonly T[])[]): number {
  const taken = new Map<T, number>()
  const place = (left: number, tried: Set<T>): boolean => {
    for (const right of fitting[left] ?? []) {
      if (tried.has(right)) continue
      tried.add(right)
      const holder = taken.get(right)
      if (holder === undefined || place(holder, tried)) {
        taken.set(right, left)
        return true
      }
    }
    return false
  }
  return fitting.filter((_, left) => place(left, new Set())).length
}
