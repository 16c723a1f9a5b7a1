import { InvalidArgumentError } from 'commander'

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

export type WorldChoice = 'simulated' | 'live' | 'both'

/** The worlds that a choice names. */
export const worldsOf = (choice: WorldChoice): readonly ('simulated' | 'live')[] => (choice === 'both' ? ['simulated', 'live'] : [choice])

export function worldChoice(text: string): WorldChoice {
  if (text !== 'simulated' && text !== 'live' && text !== 'both') throw new InvalidArgumentError('It is one of simulated, live and both.')
  return text
}
