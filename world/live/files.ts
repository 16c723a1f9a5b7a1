import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image } from '../../contract/index.ts'
import type { WorkFiles } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { LiveTask } from './task.ts'

/** The fingerprint of a PDF: its SHA-256. */
export const pdfDigest = (pdf: Uint8Array): string => createHash('sha256').update(pdf).digest('hex')

/** An image of a PDF. Its page count is taken from the file's page objects, without reading it as a PDF reader would. */
export function imageOf(pdf: Uint8Array): Image {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  return { digest: pdfDigest(bytes), pages: pagesOf(bytes), body: bytes.toString('base64') }
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0

export interface LiveWorkFilesOptions {
  readonly task: LiveTask
  /** The site's work folder; must exist. */
  readonly folder: string
  /** Told of each operation when it has been done, for the history. */
  readonly onDone?: (op: 'write' | 'read' | 'remove', name: string) => void
}

/**
 * The work folder of one site: a plain folder of PDFs. The file is what the print program sees, so it holds the bytes and
 * nothing else, and digest and page count are taken from it again at each read: they say what the file holds, not what
 * somebody once meant to write. Writing goes to the name itself and is not atomic, as it was at the sites: who reads while
 * another writes gets what is there.
 */
export function createLiveWorkFiles({ task, folder, onDone }: LiveWorkFilesOptions): WorkFiles {
  const { role } = task
  return {
    write: (name, image) =>
      task.step(stepNames.writeWorkFile(role, name), async () => {
        await writeFile(pathOf(folder, name), Buffer.from(image.body, 'base64'), { mode: 0o600 })
        onDone?.('write', name)
      }),
    read: (name) =>
      task.step(stepNames.readWorkFile(role, name), async () => {
        const pdf = await readIfThere(pathOf(folder, name))
        onDone?.('read', name)
        return pdf === undefined ? undefined : imageOf(pdf)
      }),
    remove: (name) =>
      task.step(stepNames.removeWorkFile(role, name), async () => {
        await rm(pathOf(folder, name), { force: true })
        onDone?.('remove', name)
      }),
  }
}

/** Ids have `:` and `#` in them, which not every file system takes; `print.img` stays as it is. */
function pathOf(folder: string, name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9:._#-]{0,199}$/.test(name)) throw new RangeError(`"${name}" is no name of a work file`)
  return join(folder, encodeURIComponent(name))
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
