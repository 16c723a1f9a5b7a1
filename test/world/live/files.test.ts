import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLiveWorkFiles, imageOf } from '../../../world/live/files.ts'
import { describeFilesContract } from '../contract/files.ts'
import { onRunningClock, printTask } from './live-subject.ts'

/** The bones of a PDF: so many page objects, and a label to tell one from another. */
const pdf = (label: string, pages: number): Buffer =>
  Buffer.from(`%PDF-1.7\n% ${label}\n1 0 obj <</Type /Pages>> endobj\n${'2 0 obj <</Type /Page>> endobj\n'.repeat(pages)}%%EOF`)

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'torichigae-files-'))

describeFilesContract('the live world', async () => {
  const folder = await newFolder()
  const subject = onRunningClock((task) => ({ files: createLiveWorkFiles({ task, folder }) }), 20, () => rm(folder, { recursive: true }))
  return { ...subject, image: (label, pages) => imageOf(pdf(label, pages)) }
})

describe('the live work folder', () => {
  it('holds the PDF under the file\'s own name, for its owner only', async () => {
    const folder = await newFolder()
    await createLiveWorkFiles({ task: printTask(1), folder }).write('print.img', imageOf(pdf('one', 1)))

    expect(await readdir(folder)).toEqual(['print.img'])
    expect(await readFile(join(folder, 'print.img'))).toEqual(pdf('one', 1))
    expect((await stat(join(folder, 'print.img'))).mode & 0o777).toBe(0o600)
    await rm(folder, { recursive: true })
  })

  it('says what the file holds, not what was once written there', async () => {
    const folder = await newFolder()
    const files = createLiveWorkFiles({ task: printTask(1), folder })
    await files.write('print.img', imageOf(pdf('one', 2)))
    await writeFile(join(folder, 'print.img'), pdf('another', 3))

    expect(await files.read('print.img')).toEqual(imageOf(pdf('another', 3)))
    await rm(folder, { recursive: true })
  })

  it.each(['', '.', '..', '../print.img', 'a/b', 'a\\b', '/etc/passwd', 'a\0b'])('refuses the name "%s"', async (name) => {
    const files = createLiveWorkFiles({ task: printTask(1), folder: tmpdir() })

    await expect(files.write(name, imageOf(pdf('one', 1)))).rejects.toThrow(RangeError)
    await expect(files.read(name)).rejects.toThrow(RangeError)
    await expect(files.remove(name)).rejects.toThrow(RangeError)
  })

  it('tells what was done once it is done', async () => {
    const folder = await newFolder()
    const done: string[] = []
    const files = createLiveWorkFiles({ task: printTask(1), folder, onDone: (op, name) => done.push(`${op} ${name}`) })

    await files.write('print.img', imageOf(pdf('one', 1)))
    await files.read('print.img')
    await files.remove('print.img')

    expect(done).toEqual(['write print.img', 'read print.img', 'remove print.img'])
    await rm(folder, { recursive: true })
  })
})
