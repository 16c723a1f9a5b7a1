import type { RandomStream } from '../world/keyed-random.ts'

/** An index, drawn with the given weights. */
export function weighted(weights: readonly number[], draw: RandomStream): number {
  let left = draw() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}
