import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printedSheet, type PrintedSheet } from '../../../../contract/index.ts'
import { drawSheets } from '../../../../world/live/paper/draw.ts'
import { requireTool } from '../../../support/tools.ts'
import { certificateSheets } from '../../../../arbitraries/index.ts'

const SEED = 20_230_322

/** What another program finds on each page, line by line, without blanks: its own rules for these differ from ours. */
function linesByPoppler(pdf: Uint8Array): string[][] {
  const text = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8' })
  return text.split('\f').slice(0, -1).map((page) => page.split('\n').map(withoutBlanks).filter((line) => line !== ''))
}
const withoutBlanks = (line: string): string => line.replace(/[\s\u3000]/gu, '')
const lines = ({ text, provenance }: PrintedSheet): string[] => [...text, `#${provenance ?? ''}`].map(withoutBlanks)

describe('pdftotext', () => {
  it(`finds the same lines on the page as are meant (seed ${String(SEED)})`, async (context) => {
    requireTool('pdftotext', context)

    await fc.assert(
      fc.asyncProperty(certificateSheets(), async (sheets) => {
        expect(linesByPoppler(await drawSheets(sheets))).toEqual(sheets.map((sheet) => lines(printedSheet(sheet))))
      }),
      { seed: SEED, numRuns: 25 },
    )
  })
})
