const LONG_DIGITS = 9

/**
 * A number so written that texts sort as the numbers do, without knowing how many there will be: `000123` with as many digits
 * as asked, and beyond those `a001000000`, since a letter sorts behind every digit. So the ids of a small population are those
 * with which a large one begins, and stay what they have always been.
 * @param number 0 to 999,999,999
 */
export function sortedNumber(number: number, digits: number): string {
  const text = String(number)
  return text.length <= digits ? text.padStart(digits, '0') : `a${text.padStart(LONG_DIGITS, '0')}`
}
