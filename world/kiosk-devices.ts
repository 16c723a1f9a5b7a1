import { Refusal } from '../contract/index.ts'

/** Time to print both sides of one sheet: ours. A whole session of two minutes or more is normal (`docs/parameters.md`). */
export const FEED_MS_PER_SHEET = 6_000

/** @throws Refusal MONEY_SHORT if the purse does not hold the fee. */
export function refuseShortMoney(purseYen: number, feeYen: number): void {
  if (purseYen < feeYen) throw new Refusal('MONEY_SHORT')
}
