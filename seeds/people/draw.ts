import type { Draw } from './keyed-random.ts'

/** An integer from `low` to `high`, both included; `low` where `high` is less. */
export function between(draw: Draw, low: number, high: number): number {
  return low + Math.floor(draw() * (Math.max(high, low) - low + 1))
}

/** True once in `1 / share` draws. */
export function chance(draw: Draw, share: number): boolean {
  return draw() < share
}

/** One of `list`, each as likely. @throws RangeError for an empty list. */
export function oneOf<T>(draw: Draw, list: readonly T[]): T {
  return at(list, Math.floor(draw() * list.length))
}

/**
 * One of `list`, the earlier the likelier (the square of a draw). A square and no power function, because powers may differ
 * in the last bit between engines.
 */
export function oneOfFrontFirst<T>(draw: Draw, list: readonly T[]): T {
  const r = draw()
  return at(list, Math.floor(r * r * list.length))
}

/** The numbers 0 to `length - 1` in drawn order (Fisher and Yates). */
export function shuffledNumbers(draw: Draw, length: number): number[] {
  const order: number[] = []
  for (let next = 0; next < length; next += 1) {
    const place = between(draw, 0, next)
    order.push(next)
    order[next] = at(order, place)
    order[place] = next
  }
  return order
}

/** The element at `index`. @throws RangeError if there is none: for lists whose length is known to suffice. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`no element ${String(index)} in a list of ${String(list.length)}`)
  return found
}
