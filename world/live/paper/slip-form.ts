import { type SlipLine, slipLines, type Slip } from '../../../contract/index.ts'
import type { Cell, Ink, PageForm, Row } from './page-form.ts'

/** The paper of a receipt printer: 80 mm wide, as long as what it says. Points. */
export const SLIP_WIDTH = 226.77
const MARGIN = 14
const ROOM = SLIP_WIDTH - 2 * MARGIN
const LABEL_WIDTH = 62

interface Setting {
  readonly size: number
  /** Characters that stand on one line; what is longer is broken. */
  readonly characters: number
  readonly height: number
  readonly align: Cell['align']
  readonly ink: Ink
}

const SETTINGS: Readonly<Record<SlipLine['as'], Setting>> = {
  specimen: { size: 14, characters: 10, height: 26, align: 'centre', ink: 'red' },
  heading: { size: 14, characters: 14, height: 22, align: 'centre', ink: 'black' },
  japanese: { size: 10, characters: 19, height: 15, align: 'left', ink: 'black' },
  english: { size: 8, characters: 44, height: 12, align: 'left', ink: 'black' },
  item: { size: 9, characters: 40, height: 15, align: 'left', ink: 'black' },
}

/** Extra space before a line of another kind. */
const GAP = 7

/** Where each word of a slip stands, and how long the paper is. */
export function slipForm(slip: Slip): { readonly form: PageForm; readonly height: number } {
  const rows: Row[] = []
  let y = MARGIN
  let before: SlipLine['as'] | undefined
  for (const line of slipLines(slip)) {
    const { size, height } = SETTINGS[line.as]
    if (before !== undefined && before !== line.as) y += GAP
    for (const cells of cellsOf(line)) {
      y += height
      rows.push({ baseline: y - 0.3 * size, cells })
    }
    before = line.as
  }
  const specimen = { x: SLIP_WIDTH / 2 - 24, y: MARGIN + 3, width: 48, height: 24, ink: 'red' } as const
  return { form: { rows, frames: [specimen], sealBaseline: Number.NaN }, height: y + MARGIN }
}

/** The lines that one line of a slip takes, each with its cells. */
function cellsOf(line: SlipLine): Cell[][] {
  const { size, align, ink, characters } = SETTINGS[line.as]
  if (line.as !== 'item') return broken(line.text, characters).map((text) => [{ text, x: MARGIN, width: ROOM, size, align, ink }])
  const label: Cell = { text: line.label, x: MARGIN, width: LABEL_WIDTH, size, align, ink }
  // An id may have 64 characters, and a ticket that cannot be drawn would cost somebody the fee.
  return broken(line.text, characters).map((text, at) => {
    const value: Cell = { text, x: MARGIN + LABEL_WIDTH, width: ROOM - LABEL_WIDTH, size, align, ink }
    return at === 0 ? [label, value] : [value]
  })
}

/** A sentence in lines of so many characters: between words where it has any, else anywhere. */
function broken(text: string, characters: number): string[] {
  const lines: string[] = ['']
  for (const word of text.includes(' ') ? text.split(/(?<= )/) : Array.from(text)) {
    if (`${lines.at(-1) ?? ''}${word}`.trimEnd().length > characters) lines.push('')
    lines.push(`${lines.pop() ?? ''}${word}`)
  }
  return lines.map((line) => line.trimEnd())
}
