import { Refusal } from '../contract/index.ts'

/** @throws Refusal MONEY_SHORT if the purse does not hold the fee. */
export function refuseShortMoney(purseYen: number, feeYen: number): void {
  if (purseYen < feeYen) throw new Refusal('MONEY_SHORT')
}
