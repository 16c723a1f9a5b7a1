import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { printedSheet, type Sheet } from '../../../../contract/index.ts'
import { drawSheets } from '../../../../world/live/paper/draw.ts'
import { Face } from '../../../../world/live/paper/face.ts'
import { loadFonts } from '../../../../world/live/paper/fonts.ts'
import { readPdf } from '../../../../world/live/paper/read.ts'
import { aPerson, singleSheet } from './sheets.ts'

const SLOW_MS = 120_000
const require = createRequire(import.meta.url)

/** What of fontkit is used here, as a second opinion on the fonts' character maps; it has no types of its own. */
interface ParsedFont {
  readonly characterSet: readonly number[]
  glyphForCodePoint(codePoint: number): { readonly id: number; readonly advanceWidth: number }
  readonly unitsPerEm: number
  readonly _cmapProcessor: { readonly uvs: { readonly varSelectors: { toArray(): VariationSelector[] } } }
}
interface VariationSelector {
  readonly varSelector: number
  readonly defaultUVS?: Iterable<{ readonly startUnicodeValue: number; readonly additionalCount: number }>
  readonly nonDefaultUVS?: Iterable<{ readonly unicodeValue: number; readonly glyphID: number }>
}

const FILES = ['biz-udmincho/400Regular/BIZUDMincho_400Regular.ttf', 'noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf']
const fontkit = require('fontkit') as { create(bytes: Buffer): ParsedFont }
const fonts = FILES.map((file) => {
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/${file}`))
  return { name: file.split('/')[0] ?? '', face: Face.parse(bytes), parsed: fontkit.create(bytes) }
})

/** Every pair of base and selector that a font has, with its glyph. */
function* variations(font: ParsedFont): Generator<[cluster: string, glyph: number]> {
  for (const { varSelector, defaultUVS, nonDefaultUVS } of font._cmapProcessor.uvs.varSelectors.toArray()) {
    for (const { unicodeValue, glyphID } of nonDefaultUVS ?? []) yield [String.fromCodePoint(unicodeValue, varSelector), glyphID]
    for (const { startUnicodeValue, additionalCount } of defaultUVS ?? []) {
      for (let base = startUnicodeValue; base <= startUnicodeValue + additionalCount; base += 1) {
        yield [String.fromCodePoint(base, varSelector), font.glyphForCodePoint(base).id]
      }
    }
  }
}

/** Those that are drawn: blanks, controls, marks and ligatures are refused. */
const isPlain = (character: string): boolean => !/[\p{Cc}\p{Cf}\p{M}\p{Z}\uFB00-\uFB06]/u.test(character)

/** Sheets that bear all these clusters, each person's longest fields filled with forty. */
function sheetsWith(clusters: readonly string[]): Sheet[] {
  const runs: string[] = []
  for (let from = 0; from < clusters.length; from += 40) runs.push(clusters.slice(from, from + 40).join(''))
  const sheets: Sheet[] = []
  while (runs.length > 0) {
    const [name = '空', kana = '空', previousAddress = '空', domicile = '空'] = runs.splice(0, 4)
    sheets.push(...singleSheet(aPerson({ name, kana, previousAddress, domicile })))
  }
  return sheets
}

async function expectExact(clusters: readonly string[]): Promise<void> {
  const sheets = sheetsWith(clusters)
  for (let from = 0; from < sheets.length; from += 30) {
    const part = sheets.slice(from, from + 30)
    expect(await readPdf(await drawSheets(part))).toEqual(part.map(printedSheet))
  }
}

describe.each(fonts)('in $name', ({ face, parsed }) => {
  it('every character has the glyph and the width that fontkit finds', () => {
    const wrong = parsed.characterSet.filter((codePoint) => {
      const { id, advanceWidth } = parsed.glyphForCodePoint(codePoint)
      const character = String.fromCodePoint(codePoint)
      return isPlain(character) && (face.glyph(character) !== id || face.width(id) !== (advanceWidth * 1000) / parsed.unitsPerEm)
    })

    expect(parsed.characterSet.length).toBeGreaterThan(10_000)
    expect(wrong).toEqual([])
  })

  it('every pair of base and selector has the glyph that the font gives it', () => {
    const pairs = [...variations(parsed)]

    expect(pairs.length).toBeGreaterThan(4_000)
    expect(pairs.filter(([cluster, glyph]) => face.glyph(cluster) !== glyph)).toEqual([])
  })
})

describe('what is drawn with the fonts', () => {
  it('can be read back for every character that either has', { timeout: SLOW_MS }, async () => {
    const characters = new Set(fonts.flatMap(({ parsed }) => parsed.characterSet).map((codePoint) => String.fromCodePoint(codePoint)))

    await expectExact([...characters].filter(isPlain))
  })

  it('can be read back for every pair of base and selector that either has', { timeout: SLOW_MS }, async () => {
    await expectExact([...new Set(fonts.flatMap(({ parsed }) => [...variations(parsed)].map(([cluster]) => cluster)))])
  })

  it('looks different for 葛 with U+E0100 and the same for 葛 with U+E0101, as the font says', () => {
    const [plain, first, second] = ['葛', '葛\u{E0100}', '葛\u{E0101}'].map((text) => loadFonts().place(text)[0])

    expect(first?.face.name).toBe('BIZUDMincho-Regular')
    expect(first?.glyph).not.toBe(plain?.glyph)
    expect(second?.glyph).toBe(plain?.glyph)
  })

  it('comes from the second font only where the first has nothing', () => {
    const faces = loadFonts().place('吉\u{20BB7}髙﨑⼀').map(({ face }) => face.name)

    expect(faces).toEqual(['BIZUDMincho-Regular', 'NotoSerifJP-Regular', 'BIZUDMincho-Regular', 'BIZUDMincho-Regular', 'NotoSerifJP-Regular'])
  })
})
