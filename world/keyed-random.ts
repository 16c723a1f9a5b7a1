import { hash53 } from './hash.ts'

/** A stream of draws, each uniform in [0, 1). */
export type RandomStream = () => number

/**
 * The stream that belongs to `key` under `seed`: sfc32, a small generator of good quality with 128 bits of state, seeded by
 * hashes of both. Streams are keyed by what they are for, so that drawing more for one thing changes nothing for another;
 * that keeps a scenario the same while it is being made smaller.
 */
export function keyedStream(seed: number, key: string): RandomStream {
  const low = hash53(key, seed)
  // Bit operations see the low half of a seed only; the high half comes in here.
  const high = hash53(key, seed ^ 0x9e3779b9 ^ Math.imul(Math.floor(seed / 4294967296), 0x85ebca6b))
  let a = low >>> 0
  let b = (low / 4294967296) >>> 0
  let c = high >>> 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) >>> 0) + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + sum) >>> 0
    return sum / 4294967296
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next()
  return next
}

/** The keyed streams of one run: asked for again, a stream goes on where it was. */
export class KeyedRandom {
  private readonly streams = new Map<string, RandomStream>()
  constructor(private readonly seed: number) {}

  next(key: string): number {
    let stream = this.streams.get(key)
    if (stream === undefined) {
      stream = keyedStream(this.seed, key)
      this.streams.set(key, stream)
    }
    return stream()
  }
}
