/**
 * Random draws keyed by what they are for. A stream belongs to a seed and a key such as `household/17/address`; drawing more
 * from it changes no other stream, so that one household can change while every other stays as it is.
 *
 * 1. Seed and key are folded into two 32-bit words, one by FNV-1a, one by a rotating multiply.
 * 2. Each word of the generator's state is a splitmix32 finaliser over these two.
 * 3. sfc32 draws: 128 bits of state, additions, shifts and rotations of 32 bits only, hence the same on every machine.
 *
 * The population is frozen by golden tests; this file is part of what they freeze.
 */

/** The next draw of a stream, uniform in [0, 1), with 32 bits. */
export type Draw = () => number

const GOLDEN_RATIO = 0x9e3779b9

/**
 * A new stream for `key` under `seed`, from its beginning.
 * @param seed any safe integer; also negative ones differ from each other.
 */
export function keyedRandom(seed: number, key: string): Draw {
  const [first, second] = folded(seed, key)
  return sfc32(mixed(first), mixed(second), mixed(first + GOLDEN_RATIO), mixed(second ^ GOLDEN_RATIO))
}

/** 32 bits that depend on seed and key alone: cheaper than a stream where one draw is enough. */
export function keyedHash(seed: number, key: string): number {
  const [first, second] = folded(seed, key)
  return mixed(first ^ mixed(second))
}

/** Integers only, spread over 32 bits (the finaliser of splitmix32). */
export function mixed(word: number): number {
  let mix = (word + GOLDEN_RATIO) | 0
  mix = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad)
  mix = Math.imul(mix ^ (mix >>> 15), 0x735a2d97)
  return (mix ^ (mix >>> 15)) >>> 0
}

function folded(seed: number, key: string): readonly [number, number] {
  let first = (0x811c9dc5 ^ seed) | 0
  let second = (GOLDEN_RATIO ^ Math.floor(seed / 4294967296) ^ Math.imul(seed, 0x85ebca6b)) | 0
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at)
    first = Math.imul(first ^ unit, 0x01000193)
    second = Math.imul(((second << 5) | (second >>> 27)) ^ unit, 0x9e3779b1)
  }
  return [first, second]
}

function sfc32(w0: number, w1: number, w2: number, w3: number): Draw {
  let a = w0 | 0
  let b = w1 | 0
  let c = w2 | 0
  let counter = w3 | 0
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) draw()
  return draw
}
