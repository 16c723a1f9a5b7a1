import { type FamilyRegisterSheet, FAMILY_PER_SHEET, type ItemsSheet, PERSONS_PER_SHEET, printedSheet, Refusal, type ResidenceRecordSheet, type Sheet, type SupplementSheet } from '../../../contract/index.ts'
import { clustersOf } from './clusters.ts'

/**
 * Where each word of a sheet stands on A4. Lengths are points, measured from the top left corner downwards.
 *
 * 1. The words are those of `printedSheet`, no others: what is drawn cannot disagree with the contract.
 * 2. One line of the contract is one row with one baseline; its words are its cells, from left to right.
 * 3. Between the end of one word and the beginning of the next stay at least 2 × PADDING, by which a reader tells them apart.
 */
export const PAGE = { width: 595.28, height: 841.89 } as const

/** Values are set smaller to fit their cell, but never below this size: beyond it nobody could read them. */
export const MIN_SIZE = 6
/** Free space at each side of a cell. */
export const PADDING = 3

export type Ink = 'black' | 'red' | 'grey'

/** A word in its cell. `size` is what it is set in if it fits. */
export interface Cell {
  readonly text: string
  readonly x: number
  readonly width: number
  readonly size: number
  readonly align: 'left' | 'centre'
  readonly ink: Ink
}

export interface Row {
  readonly baseline: number
  readonly cells: readonly Cell[]
  /** Top and height of the ruled cells around the words; a row without is set free. */
  readonly ruled?: { readonly top: number; readonly height: number }
}

/** A frame with a heavier line. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly ink: Ink
}

export interface PageForm {
  readonly rows: readonly Row[]
  readonly frames: readonly Frame[]
  /** Unused room for people, struck through. */
  readonly unused?: Frame
  /** The box around the oval of a seal's impression. */
  readonly stamp?: Frame
  /** Baseline of the row whose end the mayor's seal is set at. */
  readonly sealBaseline: number
}

const LEFT = 40
const WIDTH = PAGE.width - 2 * LEFT
const HEAD_TOP = 104
const PERSONS_BOTTOM = 688
/** Less free room than this needs no stroke through it: nobody could add a person there. */
const MIN_UNUSED = 60
const LABEL_WIDTH = 64
const LABEL_SIZE = 6.4
/** Room for the longest date, 平成30年12月31日, at full size. */
const DATE_WIDTH = 100

/** Widths of a row's cells but the last, by its first label; the last takes what is left. */
const COLUMNS: Readonly<Record<string, readonly number[]>> = {
  生年月日: [LABEL_WIDTH, DATE_WIDTH, LABEL_WIDTH, 60, 48],
  住民となった年月日: [LABEL_WIDTH, DATE_WIDTH, LABEL_WIDTH],
  届出年月日: [LABEL_WIDTH, DATE_WIDTH, LABEL_WIDTH],
  本籍: [LABEL_WIDTH, 276, 48],
  住所: [LABEL_WIDTH, 290, 48],
  所得: [LABEL_WIDTH, 120, 48],
  '国籍・地域': [LABEL_WIDTH, 156, LABEL_WIDTH],
  在留期間: [LABEL_WIDTH, 156, LABEL_WIDTH],
}

/**
 * @throws RangeError for more people than a sheet has room for.
 * @throws Refusal GLYPH_PENDING for a value with an ASCII space in it, which would read as two.
 */
export function pageForm(sheet: Sheet): PageForm {
  const lines = printedSheet(sheet).text.map((line) => line.split(' '))
  const body = bodyOf(sheet, lines)
  return {
    ...body,
    rows: [...titleRows(lines), ...body.rows, ...certifyingRows(lines.slice(-3)), provenanceRow(sheet)],
    frames: [SPECIMEN_FRAME, ...body.frames],
    sealBaseline: MAYOR_BASELINE,
  }
}

/** What stands between the title and the certifying sentence. */
type Body = Pick<PageForm, 'rows' | 'frames' | 'unused' | 'stamp'>

function bodyOf(sheet: Sheet, lines: readonly (readonly string[])[]): Body {
  switch (sheet.type) {
    case 'residence-record':
    case 'certificate-of-items':
      return recordBody(sheet, lines)
    case 'income-tax-certificate':
    case 'tax-payment-certificate':
      return taxBody(lines)
    case 'seal-certificate':
      return sealBody(lines)
    case 'family-register':
    case 'family-register-extract':
    case 'register-supplement':
      return familyBody(sheet, lines)
  }
}

/** One table, row by row. */
function taxBody(lines: readonly (readonly string[])[]): Body {
  const { rows, frame } = block(lines.slice(2, -3), HEAD_TOP, { height: 34, value: 13, label: 9 })
  return { rows, frames: [frame] }
}

/** Domicile and head, of the register itself the day made, and under them each person's entry with room for two; on the last sheet the end mark. */
function familyBody(sheet: FamilyRegisterSheet | SupplementSheet, lines: readonly (readonly string[])[]): Body {
  if (sheet.persons.length > FAMILY_PER_SHEET) throw new RangeError('a sheet has too many people')
  const size = { height: 26, value: 11.5 }
  const firstPerson = lines.findIndex(([label], i) => i > 2 && label === '氏名')
  const hasEndMark = sheet.type !== 'register-supplement' && sheet.k === sheet.of
  const last = hasEndMark ? lines.length - 4 : lines.length - 3
  const personsFrom = firstPerson < 0 ? last : firstPerson
  const head = block(lines.slice(2, personsFrom), HEAD_TOP, size)
  let y = HEAD_TOP + head.frame.height + 8
  const persons = blocksOf(lines.slice(personsFrom, last)).map((person) => {
    const made = block(person, y, size)
    y += made.frame.height + 8
    return made
  })
  const endMark = hasEndMark ? [{ baseline: y + 14, cells: [free(lines[last]?.[0], LEFT + WIDTH / 2 - 40, 120, 11.5)] }] : []
  return { rows: [...head.rows, ...persons.flatMap(({ rows }) => rows), ...endMark], frames: [head.frame, ...persons.map(({ frame }) => frame)] }
}

/** Lines person by person. */
const blocksOf = (lines: readonly (readonly string[])[]): (readonly string[])[][] =>
  lines.reduce<(readonly string[])[][]>((all, line) => {
    if (line[0] === '氏名') all.push([])
    all.at(-1)?.push(line)
    return all
  }, [])

function recordBody(sheet: ResidenceRecordSheet | ItemsSheet, lines: readonly (readonly string[])[]): Body {
  if (sheet.persons.length > PERSONS_PER_SHEET) throw new RangeError('a sheet has too many people')
  const firstPerson = lines.findIndex(([label], i) => i > 2 && label === '氏名')
  const personsFrom = firstPerson < 0 ? lines.length - 3 : firstPerson
  const head = block(lines.slice(2, personsFrom), HEAD_TOP, { height: 21, value: 11 })
  const persons = personBlocks(sheet, lines.slice(personsFrom, -3), HEAD_TOP + head.frame.height + 6)
  return {
    rows: [...head.rows, ...persons.rows],
    frames: [head.frame, ...persons.frames],
    ...(persons.unused === undefined ? {} : { unused: persons.unused }),
  }
}

const STAMP_TOP = 120
const STAMP_CELL_HEIGHT = 150
/** Six characters stand side by side in the oval at full size; more of them are set smaller. */
const STAMP_CHARACTER = 22
const STAMP_TEXT_WIDTH = 6 * STAMP_CHARACTER
const STAMP_PADDING = { x: 18, y: 19 } as const

/** The impression large and red in an oval, and under it the ruled rows of the person, all in one frame. */
function sealBody(lines: readonly (readonly string[])[]): Body {
  const [impression = [], ...person] = lines.slice(2, -3)
  const [label = '', characters = ''] = impression
  if (impression.length !== 2) throw new Refusal('GLYPH_PENDING')
  const rest = block(person, STAMP_TOP + STAMP_CELL_HEIGHT, { height: 38, value: 14, label: 10 })
  const count = clustersOf(characters).length
  const size = stampSize(count)
  const centre = { x: LEFT + (WIDTH + LABEL_WIDTH) / 2, y: STAMP_TOP + STAMP_CELL_HEIGHT / 2 }
  const cells: Cell[] = [
    { text: label, x: LEFT, width: LABEL_WIDTH, size: 10, align: 'centre', ink: 'black' },
    { text: characters, x: LEFT + LABEL_WIDTH, width: WIDTH - LABEL_WIDTH, size, align: 'centre', ink: 'red' },
  ]
  return {
    rows: [{ baseline: centre.y + 0.36 * size, cells, ruled: { top: STAMP_TOP, height: STAMP_CELL_HEIGHT } }, ...rest.rows],
    frames: [{ ...rest.frame, y: STAMP_TOP, height: STAMP_CELL_HEIGHT + rest.frame.height }],
    stamp: around(centre, count * size + 2 * STAMP_PADDING.x, STAMP_CHARACTER + 2 * STAMP_PADDING.y),
  }
}

/**
 * What so many characters of an impression are set in; each is taken to be a square.
 * @throws Refusal TEXT_TOO_LONG if it would be smaller than anyone can read.
 */
function stampSize(characters: number): number {
  const size = Math.min(STAMP_CHARACTER, STAMP_TEXT_WIDTH / characters)
  if (size < MIN_SIZE) throw new Refusal('TEXT_TOO_LONG')
  return size
}

function around(centre: { readonly x: number; readonly y: number }, width: number, height: number): Frame {
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height, ink: 'red' }
}

const SPECIMEN_FRAME: Frame = { x: LEFT, y: 36, width: 46, height: 22, ink: 'red' }

function titleRows([specimen = [], title = []]: readonly (readonly string[])[]): Row[] {
  const [name = '', ...more] = title
  const number = more.at(-1)
  const form = more.length > 1 ? more[0] : ''
  return [
    { baseline: 53, cells: [{ ...free(specimen[0], LEFT, SPECIMEN_FRAME.width, 16, 'red'), align: 'centre' }] },
    {
      baseline: 88,
      cells: [
        { ...free(name, 160, PAGE.width - 320, 22), align: 'centre' },
        { ...free(form, 440, 40, 10), align: 'centre' },
        free(number, 486, 66, 10),
      ],
    },
  ]
}

const MAYOR_BASELINE = 762

function certifyingRows([sentence = [], mayor = [], issue = []]: readonly (readonly string[])[]): Row[] {
  const [date, municipality, name] = mayor
  if (mayor.length !== 3 || issue.length !== 2) throw new Refusal('GLYPH_PENDING')
  return [
    { baseline: 718, cells: [free(sentence[0], 60, WIDTH - 40, 11.5)] },
    {
      baseline: MAYOR_BASELINE,
      cells: [free(date, 80, 130, 11.5), free(municipality, 240, 110, 13), free(name, 352, 130, 15)],
    },
    { baseline: 800, cells: [free(issue[0], LEFT, 48, 8), free(issue[1], LEFT + 48, 300, 10)] },
  ]
}

/** The machine's line: small, grey, at the very bottom, apart from what people read. */
function provenanceRow(sheet: Sheet): Row {
  return { baseline: 829, cells: [free(`# ${sheet.provenance}`, LEFT, WIDTH, 5, 'grey')] }
}

/** All people's blocks have the same rows' height; a whole household's sheet has room for four. */
function personBlocks(sheet: ResidenceRecordSheet | ItemsSheet, lines: readonly (readonly string[])[], top: number): Pick<PageForm, 'rows' | 'frames' | 'unused'> {
  const people = blocksOf(lines)
  const single = sheet.type === 'residence-record' && sheet.form === 'single'
  const room = single ? Math.max(1, people.length) : PERSONS_PER_SHEET
  const gap = 5
  const most = Math.max(1, ...people.map(({ length }) => length))
  const height = Math.min(single ? 26 : 20, ((PERSONS_BOTTOM - top + gap) / room - gap) / most)
  const size = { height, value: Math.min(single ? 11.5 : 10.5, 0.64 * height) }
  let y = top
  const blocks = people.map((person) => {
    const made = block(person, y, size)
    y += made.frame.height + gap
    return made
  })
  const unused = { x: LEFT, y, width: WIDTH, height: PERSONS_BOTTOM - y, ink: 'black' } as const
  return {
    rows: blocks.flatMap(({ rows }) => rows),
    frames: blocks.map(({ frame }) => frame),
    ...(unused.height < MIN_UNUSED ? {} : { unused }),
  }
}

/** Rows of ruled cells under each other, in a frame. */
function block(lines: readonly (readonly string[])[], top: number, size: RowSize): { rows: Row[]; frame: Frame } {
  const rows = lines.map((words, i) => ruledRow(words, top + i * size.height, size))
  return { rows, frame: { x: LEFT, y: top, width: WIDTH, height: lines.length * size.height, ink: 'black' } }
}

/** Height of a row, and in what its values and labels are set. */
interface RowSize {
  readonly height: number
  readonly value: number
  readonly label?: number
}

function ruledRow(words: readonly string[], top: number, size: RowSize): Row {
  const widths = COLUMNS[words[0] ?? ''] ?? [LABEL_WIDTH]
  if (words.length % 2 !== 0 || words.length > widths.length + 1) throw new Refusal('GLYPH_PENDING')
  let x = LEFT
  const cells = words.map((text, i): Cell => {
    const width = i === words.length - 1 ? LEFT + WIDTH - x : (widths[i] ?? 0)
    const isLabel = i % 2 === 0
    const cell: Cell = { text, x, width, size: isLabel ? (size.label ?? LABEL_SIZE) : size.value, align: isLabel ? 'centre' : 'left', ink: 'black' }
    x += width
    return cell
  })
  return { baseline: top + size.height / 2 + 0.36 * size.value, cells, ruled: { top, height: size.height } }
}

function free(text: string | undefined, x: number, width: number, size: number, ink: Ink = 'black'): Cell {
  return { text: text ?? '', x, width, size, align: 'left', ink }
}
