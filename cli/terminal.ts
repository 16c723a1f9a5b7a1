import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Width of what is printed: the terminal's, but never more than a reader's line. */
export const lineWidth = (): number => Math.min(process.stdout.columns || 80, 100)

/** Text in lines of the terminal's width, Japanese characters counted as wide as they are. @param indent of every line */
export function paragraph(text: string, indent = 0): string {
  const pad = ' '.repeat(indent)
  const lines = wrapAnsi(text, lineWidth() - indent, { hard: true }).split('\n')
  return lines.map((line) => pad + line.trimEnd()).join('\n')
}

/** A table of columns two spaces apart; the last column wraps within its width. */
export function table(rows: readonly (readonly string[])[], rightAligned: ReadonlySet<number> = new Set()): string {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns - 1 }, (_, at) => Math.max(...rows.map((row) => stringWidth(row[at] ?? ''))))
  const before = widths.reduce((sum, width) => sum + width + 2, 0)
  const lastWidth = Math.max(20, lineWidth() - before)
  return rows
    .map((row) => {
      const cells = widths.map((width, at) => pad(row[at] ?? '', width, rightAligned.has(at)))
      const last = wrapAnsi(row[columns - 1] ?? '', lastWidth, { hard: true }).split('\n')
      return [`${cells.join('  ')}  ${last[0] ?? ''}`, ...last.slice(1).map((line) => ' '.repeat(before) + line)].map((line) => line.trimEnd()).join('\n')
    })
    .join('\n')
}

/** A table whose columns behind the first are equally wide, together as wide as a line, each wrapped within its width. */
export function columns(rows: readonly (readonly string[])[]): string {
  const first = Math.max(...rows.map(([cell = '']) => stringWidth(cell)))
  const others = Math.max(...rows.map((row) => row.length)) - 1
  const width = Math.max(12, Math.floor((lineWidth() - first) / others) - 2)
  return rows
    .map(([head = '', ...cells]) => {
      const wrapped = cells.map((cell) => wrapAnsi(cell, width, { hard: true }).split('\n'))
      const height = Math.max(...wrapped.map(({ length }) => length))
      return Array.from({ length: height }, (_, line) => {
        const parts = wrapped.map((lines) => pad(lines[line]?.trimEnd() ?? '', width, false))
        return [pad(line === 0 ? head : '', first, false), ...parts].join('  ').trimEnd()
      }).join('\n')
    })
    .join('\n')
}

function pad(text: string, width: number, right: boolean): string {
  const blank = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return right ? blank + text : text + blank
}

const SHOW_AFTER_MS = 2_000

/** Says on a terminal's standard error what is going on, once it takes longer than two seconds. */
export class Progress {
  private readonly beganAt = performance.now()
  private shown = false

  say(what: string): void {
    if (!process.stderr.isTTY || performance.now() - this.beganAt < SHOW_AFTER_MS) return
    process.stderr.write(`\r\u001b[K${what.slice(0, lineWidth() - 1)}`)
    this.shown = true
  }

  end(): void {
    if (this.shown) process.stderr.write('\r\u001b[K')
    this.shown = false
  }
}
