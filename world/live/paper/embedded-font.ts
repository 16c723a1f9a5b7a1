import { deflateSync } from 'node:zlib'
import type { Cluster } from './clusters.ts'
import type { Face } from './face.ts'
import type { PlacedGlyph } from './fonts.ts'
import { subsetFont } from './subset.ts'

/**
 * One face as one document uses it. A code is given to a cluster, not to a glyph, so that 一 and ⼀, or 葛 with and without
 * its default selector, read as what was written although they look alike. Everything that a document adds to a font lives
 * here and ends with the document.
 */
export class EmbeddedFont {
  private readonly codes = new Map<Cluster, number>()
  private readonly clusters: PlacedGlyph[] = []
  readonly reference: PDFKit.PDFKitReference

  /** @param key the font's name in the resources of each page: `F1`. */
  constructor(
    private readonly document: PDFKit.PDFDocument,
    private readonly face: Face,
    readonly key: string,
  ) {
    this.reference = document.ref({})
  }

  /** The code of a cluster in this document, as four hexadecimal digits. Code 0 is the font's own "no glyph". */
  encode(placed: PlacedGlyph): string {
    let code = this.codes.get(placed.cluster)
    if (code === undefined) {
      code = this.clusters.push(placed)
      this.codes.set(placed.cluster, code)
    }
    return hex16(code)
  }

  /** Writes the font's objects; call it once, when all is drawn. */
  write(): void {
    const name = `TORIME+${this.face.name}`
    // pdfkit tells a string from a name by the wrapper object.
    const font = this.document.ref({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: this.descriptor(name),
      CIDToGIDMap: 'Identity',
      DW: 1000,
      W: [1, this.clusters.map(({ width }) => width)],
    })
    font.end(undefined)
    Object.assign(this.reference.data, {
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [font],
      ToUnicode: this.characterMap(),
    })
    this.reference.end(undefined)
  }

  private descriptor(name: string): PDFKit.PDFKitReference {
    const { font } = this.face
    const scaled = (units: number) => (units * 1000) / font.unitsPerEm
    const ascent = scaled(font.table('hhea').getInt16(4))
    const descriptor = this.document.ref({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: [36, 38, 40, 42].map((at) => scaled(font.head.getInt16(at))),
      ItalicAngle: 0,
      Ascent: ascent,
      Descent: scaled(font.table('hhea').getInt16(6)),
      CapHeight: ascent,
      StemV: 80,
      FontFile2: this.fontFile(),
    })
    descriptor.end(undefined)
    return descriptor
  }

  /** Packed here and not by pdfkit: most of a document's time goes into this, and outlines gain 3 % by the usual effort. */
  private fontFile(): PDFKit.PDFKitReference {
    const bytes = subsetFont(this.face.font, [0, ...this.clusters.map(({ glyph }) => glyph)])
    const file = this.document.ref({ Filter: 'FlateDecode', Length1: bytes.length })
    file.end(deflateSync(bytes, { level: 1 }))
    return file
  }

  private characterMap(): PDFKit.PDFKitReference {
    const map = this.document.ref({})
    map.end(toUnicode(this.clusters.map(({ cluster }) => cluster)))
    return map
  }
}

/** At most this many entries in one block of a character map. */
const BLOCK = 100

/** The map from codes (from 1) to text; a cluster's selector is part of it. */
function toUnicode(clusters: readonly Cluster[]): string {
  const entries = clusters.map((cluster, i) => `<${hex16(i + 1)}> <${utf16Hex(cluster)}>`)
  const blocks: string[] = []
  for (let from = 0; from < entries.length; from += BLOCK) {
    const block = entries.slice(from, from + BLOCK)
    blocks.push(`${String(block.length)} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}

function hex16(value: number): string {
  return value.toString(16).padStart(4, '0')
}

function utf16Hex(text: string): string {
  let hex = ''
  for (let i = 0; i < text.length; i += 1) hex += hex16(text.charCodeAt(i))
  return hex
}
