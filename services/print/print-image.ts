import { type Image, Refusal, type Sheet } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import type { WorkFile } from './work-file/work-file.ts'

/**
 * Prints sheets to an image by way of a work file. The layout program leaves what it has drawn in the file; the conversion
 * engine, a program of its own that is given the file's name, works on it in place, slowly; what the file then holds is the
 * print image. Nothing personal stays in the folder.
 * @throws Refusal SERVER_ERROR if the file is gone, what the engine throws, and `signal`'s reason once that is aborted
 */
export async function printImage(world: World, { name, written }: WorkFile, sheets: readonly Sheet[], signal?: AbortSignal): Promise<Image> {
  const drawn = await world.engine.draw(sheets)
  signal?.throwIfAborted()
  try {
    await world.files.write(name, drawn)
    await written()
    await world.engine.convert(name, sheets.length, signal)
    const image = await world.files.read(name)
    if (image === undefined) throw new Refusal('SERVER_ERROR')
    return image
  } finally {
    await world.files.remove(name)
  }
}
