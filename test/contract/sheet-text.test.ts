import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PrintedSheet, printedSheet, readSheet, type Sheet, SPECIMEN } from '../../contract/index.ts'
import { certificateSheets } from '../../arbitraries/index.ts'
import { sealSheet } from '../world/live/paper/sheets.ts'
import { HANAKO, sheetsOf, TARO } from '../oracle/history-builder.ts'

const everything = { relation: true, domicile: true, individualNumber: true, recordCode: true, foreignItems: true }
const [sheet] = sheetsOf([HANAKO, TARO], { type: 'residence-record', scope: 'household', show: everything, copies: 1 })
const printed = printedSheet(sheet!)

const sealPrinted = printedSheet(sealSheet({ impression: '山田花子', name: '山田　花子' }))

const changed = (paper: PrintedSheet, at: number, line: string): PrintedSheet => ({ ...paper, text: paper.text.map((old, i) => (i === at ? line : old)) })
const withLine = (at: number, line: string): PrintedSheet => changed(printed, at, line)
const withSealLine = (at: number, line: string): PrintedSheet => changed(sealPrinted, at, line)
const lineOf = (start: string): number => printed.text.findIndex((line) => line.startsWith(start))

describe('a sheet in words', () => {
  it('reads back as the sheet, whatever it says (seed 21)', () => {
    fc.assert(
      fc.property(certificateSheets(), (sheets) => {
        expect(sheets.map((each) => readSheet(printedSheet(each)))).toEqual(sheets.map((each) => ({ sheet: each })))
      }),
      { seed: 21, numRuns: 500 },
    )
  })

  it('bears the specimen mark first, and its provenance in no line (seed 22)', () => {
    fc.assert(
      fc.property(certificateSheets(), (sheets) => {
        for (const each of sheets) {
          const marked = printedSheet({ ...each, provenance: 'application-shop-1-1 job-77' })
          expect(marked.text[0]).toBe(SPECIMEN)
          expect(marked.text.join('\n')).not.toContain('job-77')
          expect(marked.text).toEqual(printedSheet(each).text)
        }
      }),
      { seed: 22 },
    )
  })

  it('reads the same without its provenance line, which is then empty', () => {
    expect(readSheet({ text: printed.text })).toEqual({ sheet: { ...sheet, provenance: '' } })
  })

  it('of a seal certificate are these, from top to bottom', () => {
    expect(sealPrinted.text).toEqual([
      SPECIMEN,
      '印鑑登録証明書 1枚中1枚目',
      '印影 山田花子',
      '氏名 山田　花子',
      '生年月日 昭和60年3月12日',
      '住所 福岡県宗像市東郷一丁目1番1号',
      'この写しは、登録された印影と相違ないことを証明する。',
      '令和5年6月28日 宗像市長 宗像　太郎',
      '発行番号 no-1',
    ])
  })

  it('leaves out what the applicant left out: no label without its value', () => {
    const bare: Sheet = sheetsOf([HANAKO], {
      type: 'residence-record',
      scope: 'applicant',
      show: { relation: false, domicile: false, individualNumber: false, recordCode: false, foreignItems: false },
      copies: 1,
    })[0]!
    const text = printedSheet(bare).text.join('\n')

    for (const label of ['世帯主', '続柄', '本籍', '筆頭者', '個人番号', '住民票コード', '在留']) expect(text).not.toContain(label)
  })
})

describe('a sheet that cannot be read', () => {
  it.each([
    ['without the specimen mark', { text: printed.text.slice(1) }, 'line 1 is not the specimen mark'],
    ['with another title', withLine(1, '印鑑登録証明書 世帯 1枚中1枚目'), 'line 2 is not the title'],
    ['without an address', withLine(2, '住所'), 'line 3 is not "住所"'],
    ['with an ASCII space in a value', withLine(lineOf('氏名'), '氏名 山田 花子'), `line ${String(lineOf('氏名') + 1)} is not "氏名"`],
    ['with a date of no era', withLine(lineOf('生年月日'), '生年月日 1980年1月2日 性別 女'), `line ${String(lineOf('生年月日') + 1)} is not birth date and sex`],
    ['with a label twice', withLine(lineOf('フリガナ'), '氏名 山田　花子'), `line ${String(lineOf('フリガナ') + 1)} is not "フリガナ"`],
    ['without the certifying sentence', { text: printed.text.filter((line) => !line.startsWith('この写しは')) }, 'is not the certifying sentence'],
    ['that goes on after its end', { text: [...printed.text, '氏名 見本　四郎'] }, `line ${String(printed.text.length + 1)} stands after the end of the sheet`],
    ['that ends early', { text: printed.text.slice(0, -1) }, `line ${String(printed.text.length)} is not "発行番号"`],
    ['of a seal without a number', withSealLine(1, '印鑑登録証明書 1枚目'), 'line 2 is not the title'],
    ['of a seal without an impression', withSealLine(2, '印影'), 'line 3 is not "印影"'],
    ['of a seal with an ASCII space in the impression', withSealLine(2, '印影 山田 花子'), 'line 3 is not "印影"'],
    ['of a seal with a sex beside the birth date', withSealLine(4, '生年月日 昭和60年3月12日 性別 女'), 'line 5 is not the birth date'],
    ['of a seal with a residence record\'s sentence', withSealLine(6, printed.text.at(-3)!), 'line 7 is not the certifying sentence'],
    ['of a seal that goes on as a residence record', { text: [...sealPrinted.text, ...printed.text] }, `line ${String(sealPrinted.text.length + 1)} stands after`],
    ['with nothing on it', { text: [] }, 'line 1 is not the specimen mark'],
  ])('%s says which line and what was expected there, and no personal data', (_, paper: PrintedSheet, words) => {
    const reading = readSheet(paper)

    expect(reading).toEqual({ unreadable: expect.stringContaining(words) as string })
    expect(JSON.stringify(reading)).not.toMatch(/山田|花子/)
  })

  it('is one with any line taken out that is not an item of choice (seed 23)', () => {
    const choice = /^(世帯主|本籍|個人番号|住民票コード|国籍・地域|在留期間|出生|婚姻|所得|住所) /

    fc.assert(
      fc.property(certificateSheets(), fc.nat(), ([first], pick) => {
        const { text } = printedSheet(first!)
        const needed = text.flatMap((line, at) => (choice.test(line) ? [] : [at]))
        const without = needed[pick % needed.length]!
        expect(readSheet({ text: text.filter((_, at) => at !== without) })).toHaveProperty('unreadable')
      }),
      { seed: 23, numRuns: 500 },
    )
  })

  it('is never the reason for an exception, whatever the lines are (seed 24)', () => {
    const line = fc.oneof(fc.constantFrom(...printed.text, ...sealPrinted.text), fc.string({ unit: 'binary' }))

    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (text) => {
        const reading = readSheet({ text })
        expect('sheet' in reading || reading.unreadable.length > 0).toBe(true)
      }),
      { seed: 24, numRuns: 1_000 },
    )
  })
})
