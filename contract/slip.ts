import { type RefusalCode, REFUSALS } from './refusals.ts'
import { SPECIMEN } from './sheet-text.ts'

/**
 * A slip from a kiosk's receipt printer: why somebody was refused, or a refund ticket (返金票). It names kiosk and application
 * and never a person.
 */
export interface Slip {
  readonly code: RefusalCode
  readonly kiosk: string
  /** Scenario time, `2023-06-28 14:50`. */
  readonly at: string
  /** Absent where none was made yet. */
  readonly application?: string
  /** What is refunded at the shop's till against this slip; absent on a refusal. */
  readonly refundYen?: number
}

/** A line of a slip: a heading, a sentence that may be broken over lines, or a label with its value. */
export type SlipLine =
  | { readonly as: 'specimen' | 'heading' | 'japanese' | 'english'; readonly text: string }
  | { readonly as: 'item'; readonly label: string; readonly text: string }

/** What a slip says, top to bottom, in both languages. */
export function slipLines({ code, kiosk, at, application, refundYen }: Slip): readonly SlipLine[] {
  const { ja, en } = REFUSALS[code]
  const item = (label: string, text: string): SlipLine => ({ as: 'item', label, text })
  return [
    { as: 'specimen', text: SPECIMEN },
    { as: 'heading', text: refundYen === undefined ? '発行できませんでした' : '返金票' },
    { as: 'english', text: refundYen === undefined ? 'No certificate was issued.' : 'Refund ticket' },
    { as: 'japanese', text: ja },
    { as: 'english', text: en },
    ...(refundYen === undefined ? [] : [item('返金額', `${String(refundYen)}円`)]),
    item('コード', code),
    ...(application === undefined ? [] : [item('受付番号', application)]),
    item('端末', kiosk),
    item('日時', at),
  ]
}
