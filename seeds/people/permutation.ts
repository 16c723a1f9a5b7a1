import { keyedHash, mixed } from './keyed-random.ts'

/** A shuffle of the numbers below its size, without a table: different numbers go to different numbers. */
export type Permutation = (index: number) => number

const ROUNDS = 4

/**
 * The shuffle of 0 .. `high * low - 1` that belongs to `key`. Uniqueness by arithmetic needs no list of what was given out,
 * so that a population of any size can be made in flat memory.
 *
 * A number is split into a high and a low digit (in radix `low`); each round adds to one digit a hash of the other. Adding
 * can be undone, hence no two numbers meet.
 * @param high,low each at most 2^32, their product at most 2^53.
 */
export function keyedPermutation(seed: number, key: string, high: number, low: number): Permutation {
  const keys = Array.from({ length: ROUNDS }, (_, round) => keyedHash(seed, `${key}/${String(round)}`))
  return (index) => {
    if (!Number.isSafeInteger(index) || index < 0 || index >= high * low) {
      throw new RangeError(`${String(index)} is outside a shuffle of ${String(high * low)}`)
    }
    let highDigit = Math.floor(index / low)
    let lowDigit = index % low
    for (const roundKey of keys) {
      highDigit = (highDigit + mixed(mixed(lowDigit) ^ roundKey)) % high
      lowDigit = (lowDigit + mixed(mixed(highDigit) ^ ~roundKey)) % low
    }
    return highDigit * low + lowDigit
  }
}
