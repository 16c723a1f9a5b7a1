import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MUNAKATA, TODAY } from '../seeds/people/people.ts'
import { BUILD_MS, builtCommand } from '../support/command.ts'
import { ROOT } from '../support/source-tree.ts'

const SIZE = 40_000
/** Heap for what outlives a collection. Programs loaded, this much is enough for a stream of any length and for no list of so many people. */
const HEAP_MIB = 24

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'torichigae-flat-'))
  await builtCommand()
}, BUILD_MS)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs `program` in a thread with a small heap; gives what it posts, or the code of what ended it. */
function inSmallHeap(program: string): Promise<unknown> {
  const values = { file: join(folder, 'people.jsonl'), options: { seed: 1, size: SIZE, municipality: MUNAKATA, today: TODAY } }
  const source = `
    const { parentPort, workerData: { root, file, options } } = require('node:worker_threads')
    const load = (path) => import(new URL('dist/' + path, root))
    const header = { schema: 'torichigae-population/1', tool: '0', seed: 1, size: options.size, municipality: 'munakata', day: options.today }
    const run = async () => { ${program} }
    run().then((result) => parentPort.postMessage(result))`
  const root = new URL(`file://${ROOT}`).href
  const worker = new Worker(source, { eval: true, workerData: { ...values, root }, resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, maxYoungGenerationSizeMb: 8 } })
  return new Promise((resolve) => {
    worker.once('message', resolve)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error)
    })
  })
}

describe(`in a heap of ${String(HEAP_MIB)} MiB`, () => {
  it('there is no room for a list of so many people: this is what the other two would end with', async () => {
    const ended = await inSmallHeap(`
      const { generatePopulation } = await load('seeds/people/index.js')
      return generatePopulation(options).length`)

    expect(ended).toBe('ERR_WORKER_OUT_OF_MEMORY')
  })

  it('as many are streamed with their seals into a file, and read from it and checked', async () => {
    const written = await inSmallHeap(`
      const { householdStream } = await load('seeds/people/index.js')
      const { intoFile, writePopulation } = await load('cli/population-file.js')
      return (await intoFile(file, (sink) => writePopulation(header, householdStream(options), sink))).people`)
    const read = await inSmallHeap(`
      const { readPopulation } = await load('cli/population-file.js')
      const { PopulationReader } = await load('contract/population-file.js')
      const { counts, problems } = await readPopulation(file, new PopulationReader(new Set(['munakata'])))
      return { people: counts.people, problems }`)

    expect(written).toBe(SIZE)
    expect(read).toEqual({ people: SIZE, problems: [] })
  })
})
