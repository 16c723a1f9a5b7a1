import { at } from './draw.ts'
import { keyedHash } from './keyed-random.ts'
import { keyedPermutation } from './permutation.ts'

/**
 * Individual numbers (個人番号, 12 digits) and record codes (住民票コード, 11 digits) that nobody can have: the last digit is
 * wrong on purpose. They are unique within a municipality, because they are shuffles of an index and not draws.
 *
 * The check digit of individual numbers is published (平成26年総務省令第85号, article 5). That of record codes is published too
 * (平成14年総務省告示第436号), but its text was not found; so a record code's last digit is one that no usual rule gives
 * ({@link recordCodeCheckDigits}), the rule of individual numbers among them.
 */
export interface PersonNumbers {
  readonly individualNumber: (index: number) => string
  readonly recordCode: (index: number) => string
  /** Two letters, seven digits, two letters: a digit less than a residence card really has. */
  readonly residenceCardNumber: (index: number) => string
}

/** Numbers for the people of one municipality. The same index always gives the same number, another one another. */
export function personNumbers(seed: number, municipality: string): PersonNumbers {
  const individual = keyedPermutation(seed, `${municipality}/individual-number`, 1_000_000, 100_000)
  const code = keyedPermutation(seed, `${municipality}/record-code`, 100_000, 100_000)
  const card = keyedPermutation(seed, `${municipality}/residence-card`, 26 ** 4, 10_000_000)
  return {
    individualNumber: (index) => {
      const digits = String(individual(index)).padStart(11, '0')
      return digits + wrongDigit(seed, digits, [individualNumberCheckDigit(digits)])
    },
    recordCode: (index) => {
      const digits = String(code(index)).padStart(10, '0')
      return digits + wrongDigit(seed, digits, recordCodeCheckDigits(digits))
    },
    residenceCardNumber: (index) => cardNumber(card(index)),
  }
}

/**
 * The check digit that 11 digits of an individual number would really have: 11 less the remainder by 11 of the sum of
 * P_n * Q_n, or 0 where the remainder is at most 1. P_n is the n-th digit from the right; Q_n is n + 1 up to the sixth digit
 * and n - 5 from the seventh.
 */
export function individualNumberCheckDigit(digits: string): number {
  let sum = 0
  for (let n = 1; n <= digits.length; n += 1) sum += Number(digits[digits.length - n]) * cyclicWeight(n)
  return elevenLess(sum)
}

/** Every check digit that a usual rule would give to the 10 digits of a record code; at most eight different ones. */
export function recordCodeCheckDigits(digits: string): readonly number[] {
  const sums = { cyclic: 0, cyclicFromLeft: 0, rising: 0, risingFromLeft: 0, luhn: 0, oneTwo: 0 }
  for (let n = 1; n <= digits.length; n += 1) {
    const fromRight = Number(digits[digits.length - n])
    const fromLeft = Number(digits[n - 1])
    sums.cyclic += fromRight * cyclicWeight(n)
    sums.cyclicFromLeft += fromLeft * cyclicWeight(n)
    sums.rising += fromRight * (n + 1)
    sums.risingFromLeft += fromLeft * (n + 1)
    sums.luhn += n % 2 === 0 ? fromRight : fromRight * 2 - (fromRight > 4 ? 9 : 0)
    sums.oneTwo += fromRight * (n % 2 === 1 ? 1 : 2)
  }
  return [
    elevenLess(sums.cyclic),
    elevenLess(sums.cyclicFromLeft),
    elevenLess(sums.rising),
    elevenLess(sums.risingFromLeft),
    (11 - (sums.cyclic % 11)) % 10,
    (sums.cyclic % 11) % 10,
    (10 - (sums.luhn % 10)) % 10,
    9 - (sums.oneTwo % 9),
  ]
}

/** Q_n of the published rule: 2 to 7 from the right, then from 2 again. */
function cyclicWeight(n: number): number {
  return n <= 6 ? n + 1 : n - 5
}

function elevenLess(sum: number): number {
  return sum % 11 <= 1 ? 0 : 11 - (sum % 11)
}

function wrongDigit(seed: number, digits: string, right: readonly number[]): string {
  const wrong = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => !right.includes(digit))
  return String(at(wrong, keyedHash(seed, digits) % wrong.length))
}

function cardNumber(value: number): string {
  let letters = Math.floor(value / 10_000_000)
  let word = ''
  for (let place = 0; place < 4; place += 1) {
    word += String.fromCharCode(65 + (letters % 26))
    letters = Math.floor(letters / 26)
  }
  return `${word.slice(0, 2)}${String(value % 10_000_000).padStart(7, '0')}${word.slice(2)}`
}
