/**
 * A set of whole numbers up to 2^53 that takes 12 bytes a number and asks for all of its memory at once. It holds the numbers
 * themselves and no digest of them, so that it never takes one for another.
 *
 * A number's place is a hash of it; where that is taken, the next free one (open addressing). A third of the places stays
 * free, which keeps the ways short.
 */
export class NumberSet {
  /** The number plus one; 0 is a free place. */
  private readonly places: Float64Array
  private count = 0

  /** @param most so many numbers and not one more */
  constructor(private readonly most: number) {
    this.places = new Float64Array(Math.ceil(most * PLACES_PER_NUMBER) + 1)
  }

  /**
   * Puts a number in. False where it was there already.
   * @throws RangeError for one that is too much, or no whole number from 0 to 2^53 - 2.
   */
  add(number: number): boolean {
    if (!Number.isSafeInteger(number) || number < 0 || number === Number.MAX_SAFE_INTEGER) throw new RangeError('only whole numbers can be in the set')
    const { places } = this
    let at = Math.floor((hashOf(number) / 4_294_967_296) * places.length)
    while (places[at] !== 0) {
      if (places[at] === number + 1) return false
      at = at + 1 === places.length ? 0 : at + 1
    }
    if (this.count === this.most) throw new RangeError(`the set is full with ${String(this.most)} numbers`)
    places[at] = number + 1
    this.count += 1
    return true
  }
}

const PLACES_PER_NUMBER = 1.5

/** 32 bits spread over both halves of the number. */
function hashOf(number: number): number {
  let mix = Math.imul(number ^ Math.imul(Math.floor(number / 4_294_967_296), 0x9e3779b1), 0x21f0aaad)
  mix = Math.imul(mix ^ (mix >>> 15), 0x735a2d97)
  return (mix ^ (mix >>> 15)) >>> 0
}
