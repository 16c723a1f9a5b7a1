import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { EngineSettings, NodeDefinition } from '../../../world/node.ts'
import { type VirtualMs, virtualMs } from '../../../world/ports.ts'
import { simulate, type SimulatedStage } from '../../../world/simulated/stage.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { textHash } from '../../../world/hash.ts'
import { describeClockContract } from '../contract/clock.ts'
import { describeCryptoContract } from '../contract/crypto.ts'
import { describeDatabaseContract } from '../contract/database.ts'
import { describeEngineContract } from '../contract/engine.ts'
import { describeFilesContract } from '../contract/files.ts'
import { describeQueueContract, type QueueSubject, type WorkerSetting } from '../contract/queue.ts'
import { describeRandomAndIdsContract } from '../contract/random-and-ids.ts'
import type { Body, Subject } from '../contract/subject.ts'
import * as keys from '../../../world/simulated/keys.ts'

interface Options {
  readonly strategy: Strategy
  readonly seed?: number
  readonly date?: string
  readonly startMs?: VirtualMs
  readonly engine?: EngineSettings
}

/** The bodies on the nodes of one site of a simulated stage. */
async function play(options: Options, workers: readonly WorkerSetting[], bodies: readonly Body[], use: (stage: SimulatedStage) => void = () => undefined): Promise<void> {
  const node = (name: string, more: Partial<NodeDefinition>): NodeDefinition => ({ name, role: 'print', site: 'munakata', start: () => ({}), ...more })
  const consuming = workers.map((worker, n) =>
    node(`print:munakata/${String(n)}`, { start: () => ({ consumes: { queue: 'print', concurrency: worker.concurrency, handle: (world, job) => worker.handle(world, job) } }) }),
  )
  const others = workers.length > 0 ? [] : [node('none', { start: () => ({ consumes: { queue: 'print', concurrency: 1, handle: () => Promise.resolve() } }) })]
  const { end } = await simulate(
    {
      seed: options.seed ?? 1,
      date: options.date ?? '2023-03-27',
      startMs: options.startMs ?? virtualMs(43_200_000),
      nodes: [node('bodies', options.engine === undefined ? {} : { engine: options.engine }), ...consuming, ...others],
      seeded: [],
      registered: [],
    },
    { strategy: options.strategy },
    async (stage) => {
      use(stage)
      await Promise.all(bodies.map((body) => body(stage.world('bodies'))))
    },
  )
  if (end.end === 'failed') throw end.error
  if (end.end !== 'finished') throw new Error(`the simulated run did not finish: ${JSON.stringify(end)}`)
}

const subject = (options: Options): Subject => ({
  run: (...bodies) => play(options, [], bodies),
  close: () => Promise.resolve(),
})

const strategies: [string, () => Strategy][] = [
  ['run to block', defaultStrategy],
  ...Array.from({ length: 8 }, (_, n): [string, () => Strategy] => [`uniform schedule ${String(n)}`, () => uniformStrategy(n)]),
]
for (const [name, make] of strategies) {
  const world = `the simulated world (${name})`
  describeClockContract(world, (setting) => subject({ strategy: make(), ...setting }))
  describeDatabaseContract(world, () => subject({ strategy: make() }))
  describeEngineContract(world, (engine) => subject({ strategy: make(), engine }))
  describeFilesContract(world, () => ({ ...subject({ strategy: make() }), image: (label, pages) => ({ digest: textHash(label), pages, body: label }) }))
  describeRandomAndIdsContract(world, (seed) => subject({ strategy: make(), seed }))
  describeCryptoContract(world, () => ({ ...subject({ strategy: make() }), makeKeys: Object.values(keys)[0] as never }))
  describeQueueContract(world, (): QueueSubject => {
    let stage: SimulatedStage | undefined
    return {
      run: (workers, ...bodies) => play({ strategy: make() }, workers, bodies, (made) => { stage = made }),
      crash: (worker) => {
        stage?.crash(`print:munakata/${String(worker)}`)
        return Promise.resolve()
      },
      close: () => Promise.resolve(),
    }
  })
}
