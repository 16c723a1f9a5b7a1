import type { RefusalCode } from '../contract/index.ts'
import { sheetOnPaper } from '../world/kiosk-devices.ts'
import type { KioskWorld } from '../world/ports.ts'
import { codeOf, type ReadyDocument, report, type Underway } from './issuance-client.ts'

/** Takes the fee. The journal says so before and after. @throws Refusal MONEY_SHORT */
export async function takeFee(world: KioskWorld, underway: Underway, yen: number): Promise<void> {
  const { application } = underway
  await world.journal.append({ ...underway, state: 'paying', yen })
  const begun = world.history.record({ type: 'invoke', f: 'pay', application, yen })
  try {
    await world.cash.take(application, yen)
  } catch (error) {
    world.history.record({ type: 'fail', f: 'pay', application, code: codeOf(error), because: [begun] })
    throw error
  }
  world.history.record({ type: 'ok', f: 'pay', application, yen, because: [begun] })
  await world.journal.append({ ...underway, state: 'paid', yen })
}

/**
 * Feeds once: the journal says so before, and whatever happens then, nothing is fed again.
 * @returns why nothing whole came out, if so; the fee is refunded then
 */
export async function print(world: KioskWorld, kiosk: string, underway: Underway, { image, feeYen }: ReadyDocument): Promise<RefusalCode | undefined> {
  const { application } = underway
  await world.journal.append({ ...underway, state: 'feeding', yen: feeYen })
  const begun = world.history.record({ type: 'invoke', f: 'print', application, kiosk })
  const { sheets, trouble } = await world.printer.feed(application, image)
  const out = { application, kiosk, sheets: sheets.map(sheetOnPaper), because: [begun] }
  if (trouble !== undefined) {
    world.history.record({ type: 'fail', f: 'print', ...out, code: trouble })
    await refund(world, underway, trouble)
    await report(world, underway, 'printer-failed')
    return trouble
  }
  world.history.record({ type: 'ok', f: 'print', ...out })
  await world.journal.append({ ...underway, state: 'printed', yen: feeYen })
  await report(world, underway, 'printed')
  return undefined
}

/** Gives a ticket over what the cash box holds for the application; once, however often it is asked for. */
export async function refund(world: KioskWorld, underway: Underway, code: RefusalCode): Promise<void> {
  const { application } = underway
  const yen = await world.cash.refund(application, code)
  if (yen > 0) world.history.record({ type: 'info', f: 'refund', application, yen })
  await world.journal.append({ ...underway, state: 'refunded', yen, code })
}

/** Ends an application before a sheet moved: nothing was taken, and the issuing side is told to keep nothing either. */
export async function cancel(world: KioskWorld, underway: Underway): Promise<void> {
  await world.journal.append({ ...underway, state: 'cancelled', yen: 0 })
  await report(world, underway, 'cancelled')
}
