import { ERA_DATE_PATTERN, fromEraDate, toEraDate } from './era.ts'
import type { Sheet } from './sheet.ts'

/** An era date as a group of a pattern. */
export const DATE = `(${ERA_DATE_PATTERN})`

/** Lines that are not what a certificate says there. The message names the line and holds no personal data but a bad date. */
export class UnreadableLine extends Error {}

/** A cursor over a sheet's lines; each method takes the lines it understands. */
export class SheetLines {
  private at = 0
  constructor(private readonly lines: readonly string[]) {}

  peek(): string | undefined {
    return this.lines[this.at]
  }

  /** Takes the next line if it is exactly that. @throws UnreadableLine */
  exactly(what: string, words: string): void {
    this.expect(what, (line) => (line === words ? line : undefined))
  }

  /** @throws UnreadableLine */
  match(what: string, pattern: RegExp): RegExpExecArray {
    return this.expect(what, (line) => pattern.exec(line))
  }

  /** The value behind a label. @throws UnreadableLine */
  labelled(label: string): string {
    return this.expect(`"${label}"`, (line) => valueOf(line, label))
  }

  optional(label: string): string | undefined {
    return this.peek()?.startsWith(`${label} `) === true ? this.labelled(label) : undefined
  }

  optionalPair(first: string, second: string): [string | undefined, string | undefined] {
    if (this.peek()?.startsWith(`${first} `) !== true) return [undefined, undefined]
    const parts = this.expect(`"${first}" and "${second}"`, (line) => {
      const [, one, label, two, more] = line.split(' ')
      return label === second && one !== undefined && two !== undefined && more === undefined ? { one, two } : undefined
    })
    return [parts.one, parts.two]
  }

  /** @throws UnreadableLine where lines are left */
  end(): void {
    if (this.peek() !== undefined) throw new UnreadableLine(`line ${String(this.at + 1)} stands after the end of the sheet`)
  }

  private expect<T>(what: string, take: (line: string) => T | undefined | null): T {
    const line = this.peek()
    const taken = line === undefined ? undefined : take(line)
    if (taken === undefined || taken === null) throw new UnreadableLine(`line ${String(this.at + 1)} is not ${what}`)
    this.at += 1
    return taken
  }
}

function valueOf(line: string, label: string): string | undefined {
  const [first, value, more] = line.split(' ')
  return first === label && value !== undefined && more === undefined ? value : undefined
}

/** An ISO date of an era date. @throws UnreadableLine */
export function isoDate(era: string | undefined): string {
  const iso = fromEraDate(era ?? '')
  if (iso === undefined) throw new UnreadableLine(`"${era ?? ''}" is no date`)
  return iso
}

const NUMBERED = '(\\d+)枚中(\\d+)枚目'
/** A title line: the document's name, other words, and which sheet of how many. */
export const titlePattern = (words: string): RegExp => new RegExp(`^${words} ${NUMBERED}$`)
/** `2枚中1枚目`. */
export const sheetNumber = ({ k, of }: Sheet): string => `${String(of)}枚中${String(k)}枚目`

const CERTIFIED = new RegExp(`^${DATE} ([^ ]+)長 ([^ ]+)$`)

/** The last lines of every certificate: the certifying sentence, date and mayor, issue number. */
export const certifyingLines = (sentence: string, sheet: Sheet): string[] => [
  sentence,
  `${toEraDate(sheet.certifiedOn)} ${sheet.municipality}長 ${sheet.mayor}`,
  `発行番号 ${sheet.issueNumber}`,
]

/** Reads what {@link certifyingLines} wrote, to the end of the sheet. @throws UnreadableLine */
export function readCertifyingLines(
  lines: SheetLines,
  sentence: string,
): Pick<Sheet, 'certifiedOn' | 'municipality' | 'mayor' | 'issueNumber'> {
  lines.exactly('the certifying sentence', sentence)
  const [, certifiedOn, municipality = '', mayor = ''] = lines.match('date and mayor', CERTIFIED)
  const issueNumber = lines.labelled('発行番号')
  lines.end()
  return { certifiedOn: isoDate(certifiedOn), municipality, mayor, issueNumber }
}
