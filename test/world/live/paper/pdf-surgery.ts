import { deflateSync, inflateSync } from 'node:zlib'

/** An object of a PDF: its dictionary as text, and its stream unpacked, if it has one. */
interface PdfObject {
  readonly id: string
  dictionary: string
  stream: Buffer | undefined
}

/**
 * A PDF taken apart into its objects, to be changed as somebody would who means to deceive, and put together again with a
 * table of contents that is right. It knows what pdfkit writes, not all of PDF.
 */
export class PdfSurgery {
  private readonly objects: PdfObject[] = []
  private readonly trailer: string

  constructor(pdf: Uint8Array) {
    const text = Buffer.from(pdf).toString('latin1')
    for (const match of text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)) {
      const [dictionary = '', stream] = (match[2] ?? '').split(/\nstream\n/)
      const packed = stream === undefined ? undefined : Buffer.from(stream.replace(/\nendstream$/, ''), 'latin1')
      this.objects.push({ id: match[1] ?? '', dictionary, stream: packed && unpack(dictionary, packed) })
    }
    this.trailer = /^trailer\n([\s\S]*?)\nstartxref$/m.exec(text)?.[1] ?? ''
  }

  /** The operators of each page, to be replaced by what `change` makes of them. */
  changeContents(change: (operators: string, page: number) => string): this {
    const ids = this.objects.flatMap(({ dictionary }) => /\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? [])
    ids.forEach((id, page) => {
      const object = this.objects.find((candidate) => candidate.id === id)
      if (object?.stream === undefined) throw new Error(`page ${String(page)} has no content`)
      object.stream = Buffer.from(change(object.stream.toString('latin1'), page), 'latin1')
    })
    return this
  }

  /** The list of pages, to be replaced. */
  changePages(change: (references: readonly string[]) => readonly string[]): this {
    const pages = this.objects.find(({ dictionary }) => dictionary.includes('/Type /Pages'))
    if (pages === undefined) throw new Error('the file has no list of pages')
    const kids = change(/\/Kids \[([^\]]*)\]/.exec(pages.dictionary)?.[1]?.match(/\d+ 0 R/g) ?? [])
    pages.dictionary = pages.dictionary
      .replace(/\/Kids \[[^\]]*\]/, `/Kids [${kids.join(' ')}]`)
      .replace(/\/Count \d+/, `/Count ${String(kids.length)}`)
    return this
  }

  /** Changes the dictionaries of all objects. */
  changeDictionaries(change: (dictionary: string) => string): this {
    for (const object of this.objects) object.dictionary = change(object.dictionary)
    return this
  }

  /** The code by which the first font of the document writes a character, in hexadecimal. */
  codeOf(character: string): string {
    const hex = [...Buffer.from(character, 'utf16le').swap16()].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    for (const { stream } of this.objects) {
      const code = new RegExp(`<([0-9a-f]{4})> <${hex}>`).exec(stream?.toString('latin1') ?? '')?.[1]
      if (code !== undefined) return code
    }
    throw new Error(`the document has no "${character}"`)
  }

  /** The file as it is now. */
  bytes(): Uint8Array {
    const parts = [Buffer.from('%PDF-1.3\n', 'latin1')]
    const offsets = new Map<number, number>()
    let at = parts[0]?.length ?? 0
    for (const { id, dictionary, stream } of this.objects) {
      offsets.set(Number(id), at)
      const body = stream === undefined ? dictionary : packed(dictionary, stream)
      const part = Buffer.from(`${id} 0 obj\n${body}\nendobj\n`, 'latin1')
      parts.push(part)
      at += part.length
    }
    const size = Math.max(...offsets.keys()) + 1
    const rows = Array.from({ length: size - 1 }, (_, i) => `${String(offsets.get(i + 1) ?? 0).padStart(10, '0')} 00000 n `)
    const table = ['xref', `0 ${String(size)}`, '0000000000 65535 f ', ...rows].join('\n')
    parts.push(Buffer.from(`${table}\ntrailer\n${this.trailer}\nstartxref\n${String(at)}\n%%EOF\n`, 'latin1'))
    return Buffer.concat(parts)
  }
}

function unpack(dictionary: string, stream: Buffer): Buffer {
  return dictionary.includes('/FlateDecode') ? inflateSync(stream) : stream
}

function packed(dictionary: string, stream: Buffer): string {
  const bytes = dictionary.includes('/FlateDecode') ? deflateSync(stream) : stream
  return `${dictionary.replace(/\/Length \d+/, `/Length ${String(bytes.length)}`)}\nstream\n${bytes.toString('latin1')}\nendstream`
}
