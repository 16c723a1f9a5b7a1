import { keyedStream } from '../world/keyed-random.ts'
import type { RatePiece } from './natural-rate.ts'

/**
 * When people come by nature between `fromMs` and `toMs`: a Poisson process whose rate follows the pieces. Each arrival has
 * a draw of its own, the wait since the one before in a time in which one comes on average per unit; that time is then
 * stretched by the rate (inverse transform). So a longer day has the same arrivals and more behind them.
 */
export function naturalTimes(pieces: readonly RatePiece[], { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }, seed: number): number[] {
  const within = pieces.flatMap((piece) => {
    const cut = { fromMs: Math.max(fromMs, piece.fromMs), toMs: Math.min(toMs, piece.toMs), perMs: piece.perMs }
    return cut.fromMs < cut.toMs && cut.perMs > 0 ? [cut] : []
  })
  const times: number[] = []
  let expected = 0
  for (;;) {
    expected -= Math.log(1 - keyedStream(seed, `arrival/${String(times.length)}/gap`)())
    const atMs = timeAt(within, expected)
    if (atMs === undefined) return times
    times.push(Math.floor(atMs))
  }
}

/** When so many have come on average; `undefined` where that is after the end. */
function timeAt(pieces: readonly RatePiece[], expected: number): number | undefined {
  let left = expected
  for (const { fromMs, toMs, perMs } of pieces) {
    const inPiece = (toMs - fromMs) * perMs
    if (left < inPiece) return fromMs + left / perMs
    left -= inPiece
  }
  return undefined
}
