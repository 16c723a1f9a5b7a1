import { createHash } from 'node:crypto'

/** Lines are digested in pieces of about so many characters, large enough for the cost of a call not to count. */
export const PIECE_CHARACTERS = 65_536

/** The SHA-256 over lines, each with its line feed, that stands in the footer of a file of lines. */
export class LineDigest {
  private readonly hash = createHash('sha256')
  private waiting = ''

  /** The next line, without its line feed. */
  add(line: string): void {
    this.waiting += `${line}\n`
    if (this.waiting.length > PIECE_CHARACTERS) this.feed()
  }

  /** Whole lines with their line feeds. */
  addText(text: string): void {
    this.hash.update(text, 'utf8')
  }

  /** `sha256:` and the digest in hexadecimal digits. It is used up after this. */
  end(): string {
    this.feed()
    return `sha256:${this.hash.digest('hex')}`
  }

  private feed(): void {
    this.addText(this.waiting)
    this.waiting = ''
  }
}
