import type { NamedBuild } from '../scenario/named-build.ts'
import type { Scenario } from '../scenario/scenario-file.ts'
import { startThread } from '../world/live/start-thread.ts'
import { eachOnThreads } from '../world/live/threads.ts'
import type { Arena } from './arena.ts'
import { search, type SearchEnd, type SearchOptions, Tally } from './search.ts'

export interface ThreadedOptions extends SearchOptions {
  /** 1: in this thread. */
  readonly threads: number
}

/** What a thread is started with. */
export interface ThreadSetting {
  readonly scenario: Scenario
  readonly named: NamedBuild
  readonly options: Pick<SearchOptions, 'seed' | 'strategy' | 'faults'>
}

/** What it is asked for, again and again, and what it answers. */
export interface Chunk {
  readonly from: number
  readonly runs: number
}
export interface ChunkEnd {
  readonly chunk: Chunk
  readonly tally: Tally
  readonly failing?: SearchEnd['failing']
}

/** So many schedules are given to a thread at once; fewer where somebody waits for the end of a time. */
const CHUNK = { most: 500, timed: 20 }

/**
 * A search by several threads, chunk by chunk. The first failing run is the one with the lowest number, whichever thread was
 * faster: what is found does not depend on how many there are.
 */
export async function searchOnThreads(arena: Arena, options: ThreadedOptions): Promise<SearchEnd> {
  if (options.threads === 1) return search(arena, options)
  const { seed, strategy, faults, from = 0, runs, until, onProgress } = options
  const setting: ThreadSetting = { scenario: arena.scenario, named: arena.named, options: { seed, strategy, faults } }
  const ends: ChunkEnd[] = []
  const tally = new Tally()
  const size = until === undefined ? CHUNK.most : CHUNK.timed
  let next = from
  const chunks = (): Chunk | undefined => {
    if (next >= from + runs || until?.() === true || ends.some(({ failing }) => failing !== undefined)) return undefined
    const chunk = { from: next, runs: Math.min(size, from + runs - next) }
    next += chunk.runs
    return chunk
  }
  const took = (end: ChunkEnd): void => {
    ends.push(end)
    tally.add(end.tally)
    onProgress?.(tally)
  }
  await eachOnThreads(() => startThread(import.meta.url, './search-worker', { workerData: setting }), Math.min(options.threads, Math.ceil(runs / size)), chunks, took)
  const [failing] = ends.flatMap((end) => end.failing ?? []).sort((a, b) => a.run - b.run)
  return { tally, ...(failing === undefined ? {} : { failing }) }
}
