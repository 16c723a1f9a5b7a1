import { deflateSync } from 'node:zlib'
import { SPECIMEN } from '../../../contract/index.ts'
import type { Fonts } from './fonts.ts'
import { outlinePath } from './outline-path.ts'

/** Side of the mayor's seal in points (18 mm). */
export const SEAL_SIDE = 51
const SEAL_TEXT = '見本之印'
const WATERMARK_SIZE = 235

/** Drawings that every sheet bears: compressed operators, the same bytes in every document. */
export interface Ornament {
  readonly key: string
  readonly box: readonly [number, number, number, number]
  readonly operators: Uint8Array
}

/**
 * The watermark 見本 across the page and the mayor's seal. Both are outlines and no text, so that they say nothing to a
 * reader of the sheet; no option leaves them out.
 */
export function makeOrnaments(fonts: Fonts, page: { readonly width: number; readonly height: number }): readonly [Ornament, Ornament] {
  const watermark: Ornament = {
    key: 'Watermark',
    box: [0, 0, page.width, page.height],
    operators: compress(watermarkOperators(fonts, page)),
  }
  const seal: Ornament = { key: 'Seal', box: [-2, -2, SEAL_SIDE + 2, SEAL_SIDE + 2], operators: compress(sealOperators(fonts)) }
  return [watermark, seal]
}

/** Page space runs downwards here, as everywhere in this folder; glyphs are turned upright again. */
function watermarkOperators(fonts: Fonts, page: { readonly width: number; readonly height: number }): string {
  const [cos, sin] = [Math.cos(Math.PI / 5), Math.sin(Math.PI / 5)]
  const turned = `${matrix([cos, -sin, sin, cos, page.width / 2, page.height / 2])} cm`
  const glyphs = Array.from(SPECIMEN, (character, i) => {
    const x = (i - SPECIMEN.length / 2) * WATERMARK_SIZE
    return glyphOperators(fonts, character, x, 0.38 * WATERMARK_SIZE, WATERMARK_SIZE, 'f')
  })
  return `0.93 g ${turned} ${glyphs.join('\n')}`
}

/** Four characters in two columns, from right to left, in a double frame. */
function sealOperators(fonts: Fonts): string {
  const inset = 6
  const size = (SEAL_SIDE - 2 * inset) / 2
  const glyphs = Array.from(SEAL_TEXT, (character, i) => {
    const x = inset + (i < 2 ? size : 0)
    const y = inset + (i % 2) * size + 0.88 * size
    return glyphOperators(fonts, character, x, y, size, 'B')
  })
  const frames = `2.2 w 0 0 ${String(SEAL_SIDE)} ${String(SEAL_SIDE)} re S 0.6 w 3 3 ${String(SEAL_SIDE - 6)} ${String(SEAL_SIDE - 6)} re S`
  return `0.82 0.1 0.08 rg 0.82 0.1 0.08 RG ${frames} ${glyphs.join('\n')}`
}

/** One glyph with its baseline's left end at (x, y). `paint` is `f` to fill, `B` to fill and stroke for a bolder stroke. */
function glyphOperators(fonts: Fonts, character: string, x: number, y: number, size: number, paint: 'f' | 'B'): string {
  const [placed] = fonts.place(character)
  if (placed === undefined) return ''
  const { font } = placed.face
  const scale = size / font.unitsPerEm
  return `q ${matrix([scale, 0, 0, -scale, x, y])} cm 40 w ${outlinePath(font.outline(placed.glyph))} ${paint} Q`
}

function matrix(numbers: readonly number[]): string {
  return numbers.map((number) => String(Number(number.toFixed(5)))).join(' ')
}

function compress(operators: string): Uint8Array {
  return deflateSync(Buffer.from(operators, 'latin1'))
}
