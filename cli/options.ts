import { InvalidArgumentError } from 'commander'
import { isDate } from '../contract/household-rules.ts'

/** A natural number, as an option's value. */
export function naturalNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.')
  return Number(text)
}

/** How often: at least once, since what never ran met no expectation. */
export function times(text: string): number {
  const number = naturalNumber(text)
  if (number === 0) throw new InvalidArgumentError('It has to be 1 or more.')
  return number
}

/** A reader of natural numbers up to `most`. */
export const upTo = (most: number) => (text: string): number => {
  const number = naturalNumber(text)
  if (number > most) throw new InvalidArgumentError(`It has to be ${String(most)} or less.`)
  return number
}

/** Threads that share the work: one at least, and no more than a machine gains by. */
export const threadCount = (text: string): number => times(String(upTo(64)(text)))

/** A day of the calendar, `2023-04-01`. */
export function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDate(text)) throw new InvalidArgumentError('It has to be a day such as 2023-04-01.')
  return text
}

export type WorldChoice = 'simulated' | 'live' | 'both'

/** The worlds that a choice names. */
export const worldsOf = (choice: WorldChoice): readonly ('simulated' | 'live')[] => (choice === 'both' ? ['simulated', 'live'] : [choice])

export function worldChoice(text: string): WorldChoice {
  if (text !== 'simulated' && text !== 'live' && text !== 'both') throw new InvalidArgumentError('It is one of simulated, live and both.')
  return text
}

/** A number above 0, as an option's value. */
export function positiveNumber(text: string): number {
  if (!/^\d{1,6}(?:\.\d{1,6})?$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('It has to be a number above 0.')
  return Number(text)
}

/** How sessions are begun in an open loop. */
export function arrivalsChoice(text: string): 'poisson' | 'constant' {
  if (text !== 'poisson' && text !== 'constant') throw new InvalidArgumentError('It is poisson or constant.')
  return text
}
