/** What is left of a list that a test still passes on, and what the test made of it. */
export interface Fewer<T, R> {
  readonly items: readonly T[]
  readonly result: R
}

/**
 * Leaves out of a list what is not needed, by delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", IEEE TSE 2002), down to a list of which no single item can be left out.
 * @param test gives a result where what is sought still happens; it may give another list, made of the items that counted
 */
export async function fewest<T, R>(begin: Fewer<T, R>, test: (items: readonly T[]) => Promise<Fewer<T, R> | undefined>): Promise<Fewer<T, R>> {
  let best = begin
  let parts = 2
  while (best.items.length > 0) {
    const size = Math.ceil(best.items.length / parts)
    const less = await withoutOnePart(best.items, size, test)
    if (less !== undefined) {
      best = less
      parts = Math.max(2, Math.min(parts, less.items.length) - 1)
    } else if (size === 1) break
    else parts = Math.min(best.items.length, parts * 2)
  }
  return best
}

async function withoutOnePart<T, R>(items: readonly T[], size: number, test: (items: readonly T[]) => Promise<Fewer<T, R> | undefined>): Promise<Fewer<T, R> | undefined> {
  for (let from = 0; from < items.length; from += size) {
    const tried = await test([...items.slice(0, from), ...items.slice(from + size)])
    // What a test gives back is never more than it was given, or leaving out would have no end.
    if (tried !== undefined && tried.items.length < items.length) return tried
  }
  return undefined
}
