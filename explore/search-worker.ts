import { parentPort, workerData } from 'node:worker_threads'
import { readCatalogue } from '../scenario/catalogue.ts'
import { Arena } from './arena.ts'
import { search } from './search.ts'
import type { Chunk, ChunkEnd, ThreadSetting } from './threads.ts'

/** A thread that searches: asked for a chunk of runs, it says what came of it. */
const { scenario, named, options } = workerData as ThreadSetting
const arena = Arena.make(scenario, named, options.seed, readCatalogue())

parentPort?.on('message', (chunk: Chunk) => {
  void search(arena, { ...options, ...chunk }).then(({ tally, failing }) => {
    const end: ChunkEnd = { chunk, tally, ...(failing === undefined ? {} : { failing }) }
    parentPort?.postMessage(end)
  })
})
