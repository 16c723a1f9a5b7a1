import { describe, expect, it } from 'vitest'
import { Refusal, type Sheet } from '../../../contract/index.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { partOf } from '../../../services/build.ts'
import { type Application, APPLICATIONS } from '../../../services/issuing/applications.ts'
import { printImage } from '../../../services/print/print-image.ts'
import { plainFile } from '../../../services/print/work-file/work-file.ts'
import { createWorker } from '../../../services/print/worker.ts'
import type { World } from '../../../world/ports.ts'
import { HANAKO, sheetsOf } from '../../oracle/history-builder.ts'
import { APPLICATION, APPLICATION_ID } from '../application.ts'
import { replaced } from '../replaced.ts'
import { buildOf, eventsOf, MUNICIPALITY, PRINT_NODE, runSmall } from '../small-system.ts'

const worker = () => {
  const build = buildOf()
  const { turnLimitMs: limitMs, formKeptMs: keptMs } = build.settings
  return createWorker(MUNICIPALITY, 1, {
    forms: partOf(build, 'print/forms')({ keptMs }),
    requests: partOf(build, 'exchange/request')(),
    passing: partOf(build, 'print/passing')({ lookMs: build.settings.sheetSlotMs }),
    turn: partOf(build, 'print/turn')({ limitMs }),
    output: partOf(build, 'print/output')(),
    onError: partOf(build, 'print/on-error')(),
    workFile: partOf(build, 'print/work-file')(),
    replicaLock: partOf(build, 'link/replica-lock')(),
    finalMatch: partOf(build, 'issuing/final-match')(),
  })
}
const refusing = (world: World, error: Error): World => replaced(world, { engine: replaced(world.engine, { draw: () => Promise.reject(error) }) })

/** What becomes of one job, and of its application at the moment at which the job is over. */
const handled = (given: Partial<Application>, change: (world: World) => World = (world) => world, seed = 1) =>
  runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
    const world = stage.world(PRINT_NODE, APPLICATION_ID)
    await world.database.insert(APPLICATIONS, APPLICATION_ID, 'shop-1', { ...APPLICATION, ...given })
    const said = await worker().handle(change(world), { id: APPLICATION_ID }).catch((error: unknown) => `threw ${(error as Error).message}`)
    const { state, code } = (await world.database.get(APPLICATIONS, APPLICATION_ID))!.data
    return { said, state, code }
  })

describe('a print job', () => {
  it('says what became of it: ready, refused, or over before it began', async () => {
    expect((await handled({})).result).toEqual({ said: 'ready', state: 'ready', code: undefined })
    expect((await handled({ state: 'cancelled' })).result).toEqual({ said: 'over', state: 'cancelled', code: undefined })
    expect((await handled({}, (world) => refusing(world, new Refusal('GLYPH_PENDING')))).result).toEqual({ said: 'GLYPH_PENDING', state: 'failed', code: 'GLYPH_PENDING' })
  })

  it('is no refusal where the program is wrong, and is left to be tried again', async () => {
    const { result, events } = await handled({}, (world) => refusing(world, new TypeError('no such thing')))

    expect(result).toEqual({ said: 'threw no such thing', state: 'printing', code: undefined })
    expect(eventsOf(events, 'info', 'log').filter(({ level }) => level === 'error')).toEqual([])
  })

  it('that is refused has failed when it is over (seeds 1 to 20)', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { result } = await handled({}, (world) => refusing(world, new Refusal('GLYPH_PENDING')), seed)
      expect({ seed, state: result.state }).toEqual({ seed, state: 'failed' })
    }
  })

  it('removes what earlier attempts left before it writes itself (seeds 1 to 20)', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { events } = await handled({ state: 'printing', attempt: 2 }, undefined, seed)
      const files = eventsOf(events, 'info', 'work-file').map(({ op, name }) => `${op} ${name.replace(/^.*#/, '')}`)
      expect({ seed, files }).toEqual({ seed, files: ['remove 1.img', 'remove 2.img', 'write 3.img', 'read 3.img', 'remove 3.img'] })
    }
  })
})

describe('printing an image by way of a work file', () => {
  const sheets: Sheet[] = sheetsOf([HANAKO])
  const printed = (change: (world: World) => World, abort?: AbortController) =>
    runSmall({}, async ({ stage }) => {
      const printing = printImage(change(stage.world(PRINT_NODE, APPLICATION_ID)), plainFile('x.img'), sheets, abort?.signal).then(() => 'printed', (error: unknown) => (error as Error).message)
      abort?.abort(new Refusal('SERVER_TIMEOUT'))
      return printing
    })

  it('writes nothing where drawing is refused, or the job was ended while it was drawn', async () => {
    const refused = await printed((world) => refusing(world, new Refusal('GLYPH_PENDING')))
    const ended = await printed((world) => world, new AbortController())

    expect([refused.result, ended.result]).toEqual(['GLYPH_PENDING', 'SERVER_TIMEOUT'])
    expect([refused, ended].flatMap(({ events }) => eventsOf(events, 'info', 'work-file'))).toEqual([])
  })

  it('fails where the file is gone when it is to be read', async () => {
    const { result } = await printed((world) => replaced(world, { files: replaced(world.files, { read: () => Promise.resolve(undefined) }) }))

    expect(result).toBe('SERVER_ERROR')
  })
})
