import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printedSheet, TorichigaeError, type PrintedSheet, type Sheet } from '../../../../contract/index.ts'
import { drawSheets } from '../../../../world/live/paper/draw.ts'
import { readPdf } from '../../../../world/live/paper/read.ts'
import { PdfSurgery } from './pdf-surgery.ts'
import { aPerson, sheetsFor, singleSheet } from './sheets.ts'

const SEED = 20_230_628
const household = sheetsFor(['鈴木　一郎', '鈴木　花子', '髙橋　葛\u{E0100}', '\u{20BB7}田　一', '渡邊　二'].map((name) => aPerson({ name })))
const surgery = async (sheets: readonly Sheet[]) => new PdfSurgery(await drawSheets(sheets))
const printed = household.map(printedSheet)
const names = (sheet: PrintedSheet | undefined) => sheet?.text.filter((line) => line.startsWith('氏名 '))

/** Reads what may be damaged: what it says, or that it cannot be read; anything else fails the test. */
async function readingOf(bytes: Uint8Array): Promise<PrintedSheet[] | string> {
  return readPdf(bytes).catch((error: unknown) => {
    if (error instanceof TorichigaeError) return error.code
    throw error
  })
}

describe('a document that somebody has changed', () => {
  it('reads as before if it was only taken apart and put together again', async () => {
    expect(await readPdf((await surgery(household)).bytes())).toEqual(printed)
  })

  it('reads as what it then says if a name was replaced', async () => {
    const pdf = await surgery(household)
    const [flower, one] = [pdf.codeOf('花'), pdf.codeOf('一')]
    const changed = pdf.changeContents((operators) => operators.replaceAll(flower, one)).bytes()

    expect(names((await readPdf(changed))[0])?.[1]).toBe('氏名 鈴木　一子')
  })

  it('lacks a page that was taken out, and has pages in the order in which they then are', async () => {
    const dropped = (await surgery(household)).changePages((pages) => pages.slice(1)).bytes()
    const swapped = (await surgery(household)).changePages((pages) => pages.toReversed()).bytes()

    expect(await readPdf(dropped)).toEqual(printed.slice(1))
    expect(await readPdf(swapped)).toEqual(printed.toReversed())
  })

  it('reads the same if only the order of writing is another', async () => {
    const changed = (await surgery(household))
      .changeContents((operators) => operators.replace(/BT\n([\s\S]*)\nET/, (_, body: string) => `BT\n${reversedWords(body)}\nET`))
      .bytes()

    expect(await readPdf(changed)).toEqual(printed)
  })

  it('reads the same without the machine\'s line, but for that line', async () => {
    const changed = (await surgery(household)).changeContents((operators) => operators.replace(/0\.55 g .* 5 Tf\n.* Tj/, '')).bytes()

    expect(await readPdf(changed)).toEqual(printed.map(({ text }) => ({ text })))
  })

  it.each([
    ['written in no ink', '3 Tr', '0 Tr'],
    ['written in white', '1 g', '0 g'],
  ])('lacks a name that is %s', async (_, before, after) => {
    const sheets = singleSheet(aPerson({ name: '乙' }))
    const pdf = await surgery(sheets)
    const word = `<${pdf.codeOf('乙')}> Tj`
    const changed = pdf.changeContents((operators) => operators.replace(word, `${before} ${word} ${after}`)).bytes()

    expect((await readPdf(changed))[0]?.text).toEqual(printedSheet(sheets[0]!).text.map((line) => (line === '氏名 乙' ? '氏名' : line)))
  })

  it('reads the same whatever stands in its properties', async () => {
    const changed = (await surgery(household)).changeDictionaries((dictionary) => dictionary.replaceAll('(torichigae)', '(sheets: none)')).bytes()

    expect(await readPdf(changed)).toEqual(printed)
  })
})

/** The words of a text object from last to first, each with the font it is set in. */
function reversedWords(body: string): string {
  let state = ''
  const words = body.split('\n').flatMap((line) => {
    if (!line.endsWith('Tf')) return [`${state}\n${line}`]
    state = line
    return []
  })
  return words.toReversed().join('\n')
}

describe('what is no readable document', () => {
  const unreadable = async (bytes: Uint8Array) => readPdf(bytes).then(() => 'read', (error: unknown) => (error instanceof TorichigaeError ? error.code : error))

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a text', Buffer.from('氏名 鈴木　花子')],
    ['a beginning only', Buffer.from('%PDF-1.3\n')],
    ['a beginning and an end', Buffer.from('%PDF-1.3\n%%EOF\n')],
  ])('is an unreadable image: %s', async (_, bytes) => {
    expect(await unreadable(bytes)).toBe('UNREADABLE_IMAGE')
  })

  it('is an unreadable image without a word on a page, or without a page', async () => {
    const blank = (await surgery(household)).changeContents((operators, page) => (page === 1 ? '' : operators)).bytes()
    const none = (await surgery(household)).changePages(() => []).bytes()

    expect(await unreadable(blank)).toBe('UNREADABLE_IMAGE')
    expect(await unreadable(none)).toBe('UNREADABLE_IMAGE')
  })

  it('is an unreadable image if characters have lost their meaning', async () => {
    const changed = (await surgery(household)).changeDictionaries((dictionary) => dictionary.replace(/\/ToUnicode \d+ 0 R/, '')).bytes()

    expect(await unreadable(changed)).toBe('UNREADABLE_IMAGE')
  })

  it(`is an unreadable image wherever it is cut (seed ${String(SEED)})`, async () => {
    const whole = await drawSheets(household)

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 2 }), async (length) => {
        expect(await unreadable(whole.subarray(0, length))).toBe('UNREADABLE_IMAGE')
      }),
      { seed: SEED, numRuns: 100, examples: [[whole.length - 2], [whole.length - 10], [8]] },
    )
  })

  it(`never brings the reader down: damaged bytes are read or refused, and the next document is read (seed ${String(SEED + 1)})`, { timeout: 60_000 }, async () => {
    const whole = await drawSheets(household)
    const damage = fc.array(fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 40 })

    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Uint8Array.from(whole)
        for (const [at, byte] of changes) damaged[at] = byte

        const reading = await readingOf(damaged)
        expect(reading === 'UNREADABLE_IMAGE' || Array.isArray(reading)).toBe(true)
      }),
      { seed: SEED + 1, numRuns: 150 },
    )
    expect(await readPdf(whole)).toEqual(printed)
  })
})
