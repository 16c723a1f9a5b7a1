import { describe, expect, it } from 'vitest'
import { printImage } from '../../../services/print/print-image.ts'
import type { Engine, WorkFiles, World } from '../../../world/ports.ts'
import { HANAKO, sheetsOf } from '../../oracle/history-builder.ts'
import { replaced } from '../replaced.ts'
import { PRINT_NODE, runSmall } from '../small-system.ts'

/** What is done to a work file, in order, and what comes of it; `failing` throws instead. */
async function doneTo({ failing, gone = false }: { failing?: string; gone?: boolean } = {}): Promise<{ deeds: string[]; end: string }> {
  const deeds: string[] = []
  const { result } = await runSmall({}, async ({ stage }) => {
    const original = stage.world(PRINT_NODE)
    const { files, engine, clock } = original
    const deed = async <T>(name: string, really: () => Promise<T>): Promise<T> => {
      deeds.push(name)
      if (name === failing) throw new Error(`no ${name}`)
      const value = await really()
      deeds.push(`${name} done`)
      return value
    }
    const world = replaced<World>(original, {
      engine: replaced<Engine>(engine, { convert: (...given) => deed('convert', () => engine.convert(...given)) }),
      files: replaced<WorkFiles>(files, {
        write: (name, image) => deed('write', () => files.write(name, image)),
        read: (name) => deed('read', () => (gone ? Promise.resolve(undefined) : files.read(name))),
        remove: (name) => deed('remove', () => files.remove(name)),
      }),
    })
    const file = { name: 'one.img', written: () => deed('written', () => clock.sleep(10)) }
    return printImage(world, file, sheetsOf([HANAKO])).then(({ pages }) => `${String(pages)} page`, (error: unknown) => (error as Error).message)
  })
  return { deeds, end: result }
}

const both = (name: string): string[] => [name, `${name} done`]

describe('a print image', () => {
  it('is written, said to be there, worked on, read and removed, one after the other', async () => {
    expect(await doneTo()).toEqual({ deeds: ['write', 'written', 'convert', 'read', 'remove'].flatMap(both), end: '1 page' })
  })

  it.each(['write', 'written', 'convert', 'read'])('leaves nothing in the folder where there is no %s', async (failing) => {
    const { deeds, end } = await doneTo({ failing })

    expect([deeds.slice(-3), end]).toEqual([[failing, ...both('remove')], `no ${failing}`])
  })

  it('is an error of the server where the file is gone', async () => {
    expect(await doneTo({ gone: true })).toMatchObject({ end: 'SERVER_ERROR' })
  })
})
