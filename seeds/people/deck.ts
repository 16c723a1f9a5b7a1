import { at, shuffledNumbers } from './draw.ts'
import { keyedRandom } from './keyed-random.ts'

/**
 * Which kinds of household follow each other. Households come in blocks of {@link BLOCK_HOUSEHOLDS}; every block deals the
 * same deck in an order of its own. Dealing instead of drawing is what lets us promise: any 200 people in a row contain a
 * whole block (at most 94 people), hence everything that a block contains.
 *
 * Shares follow Japan roughly (38 % live alone); what mix-ups feed on is far more frequent than in life: each block has
 * two pairs of namesakes, one of them born on one day, a pair read alike, twins, and every awkward kind of character.
 */
export const BLOCK_HOUSEHOLDS = 40

/** Blocks from one with an eight-person household to the next, some 720 people; it has the protected family, too. */
const RARE_BLOCKS = 8

export type HouseholdKind =
  | 'single'
  | 'single-foreign'
  | 'couple'
  | 'couple-foreign'
  | 'couple-international'
  | 'couple-unregistered'
  | 'family-1'
  | 'family-2'
  | 'family-3'
  | 'family-twins'
  | 'mother-1'
  | 'mother-2'
  | 'father-1'
  | 'couple-with-parent'
  | 'three-generations-elder-head'
  | 'three-generations'
  | 'eight'
  | 'nine'
  | 'lodger'
  | 'siblings'

/** Awkward characters for the household's family name. */
export type RareName = 'surrogate' | 'selector' | 'ladder' | 'standing-saki'

/** What one person living alone has in common with another of the same block. */
export type Echo = 'name' | 'name-and-birth' | 'birth' | 'reading'

interface Card {
  readonly kind: HouseholdKind
  readonly rareName?: RareName
  /** The card by its place in the deck, also a `single`, and never an echo itself. */
  readonly echo?: { readonly card: number; readonly how: Echo }
  readonly restricted?: boolean
}

/** A household before anything about it is drawn. */
export interface HouseholdPlan {
  /** Counts from 0 over the population. */
  readonly number: number
  readonly kind: HouseholdKind
  readonly rareName?: RareName
  readonly echo?: { readonly of: HouseholdPlan; readonly how: Echo }
  readonly restricted: boolean
}

/** The 40 plans of a block in the order in which they are dealt. */
export function planBlock(seed: number, municipality: string, block: number): HouseholdPlan[] {
  const deck = deckOf(block)
  const order = shuffledNumbers(keyedRandom(seed, `${municipality}/block/${String(block)}/order`), deck.length)
  const planOf = (card: number): HouseholdPlan => {
    const { kind, rareName, echo, restricted } = at(deck, card)
    return {
      number: block * BLOCK_HOUSEHOLDS + order.indexOf(card),
      kind,
      restricted: restricted ?? false,
      ...(rareName === undefined ? {} : { rareName }),
      ...(echo === undefined ? {} : { echo: { of: planOf(echo.card), how: echo.how } }),
    }
  }
  return order.map(planOf)
}

const SINGLES: readonly Card[] = [
  { kind: 'single' },
  { kind: 'single', echo: { card: 0, how: 'name' } },
  { kind: 'single' },
  { kind: 'single', echo: { card: 2, how: 'name-and-birth' } },
  { kind: 'single' },
  { kind: 'single', echo: { card: 4, how: 'birth' } },
  { kind: 'single', rareName: 'selector' },
  { kind: 'single', echo: { card: 6, how: 'reading' } },
  { kind: 'single', rareName: 'ladder' },
  { kind: 'single-foreign' },
  ...times(5, { kind: 'single' }),
]

function deckOf(block: number): readonly Card[] {
  return [
    ...SINGLES,
    { kind: 'couple', rareName: 'surrogate' },
    { kind: 'couple', rareName: 'selector' },
    { kind: 'couple', rareName: 'standing-saki' },
    { kind: block % 2 === 0 ? 'couple' : 'couple-foreign' },
    { kind: 'couple-international' },
    { kind: 'couple-unregistered' },
    ...times(2, { kind: 'couple' }),
    ...times(3, { kind: 'family-1' }),
    { kind: 'family-twins' },
    ...times(4, { kind: 'family-2' }),
    { kind: 'family-3' },
    { kind: 'mother-1', restricted: block % RARE_BLOCKS === 0 },
    { kind: 'mother-2' },
    { kind: 'father-1' },
    { kind: 'couple-with-parent' },
    { kind: 'three-generations-elder-head' },
    { kind: largestOf(block) },
    { kind: 'lodger' },
    { kind: 'siblings' },
  ]
}

/** Eight people fill two sheets of four, nine begin a third. */
function largestOf(block: number): HouseholdKind {
  if (block % RARE_BLOCKS === 0) return 'eight'
  return block % RARE_BLOCKS === RARE_BLOCKS / 2 ? 'nine' : 'three-generations'
}

function times(count: number, card: Card): Card[] {
  return Array.from({ length: count }, () => card)
}
