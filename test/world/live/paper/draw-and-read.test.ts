import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printedSheet, readSheet, Refusal, type Sheet } from '../../../../contract/index.ts'
import { drawSheets } from '../../../../world/live/paper/draw.ts'
import { readPdf } from '../../../../world/live/paper/read.ts'
import { HARD_NAMES, certificateSheets } from '../../../../arbitraries/index.ts'
import { aForeigner, aPerson, sealSheet, sheetsFor, singleSheet } from './sheets.ts'

const SEED = 20_230_327
const drawnAndRead = async (sheets: readonly Sheet[]) => readPdf(await drawSheets(sheets))
const named = (name: string): Sheet[] => singleSheet(aPerson({ name }))

describe('what is read from a drawn document', () => {
  it(`is exactly what the sheets say, for any sheets (seed ${String(SEED)})`, { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(certificateSheets(), async (sheets) => {
        expect(await drawnAndRead(sheets)).toEqual(sheets.map(printedSheet))
      }),
      { seed: SEED, numRuns: 80 },
    ))

  it(`gives the typed sheets back (seed ${String(SEED + 1)})`, () =>
    fc.assert(
      fc.asyncProperty(certificateSheets(), async (sheets) => {
        expect((await drawnAndRead(sheets)).map(readSheet)).toEqual(sheets.map((sheet) => ({ sheet })))
      }),
      { seed: SEED + 1, numRuns: 20 },
    ))

  it('is two sheets for a household of eight, foreign residents among them', async () => {
    const sheets = sheetsFor([aPerson(), aForeigner(), ...HARD_NAMES.slice(0, 6).map((name) => aPerson({ name }))])

    expect(sheets).toHaveLength(2)
    expect(await drawnAndRead(sheets)).toEqual(sheets.map(printedSheet))
  })

  it.each(HARD_NAMES)('has the very characters of %s', async (name) => {
    const [printed] = await drawnAndRead(named(`${name}　${name}`))

    expect(printed?.text).toContain(`氏名 ${name}　${name}`)
  })

  it.each(HARD_NAMES)('has the very characters of %s in a seal\'s impression and in the name beside it', async (name) => {
    const [printed] = await drawnAndRead([sealSheet({ impression: name, name: `${name}　${name}` })])

    expect(printed?.text.slice(2, 4)).toEqual([`印影 ${name}`, `氏名 ${name}　${name}`])
  })

  it.each([1, 2, 6, 7, 22])('has an impression of %i characters on the line of its label', async (length) => {
    for (const character of ['鈴', '\u{20BB7}', '葛\u{E0100}', 'A']) {
      const sheet = sealSheet({ impression: character.repeat(length) })
      expect(await drawnAndRead([sheet])).toEqual([printedSheet(sheet)])
    }
  })

  it('is of either type where one document has sheets of both', async () => {
    const sheets = [...sheetsFor([aPerson(), aForeigner()]), sealSheet(), ...singleSheet(aPerson()), sealSheet({ impression: '\u{20BB7}田' })]

    expect((await drawnAndRead(sheets)).map(readSheet)).toEqual(sheets.map((sheet) => ({ sheet })))
  })

  it('keeps characters apart that look alike, on one page: 葛 with either selector and with none, 一 and ⼀', async () => {
    const name = '葛葛\u{E0100}葛\u{E0101}葛一⼀一二⼆二'

    expect((await drawnAndRead(named(name)))[0]?.text).toContain(`氏名 ${name}`)
  })

  it('keeps a hyphen at the end of a value, which a reader of Latin text would drop', async () => {
    const sheets = singleSheet(aPerson({ previousAddress: '東京都足立区千住1-2-' }), { address: '東京都足立区千住1-' })

    expect(await drawnAndRead(sheets)).toEqual(sheets.map(printedSheet))
  })

  it('has an empty machine\'s line where the provenance is empty', async () => {
    expect((await drawnAndRead(singleSheet(aPerson(), { provenance: '' })))[0]?.provenance).toBe('')
  })
})

describe('a document', () => {
  it('says nothing of documents drawn before it, whichever came first', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (const name of ['一', '⼀', '葛', '葛\u{E0101}', '葛\u{E0100}']) {
        expect((await drawnAndRead(named(name)))[0]?.text).toContain(`氏名 ${name}`)
      }
    }
  })

  it('says nothing of documents drawn at the same time', async () => {
    const names = Array.from({ length: 24 }, (_, i) => HARD_NAMES[i % HARD_NAMES.length] ?? '')
    const read = await Promise.all(names.map((name) => drawnAndRead(named(name))))

    expect(read.map(([printed]) => printed?.text[4])).toEqual(names.map((name) => `氏名 ${name}`))
  })

  it(`is the same bytes for the same sheets (seed ${String(SEED + 2)})`, () =>
    fc.assert(
      fc.asyncProperty(certificateSheets(), certificateSheets(), async (sheets, between) => {
        const first = await drawSheets(sheets)
        await drawSheets(between)

        expect(Buffer.from(first).equals(await drawSheets(sheets))).toBe(true)
      }),
      { seed: SEED + 2, numRuns: 20 },
    ))

  it('holds no personal data outside its pages, and no date of its making', async () => {
    const pdf = Buffer.from(await drawSheets(sheetsFor([aPerson()]))).toString('latin1')

    expect(pdf).toContain('D:19700101000000Z')
    expect(pdf).not.toContain('shop-1-3')
    expect(pdf).not.toContain('123456789012')
  })
})

describe('a sheet that cannot be drawn', () => {
  const refusalOf = async (sheets: readonly Sheet[]): Promise<unknown> => drawSheets(sheets).then(() => 'drawn', (error: unknown) => (error instanceof Refusal ? error.code : error))

  it.each([
    ['a character that no font has', '齌藤'],
    ['a selector unknown for its base', '邉\u{E0101}'],
    ['a selector for which only the plain form is there', '髙\u{E0101}橋'],
    ['a second selector', '葛\u{E0100}\u{E0101}'],
    ['a selector without a base', '\u{E0100}葛'],
    ['a character for private use', '\u{E000}'],
    ['a mark that would have to be placed over its base', 'か\u{3099}'],
    ['a control character', '山\n田'],
    ['half of a surrogate pair', '山\u{D842}'],
    ['a blank that no reader tells from a space', '山\u{A0}田'],
  ])('is refused as GLYPH_PENDING for %s', async (_, name) => {
    expect(await refusalOf(named(name))).toBe('GLYPH_PENDING')
  })

  it('is refused as TEXT_TOO_LONG where a value does not fit its cell, counted in characters and not in UTF-16 units', async () => {
    const longest = 74

    expect(await refusalOf(named('鈴'.repeat(longest)))).toBe('drawn')
    expect(await refusalOf(named('鈴'.repeat(longest + 1)))).toBe('TEXT_TOO_LONG')
    expect(await refusalOf(named('葛\u{E0100}'.repeat(longest)))).toBe('drawn')
    expect(await refusalOf(named('\u{20BB7}'.repeat(longest + 1)))).toBe('TEXT_TOO_LONG')
  })

  it('is refused as TEXT_TOO_LONG where an impression or a name does not fit a seal certificate', async () => {
    const [longestImpression, longestName] = [22, 74]

    expect(await refusalOf([sealSheet({ impression: '葛\u{E0100}'.repeat(longestImpression) })])).toBe('drawn')
    expect(await refusalOf([sealSheet({ impression: '鈴'.repeat(longestImpression + 1) })])).toBe('TEXT_TOO_LONG')
    expect(await refusalOf([sealSheet({ name: '鈴'.repeat(longestName) })])).toBe('drawn')
    expect(await refusalOf([sealSheet({ name: '\u{20BB7}'.repeat(longestName + 1) })])).toBe('TEXT_TOO_LONG')
  })

  it.each(['齌藤', '邉\u{E0101}', '\u{E000}', '山\u{D842}'])('is refused as GLYPH_PENDING for an impression or a name of %s on a seal certificate', async (characters) => {
    expect(await refusalOf([sealSheet({ impression: characters })])).toBe('GLYPH_PENDING')
    expect(await refusalOf([sealSheet({ name: characters })])).toBe('GLYPH_PENDING')
    expect(await refusalOf([...singleSheet(aPerson()), sealSheet({ impression: characters })])).toBe('GLYPH_PENDING')
  })

  it.each([
    ['a name', singleSheet(aPerson({ name: 'JOHN SMITH' }))],
    ['a domicile', singleSheet(aPerson({ domicile: '福岡県 宗像市' }))],
    ['a relation', singleSheet(aPerson({ relation: '妻 子' }))],
    ['the address', singleSheet(aPerson(), { address: '福岡県 宗像市' })],
    ['the mayor', singleSheet(aPerson(), { mayor: '宗像 太郎' })],
    ['the issue number', singleSheet(aPerson(), { issueNumber: '2023 1' })],
    ['an impression', [sealSheet({ impression: '鈴木 花子' })]],
    ['a name on a seal certificate', [sealSheet({ name: 'JOHN SMITH' })]],
    ['the address on a seal certificate', [sealSheet({ address: '福岡県 宗像市' })]],
  ])('is refused where %s has an ASCII space, for it would read as two values', async (_, sheets) => {
    expect(await refusalOf(sheets)).toBe('GLYPH_PENDING')
  })

  it('has room for twice as many letters of half width, and for a long machine\'s line', async () => {
    expect(await refusalOf(named('A'.repeat(148)))).toBe('drawn')
    expect(await refusalOf(named('A'.repeat(149)))).toBe('TEXT_TOO_LONG')
    expect(await refusalOf(singleSheet(aPerson(), { provenance: 'x'.repeat(200) }))).toBe('drawn')
  })

  it('is refused as a whole document if only its last sheet cannot be drawn', async () => {
    const persons = Array.from({ length: 8 }, (_, i) => aPerson({ name: i === 7 ? '\u{E000}' : '鈴木' }))

    expect(await refusalOf(sheetsFor(persons))).toBe('GLYPH_PENDING')
  })

  it('is a mistake of the caller with no sheets, or with five people', async () => {
    const [sheet] = sheetsFor([aPerson()])

    expect(await refusalOf([])).toBeInstanceOf(RangeError)
    expect(await refusalOf([{ ...sheet!, persons: Array.from({ length: 5 }, () => aPerson()) }])).toBeInstanceOf(RangeError)
  })
})
