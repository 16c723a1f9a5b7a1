/** How sure an interval is: 95 of 100 such intervals hold the true rate. */
const EITHER_SIDE = 0.025

/** Halvings of a bracket: far more than a number has digits. */
const HALVINGS = 100

/** The bounds of what a count may have been on average. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * The exact 95 % interval of the mean of a Poisson law of which `count` was seen (Garwood): at the lower bound so many or
 * more are seen once in forty runs, at the upper one so many or fewer. None seen leaves up to 3.7 possible.
 * Wrong papers are rare and far fewer than papers, which is when this law holds; where many are wrong it is wider than it
 * need be, and it also holds where more is lost than was printed.
 */
export function poissonInterval(count: number): Interval {
  const far = count + 10 * Math.sqrt(count + 1) + 10
  return {
    low: count === 0 ? 0 : bisect(0, count, (mean) => 1 - atMost(count - 1, mean) < EITHER_SIDE),
    high: bisect(count, far, (mean) => atMost(count, mean) > EITHER_SIDE),
  }
}

/** Where `below` turns false between two bounds. */
function bisect(from: number, to: number, below: (mean: number) => boolean): number {
  let low = from
  let high = to
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** How likely `count` or fewer are under a mean; in logarithms, since e to the minus mean is 0 for large ones. */
function atMost(count: number, mean: number): number {
  let logTerm = -mean
  let sum = Math.exp(logTerm)
  for (let k = 1; k <= count; k += 1) {
    logTerm += Math.log(mean / k)
    sum += Math.exp(logTerm)
  }
  return Math.min(1, sum)
}
