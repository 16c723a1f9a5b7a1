import { Compile } from 'typebox/compile'
import { FoundTwice } from './found-twice.ts'
import { impossibleInHousehold, isDate } from './household-rules.ts'
import { LineDigest } from './line-digest.ts'
import { Household, PopulationFooter, PopulationHeader } from './population.ts'
import { type AnyObject, isObject, parsed, type WrongField, wrongField, writerOf } from './schema-lines.ts'

/**
 * The population file: JSON Lines, header first, footer last, one household a line between them. Nobody holds it whole: it is
 * written and read line by line, so that a million people take no more memory than a thousand.
 *
 * 1. Keys are written in the order of the schema and nothing the schema does not name is written, so the same people give the
 *    same bytes.
 * 2. Ids and household keys ascend over the file, so that one that is there twice is found without keeping any.
 * 3. Individual numbers and record codes do not ascend. Each is kept as the number it is, 12 bytes apiece, as many as the
 *    header says there are people: found twice is really twice.
 * 4. The footer counts, and has a SHA-256 over every line before it with its line feed: a line that was changed is noticed.
 *
 * Reading never throws. It goes on after a problem, so that all can be told at once, and tells none of what stands in a field.
 */
export interface PopulationProblem extends WrongField {
  /** Counted from 1; the header is line 1. `field` is empty where it is the line as a whole. */
  readonly line: number
}

/** More problems than this are counted and not listed. */
export const POPULATION_PROBLEMS_MAX = 100

/** The most characters of a line: what is longer is no household, and need not be kept to know so. */
export const POPULATION_LINE_MAX = 1_048_576

/** How many of each there are. */
export interface PopulationCounts {
  readonly households: number
  readonly people: number
  readonly seals: number
}

const writeHeader = writerOf(PopulationHeader)
const writeHousehold = writerOf(Household)
const writeFooter = writerOf(PopulationFooter)

/** Writes a population line by line: `header` once, `household` for each, `footer` once. A line has no line feed. */
export class PopulationLines {
  private readonly digest = new LineDigest()
  private households = 0
  private people = 0
  private seals = 0

  header(header: PopulationHeader): string {
    return this.line(writeHeader(header))
  }

  household(household: Household): string {
    this.households += 1
    this.people += household.residents.length
    this.seals += household.seals.length
    return this.line(writeHousehold(household))
  }

  /** It is used up after this. */
  footer(): string {
    return writeFooter({ footer: true, ...this.counts(), digest: this.digest.end() })
  }

  /** What was written so far. */
  counts(): PopulationCounts {
    const { households, people, seals } = this
    return { households, people, seals }
  }

  private line(line: string): string {
    this.digest.add(line)
    return line
  }
}

/** A population file once it has been read: what it held, and what is wrong with it. */
export interface PopulationReading {
  /** Undefined where the first line is no usable header: nothing after it was looked at. */
  readonly header: PopulationHeader | undefined
  readonly counts: PopulationCounts
  readonly problems: readonly PopulationProblem[]
  /** Problems beyond those that are listed. */
  readonly unlisted: number
}

const headerCheck = Compile(PopulationHeader)
const householdCheck = Compile(Household)
const footerCheck = Compile(PopulationFooter)

/** Takes a population file line by line as it comes. */
export class PopulationReader {
  private readonly digest = new LineDigest()
  private readonly problems: PopulationProblem[] = []
  private unlisted = 0
  private lines = 0
  private header: PopulationHeader | undefined
  /** Whether a footer was there, good or not. */
  private ended = false
  private twice: FoundTwice | undefined
  private counts = { households: 0, people: 0, seals: 0 }
  /** Lines that were no household: after one of them the counts tell nothing. */
  private unread = 0
  /** Where a line was no JSON: the last line of a file without footer that ends so was cut. */
  private brokenAt = 0

  /** @param municipalities codes of those that are known */
  constructor(private readonly municipalities: ReadonlySet<string>) {}

  /** The next line, without its line feed. Gives the household that stands there, with or without problems. */
  line(text: string): Household | undefined {
    this.lines += 1
    const value = parsed(text)
    if (this.lines === 1) this.readHeader(value)
    if (this.lines === 1 || this.header === undefined) {
      this.digest.add(text)
      return undefined
    }
    if (this.ended) {
      this.problem('', 'stands after the footer')
      return undefined
    }
    if (isObject(value) && 'footer' in value) {
      this.readFooter(value)
      return undefined
    }
    this.digest.add(text)
    return this.readHousehold(value, this.header)
  }

  /** Whether the first line was no usable header, so that nothing after it is looked at. */
  get unusable(): boolean {
    return this.lines > 0 && this.header === undefined
  }

  /** What was read, once all is read. */
  end(): PopulationReading {
    if (this.lines === 0) this.problems.push({ line: 1, field: '', what: 'is not there: the file is empty' })
    else if (this.header !== undefined && !this.ended) this.endWithoutFooter()
    const { header, counts, problems, unlisted } = this
    return { header, counts, problems, unlisted }
  }

  private readHeader(value: unknown): void {
    if (!headerCheck.Check(value)) {
      const { field, what } = value === undefined ? { field: '', what: 'no JSON' } : wrongField(headerCheck, value)
      this.problem(field, field === '' ? `is no usable header: ${what}` : what)
      return
    }
    this.header = value
    this.twice = new FoundTwice(value.size)
    if (!this.municipalities.has(value.municipality)) this.problem('municipality', 'is unknown')
    if (!isDate(value.day)) this.problem('day', 'is no day of the calendar')
  }

  private readHousehold(value: unknown, header: PopulationHeader): Household | undefined {
    if (!householdCheck.Check(value)) {
      this.unread += 1
      if (value === undefined) this.brokenAt = this.lines
      const { field, what } = value === undefined ? { field: '', what: 'is no JSON' } : wrongField(householdCheck, value)
      this.problem(field, what)
      return undefined
    }
    this.counts.households += 1
    this.counts.people += value.residents.length
    this.counts.seals += value.seals.length
    for (const { field, what } of impossibleInHousehold(value, header)) this.problem(field, what)
    for (const { field, what } of this.twice?.in(value) ?? []) this.problem(field, what)
    return value
  }

  private readFooter(value: AnyObject): void {
    this.ended = true
    if (!footerCheck.Check(value)) {
      const { field, what } = wrongField(footerCheck, value)
      this.problem(field, what)
      return
    }
    if (this.unread === 0) this.compareCounts(value)
    if (value.digest !== this.digest.end()) this.problem('digest', 'is not that of the lines before it: one was changed, removed or added')
  }

  private compareCounts(footer: PopulationFooter): void {
    for (const count of ['households', 'people', 'seals'] as const) {
      if (footer[count] !== this.counts[count]) this.problem(count, `is ${String(footer[count])}, but ${String(this.counts[count])} were read`)
    }
    const { header, counts } = this
    if (header !== undefined && header.size !== counts.people) this.problem('people', `is not the size that the header says, ${String(header.size)}`)
  }

  private endWithoutFooter(): void {
    const last = this.problems.at(-1)
    if (this.brokenAt === this.lines && last?.line === this.lines) {
      this.problems.pop()
      this.problem('', 'is cut: it breaks off in the middle of a household')
    }
    this.problem('', 'is the last one and no footer follows: the file is cut')
  }

  private problem(field: string, what: string): void {
    if (this.problems.length >= POPULATION_PROBLEMS_MAX) this.unlisted += 1
    else this.problems.push({ line: this.lines, field, what })
  }
}
