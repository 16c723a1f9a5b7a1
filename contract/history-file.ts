import { TorichigaeError } from './errors.ts'
import type { History, HistoryEvent, HistoryFooter, HistoryHeader } from './history.ts'
import { footerCheck, headerCheck, kindOf, writeFooter, writeHeader } from './history-kinds.ts'
import { LineDigest, PIECE_CHARACTERS } from './line-digest.ts'
import { type AnyObject, firstError, isObject, parsed } from './schema-lines.ts'

/**
 * The history file: JSON Lines, header first, footer last, one event a line between them.
 *
 * 1. Keys are written in the order of the schema and nothing the schema does not name is written, so the same history gives
 *    the same bytes whoever built the objects.
 * 2. `i` counts 0, 1, 2 over the events, so a line that was taken out is missed at its place.
 * 3. The footer counts events and sheets and has a SHA-256 over every line before it with its line feed, so a line that was
 *    changed is noticed, though not where.
 *
 * Reading never throws for what is wrong behind the header. It keeps what can be read and says what cannot, and a history
 * with such a problem is never judged a pass.
 */
export interface HistoryProblem {
  /**
   * `cut` and `missing-footer`: the end is not there, all before it is. The others mean that something within may be missing
   * or may have been altered.
   */
  readonly kind: 'cut' | 'missing-footer' | 'bad-line' | 'order' | 'counts' | 'broken-chain'
  /** Counted from 1; the header is line 1. */
  readonly line: number
  /** One sentence with the line in it and without personal data. */
  readonly sentence: string
}

/** More problems than this are counted in one last problem instead of being listed. */
export const HISTORY_PROBLEMS_MAX = 100

/** Sheets that a print event counts into the footer's `papers`. */
const sheetsOf = (event: HistoryEvent): number => (event.f === 'print' && event.type === 'ok' ? event.sheets.length : 0)

/**
 * Writes a history line by line: `header` once, `event` for each event in the order of `i`, `footer` once. A line has no
 * line feed; each has to be followed by one `\n` in the file. Pure: it keeps counts and digest and touches no file.
 */
export class HistoryLines {
  private events = 0
  private papers = 0
  private readonly digest = new LineDigest()

  header(header: HistoryHeader): string {
    return this.line(writeHeader(header))
  }

  event(event: HistoryEvent): string {
    this.events += 1
    this.papers += sheetsOf(event)
    return this.line((kindOf(event)?.write ?? JSON.stringify)(event))
  }

  /** @param end `complete` is false where the run was interrupted. The encoder is used up after it. */
  footer(end: { readonly complete: boolean }): string {
    const { events, papers } = this
    return writeFooter({ footer: true, events, papers, complete: end.complete, digest: this.digest.end() })
  }

  private line(line: string): string {
    this.digest.add(line)
    return line
  }
}

/** A history as far as it can be read, and what is wrong with its file. */
export interface HistoryReading {
  readonly history: History
  readonly problems: readonly HistoryProblem[]
}

/**
 * Reads a history file.
 * @param source its whole text, or its lines without line feeds.
 * @throws TorichigaeError BAD_HISTORY where the first line is no usable header; never for anything behind it.
 */
export function readHistory(source: string | Iterable<string>): HistoryReading {
  const reader = new HistoryReader()
  if (typeof source === 'string') reader.text(source)
  else for (const line of source) reader.line(line)
  return reader.end()
}

/** The digest of a text's first `end` characters; its pieces end at line feeds, for a piece must not split a character. */
function digestOfText(text: string, end: number): string {
  const digest = new LineDigest()
  for (let at = 0; at < end; ) {
    const next = Math.min(end, text.indexOf('\n', at + PIECE_CHARACTERS) + 1 || end)
    digest.addText(text.slice(at, next))
    at = next
  }
  return digest.end()
}

/** Takes a history file line by line as it comes, for {@link readHistory} and for whoever streams. */
export class HistoryReader {
  private readonly digest = new LineDigest()
  private readonly events: HistoryEvent[] = []
  private readonly problems: HistoryProblem[] = []
  private header: HistoryHeader | undefined
  private footer: HistoryFooter | undefined
  private lines = 0
  private papers = 0
  /** The `i` that the next event has to have; undefined behind a line that could not be read. */
  private nextI: number | undefined = 0
  /** Where a line was no JSON: the last line of a file without footer that ends so was cut. */
  private brokenAt = 0
  private unlisted = 0
  /** A file given as one text, and where in it the line being read begins. */
  private whole: { readonly text: string; at: number } | undefined

  /** The whole file at once. It is digested in large pieces, and only if there is a footer to compare with. */
  text(text: string): void {
    this.whole = { text, at: 0 }
    for (let at = 0; at < text.length; ) {
      this.whole.at = at
      const feed = text.indexOf('\n', at)
      const end = feed === -1 ? text.length : feed
      this.read(text.slice(at, end))
      at = end + 1
    }
  }

  /** The next line. @throws TorichigaeError BAD_HISTORY where the first line is no usable header. */
  line(text: string): void {
    this.read(text)
    if (this.footer === undefined) this.digest.add(text)
  }

  private read(text: string): void {
    this.lines += 1
    const value = parsed(text)
    if (this.header === undefined) this.header = usableHeader(value)
    else if (this.footer !== undefined) {
      this.problem('bad-line', 'stands after the footer')
    } else if (isObject(value) && 'footer' in value) this.readFooter(value)
    else this.readEvent(value)
  }

  /**
   * What was read, once all is read.
   * @throws TorichigaeError BAD_HISTORY where there was no line at all.
   */
  end(): HistoryReading {
    if (this.header === undefined) throw new TorichigaeError('BAD_HISTORY', 'it is empty')
    if (this.footer === undefined) {
      if (this.brokenAt === this.lines && this.brokenAt > 0) this.lastLineWasCut()
      this.problems.push({
        kind: 'missing-footer',
        line: this.lines,
        sentence: `Line ${String(this.lines)} is the last one and no footer follows: the run or the copy stopped early.`,
      })
    }
    if (this.unlisted > 0) {
      const sentence = `Up to line ${String(this.lines)} there are ${String(this.unlisted)} more problems, not listed.`
      this.problems.push({ kind: 'bad-line', line: this.lines, sentence })
    }
    const { header, events, footer, problems } = this
    return { history: { header, events, ...(footer === undefined ? {} : { footer }) }, problems }
  }

  private readEvent(value: unknown): void {
    if (value === undefined) {
      this.brokenAt = this.lines
      this.badLine('is no JSON')
      return
    }
    if (!isObject(value)) {
      this.badLine('is no event')
      return
    }
    const kind = kindOf(value)
    if (kind === undefined) {
      this.badLine('has no known kind of event in its fields "type" and "f"')
      return
    }
    if (!kind.check.Check(value)) {
      this.badLine(`(${kind.type} ${kind.f}) ${firstError(kind.check, value)}`)
      return
    }
    // The check of this kind's schema has just passed; the union's static type is wider than one compiled schema can say.
    this.take(value as unknown as HistoryEvent)
  }

  private take(event: HistoryEvent): void {
    if (this.nextI !== undefined && event.i !== this.nextI) {
      this.problem('order', `has event ${String(event.i)} where event ${String(this.nextI)} has to be: lines are missing or moved`)
    }
    this.nextI = event.i + 1
    this.events.push(event)
    this.papers += sheetsOf(event)
  }

  private readFooter(value: AnyObject): void {
    if (!footerCheck.Check(value)) {
      this.badLine(`(footer) ${firstError(footerCheck, value)}`)
      return
    }
    this.footer = value
    this.agree('events', value.events, this.events.length)
    this.agree('sheets', value.papers, this.papers)
    if (value.digest !== this.chainSoFar()) {
      this.problem('broken-chain', `(footer) has a digest that the lines before it do not give: a line was changed, removed or added`)
    }
  }

  private chainSoFar(): string {
    return this.whole === undefined ? this.digest.end() : digestOfText(this.whole.text, this.whole.at)
  }

  private agree(what: string, said: number, read: number): void {
    if (said !== read) this.problem('counts', `(footer) counts ${String(said)} ${what}, but ${String(read)} were read`)
  }

  private badLine(what: string): void {
    this.nextI = undefined
    this.problem('bad-line', what)
  }

  private problem(kind: HistoryProblem['kind'], what: string): void {
    if (this.problems.length >= HISTORY_PROBLEMS_MAX) this.unlisted += 1
    else this.problems.push({ kind, line: this.lines, sentence: `Line ${String(this.lines)} ${what}.` })
  }

  private lastLineWasCut(): void {
    const last = this.problems.at(-1)
    if (last?.line !== this.lines) return
    this.problems.pop()
    this.problem('cut', 'is cut: it breaks off in the middle of an event')
  }
}

function usableHeader(value: unknown): HistoryHeader {
  if (headerCheck.Check(value)) return value
  const why = value === undefined ? 'is no JSON' : firstError(headerCheck, value)
  throw new TorichigaeError('BAD_HISTORY', `line 1 is no usable header and ${why}`)
}
