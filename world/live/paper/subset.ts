import type { Sfnt } from './sfnt.ts'

const NO_INSTRUCTIONS = new Uint8Array(0)

/**
 * A font file that holds the given glyphs, in their order, with what PDF asks for in an embedded TrueType font. One glyph
 * may stand in it twice: two characters that share a glyph keep a code each, or one of them would read as the other.
 * Hinting is left out, with the tables that serve it: paper has the dots, and the file is a fifth smaller.
 */
export function subsetFont(font: Sfnt, glyphs: readonly number[]): Uint8Array {
  const outlines = glyphs.map((glyph) => unhinted(font.outline(glyph)))
  return assemble([
    ['glyf', concatenate(outlines)],
    ['head', copy(font.head)],
    ['hhea', withUint16(copy(font.table('hhea')), 34, glyphs.length)],
    ['hmtx', metricsTable(font, glyphs)],
    ['loca', offsetsTable(outlines)],
    ['maxp', withUint16(copy(font.table('maxp')), 4, glyphs.length)],
  ])
}

/** A simple glyph without its instructions, padded to four bytes. @throws Error for a glyph made of others; ours have none. */
function unhinted(outline: DataView): Uint8Array {
  if (outline.byteLength === 0) return NO_INSTRUCTIONS
  const contours = outline.getInt16(0)
  if (contours < 0) throw new Error('the font has a compound glyph, which is not supported')
  const lengthAt = 10 + 2 * contours
  const instructions = outline.getUint16(lengthAt)
  const whole = new Uint8Array(outline.buffer, outline.byteOffset, outline.byteLength)
  const result = new Uint8Array((whole.length - instructions + 3) & ~3)
  result.set(whole.subarray(0, lengthAt))
  result.set(whole.subarray(lengthAt + 2 + instructions), lengthAt + 2)
  return result
}

function metricsTable(font: Sfnt, glyphs: readonly number[]): Uint8Array {
  const table = Buffer.alloc(4 * glyphs.length)
  glyphs.forEach((glyph, i) => {
    table.writeUInt16BE(font.advance(glyph), 4 * i)
    table.writeInt16BE(font.leftBearing(glyph), 4 * i + 2)
  })
  return table
}

function offsetsTable(outlines: readonly Uint8Array[]): Uint8Array {
  const table = Buffer.alloc(4 * (outlines.length + 1))
  let offset = 0
  outlines.forEach((outline, i) => {
    offset += outline.length
    table.writeUInt32BE(offset, 4 * (i + 1))
  })
  return table
}

/** The file of the tables, which come in the order of their tags. Checksums are zero, as readers of PDF ignore them. */
function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const header = Buffer.alloc(12 + 16 * tables.length)
  const power = Math.floor(Math.log2(tables.length))
  header.writeUInt32BE(0x00010000, 0)
  header.writeUInt16BE(tables.length, 4)
  header.writeUInt16BE(16 * 2 ** power, 6)
  header.writeUInt16BE(power, 8)
  header.writeUInt16BE(16 * (tables.length - 2 ** power), 10)
  const parts: Uint8Array[] = [header]
  let offset = header.length
  tables.forEach(([tag, bytes], i) => {
    header.write(tag, 12 + 16 * i, 'latin1')
    header.writeUInt32BE(offset, 12 + 16 * i + 8)
    header.writeUInt32BE(bytes.length, 12 + 16 * i + 12)
    const padding = -bytes.length & 3
    parts.push(bytes, new Uint8Array(padding))
    offset += bytes.length + padding
  })
  return concatenate(parts)
}

function copy(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
}

function withUint16(bytes: Uint8Array, at: number, value: number): Uint8Array {
  new DataView(bytes.buffer).setUint16(at, value)
  return bytes
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}
