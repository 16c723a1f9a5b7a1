import { describe, expect, it } from 'vitest'
import type { Image } from '../../../contract/index.ts'
import type { WorkFiles } from '../../../world/ports.ts'
import { runIn, type Subject, until } from './subject.ts'

export interface FilesSubject extends Subject {
  /** An image as this world's engine might make one; images of different labels differ. */
  image(label: string, pages: number): Image
}

/** What every `WorkFiles` has to do. */
export function describeFilesContract(name: string, makeSubject: () => FilesSubject | Promise<FilesSubject>): void {
  /** One body, with the subject's images at hand. */
  const inFiles = async (body: (files: WorkFiles, image: FilesSubject['image']) => Promise<void>): Promise<void> => {
    const subject = await makeSubject()
    await runIn(subject, ({ files }) => body(files, (label, pages) => subject.image(label, pages)))
  }

  describe(`the work files of ${name}`, () => {
    it('gives nothing for a file that is not there', () =>
      inFiles(async (files) => {
        expect(await files.read('print.img')).toBeUndefined()
      }))

    it('gives back the image that was written', () =>
      inFiles(async (files, image) => {
        const written = image('one', 3)
        await files.write('print.img', written)
        expect(await files.read('print.img')).toEqual(written)
      }))

    it('overwrites what is there, longer or shorter', () =>
      inFiles(async (files, image) => {
        await files.write('print.img', image('a much longer first image', 5))
        await files.write('print.img', image('two', 1))
        expect(await files.read('print.img')).toEqual(image('two', 1))
        await files.write('print.img', image('an even longer third image', 9))
        expect(await files.read('print.img')).toEqual(image('an even longer third image', 9))
      }))

    it('keeps files of different names apart', () =>
      inFiles(async (files, image) => {
        await files.write('job-1.img', image('one', 1))
        await files.write('job-2.img', image('two', 1))
        await files.remove('job-1.img')
        expect(await files.read('job-1.img')).toBeUndefined()
        expect(await files.read('job-2.img')).toEqual(image('two', 1))
      }))

    it('takes an application id for a name', () =>
      inFiles(async (files, image) => {
        await files.write('application:shop-1#3.img', image('one', 1))
        expect(await files.read('application:shop-1#3.img')).toEqual(image('one', 1))
      }))

    it('removes a file, and does not mind when there is none', () =>
      inFiles(async (files, image) => {
        await files.write('print.img', image('one', 1))
        await files.remove('print.img')
        await files.remove('print.img')
        expect(await files.read('print.img')).toBeUndefined()
      }))

    it('gives back an image without pages', () =>
      inFiles(async (files) => {
        await files.write('print.img', { digest: '', pages: 0, body: '' })
        const read = await files.read('print.img')
        expect(read?.pages).toBe(0)
        expect(read?.body).toBe('')
      }))

    it('shows one task what another has written', async () => {
      const subject = await makeSubject()
      let written = false
      await runIn(
        subject,
        async (world) => {
          await until(world, 'the other task has written', () => written)
          expect(await world.files.read('print.img')).toEqual(subject.image('one', 2))
        },
        async (world) => {
          await world.files.write('print.img', subject.image('one', 2))
          written = true
        },
      )
    })
  })
}
