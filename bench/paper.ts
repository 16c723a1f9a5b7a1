import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { printedSheet, type Sheet } from '../contract/index.ts'
import { closeReaders, readPdf } from '../world/live/paper/read.ts'
import { drawSheets } from '../world/live/paper/draw.ts'
import { readFileSync } from 'node:fs'
import type { Contender } from './measure.ts'

const DOCUMENTS = 20
const font = readFileSync(createRequire(import.meta.url).resolve('@expo-google-fonts/biz-udmincho/400Regular/BIZUDMincho_400Regular.ttf'))

/** One sheet of a residence record, the same but for a number. @param persons on it */
export const recordOf = (n: number, persons: 1 | 2 = 2): Sheet => ({
  type: 'residence-record',
  form: 'household',
  municipality: '宗像市',
  mayor: '見本　一郎',
  k: 1,
  of: 1,
  address: `福岡県宗像市見本台一丁目${String(n)}番3号`,
  headOfHousehold: '髙橋　太郎',
  persons: ['太郎', '花子'].slice(0, persons).map((given, at) => ({
    name: `髙橋　${given}`,
    kana: 'タカハシ　ミホン',
    birthDate: '1980-05-01',
    sex: at === 0 ? 'male' : 'female',
    relation: at === 0 ? '世帯主' : '妻',
    becameResident: '2010-04-01',
    addressFixed: '2015-04-01',
    notified: '2015-04-03',
    previousAddress: '福岡県福岡市見本町二丁目5番1号',
    domicile: '福岡県宗像市見本台一丁目2番',
    domicileHead: '髙橋　太郎',
  })),
  certifiedOn: '2023-06-28',
  issueNumber: `no-munakata-${String(n)}`,
  provenance: `application-shop-1-${String(n)} print`,
})

/** Drawing a residence record, with watermark, frame and seal. */
export const drawing: Contender = {
  name: 'drawing, ours',
  async round() {
    for (let n = 0; n < DOCUMENTS; n += 1) await drawSheets([recordOf(n)])
    return DOCUMENTS
  },
}

/** The same words by pdfkit alone, given the font as a buffer; no watermark, frame or seal. */
export const plainPdfkit: Contender = {
  name: 'drawing, pdfkit given the font as a buffer',
  async round() {
    for (let n = 0; n < DOCUMENTS; n += 1) await plainly(recordOf(n))
    return DOCUMENTS
  },
}

function plainly(drawn: Sheet): Promise<void> {
  return new Promise((resolve) => {
    const document = new PDFDocument({ size: 'A4' })
    document.on('data', () => undefined)
    document.on('end', resolve)
    document.font(font).fontSize(11)
    for (const line of printedSheet(drawn).text) document.text(line)
    document.end()
  })
}

/** Reading pages back, by PDFium in worker threads. */
export const reading: Contender = {
  name: 'reading, pages',
  async round() {
    const pdf = await drawSheets([recordOf(0)])
    await Promise.all(Array.from({ length: DOCUMENTS }, () => readPdf(pdf)))
    return DOCUMENTS
  },
}

export const endReading = closeReaders
