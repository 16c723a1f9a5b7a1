import { textHash } from '../../../world/hash.ts'
import type { EngineSettings } from '../../../world/node.ts'
import { simulatedKeyPair } from '../../../world/simulated/keys.ts'
import { RETRY_MS } from '../../../world/simulated/queue.ts'
import { simulate, type SimulatedStage } from '../../../world/simulated/stage.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import type { Setting } from '../../../world/stage.ts'
import type { CryptoSubject } from '../contract/crypto.ts'
import type { FilesSubject } from '../contract/files.ts'
import type { QueueSubject, WorkerSetting } from '../contract/queue-subject.ts'
import type { Body, Subject } from '../contract/subject.ts'
import { expectFinished, node, settingOf } from './small-stage.ts'

interface SubjectOptions extends Partial<Setting> {
  readonly engine?: EngineSettings
}

/** The bodies as tasks of one node of one site, under a schedule. */
export const simulatedSubject = (strategy: Strategy, options: SubjectOptions = {}): Subject => ({
  run: (...bodies) => play(strategy, options, [], bodies),
  close: () => Promise.resolve(),
})

export const simulatedFilesSubject = (strategy: Strategy): FilesSubject => ({
  ...simulatedSubject(strategy),
  image: (label, pages) => ({ digest: textHash(label), pages, body: label }),
})

export const simulatedCryptoSubject = (strategy: Strategy): CryptoSubject => ({ ...simulatedSubject(strategy), makeKeys: simulatedKeyPair })

/** Workers on nodes of their own, which can crash; one that is silent stalls at each job it takes. */
export function simulatedQueueSubject(strategy: Strategy): QueueSubject {
  let stage: SimulatedStage | undefined
  return {
    retryMs: RETRY_MS,
    run: (workers, ...bodies) =>
      play(withStalls(strategy, workers), {}, workers, bodies, (made) => {
        stage = made
      }),
    idle: async () => {
      await stage?.idle()
    },
    failed: () =>
      (stage?.events ?? []).flatMap((event) => (event.type === 'info' && event.f === 'log' && event.code === 'JOB_FAILED' ? (event.application ?? []) : [])),
    crash: (worker) => {
      stage?.crash(workerName(worker))
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}

/** Chooses as `inner` does, and lets the queue take each silent worker for dead. */
function withStalls(inner: Strategy, workers: readonly WorkerSetting[]): Strategy {
  const silent = new Set(workers.flatMap(({ silent = false }, index) => (silent ? [workerName(index)] : [])))
  let node: string | undefined
  return {
    ...inner,
    choose: (choice) => {
      const taken = inner.choose(choice)
      node = choice.ready[taken]?.process.node.name
      return taken
    },
    fault: (offered) => (node !== undefined && silent.has(node) && offered.includes('stall') ? 'stall' : undefined),
  }
}

const workerName = (index: number): string => `print:munakata/${String(index)}`

async function play(
  strategy: Strategy,
  { engine, ...setting }: SubjectOptions,
  workers: readonly WorkerSetting[],
  bodies: readonly Body[],
  use: (stage: SimulatedStage) => void = () => undefined,
): Promise<void> {
  const consuming = workers.map(({ concurrency, handle }, index) =>
    node(workerName(index), { start: () => ({ consumes: { queue: 'print', concurrency, handle: (world, job) => handle(world, job).then(() => 'ready') } }) }),
  )
  const nodes = [node('bodies', engine === undefined ? {} : { engine }), ...consuming]
  const run = await simulate(settingOf(nodes, setting), { strategy }, async (stage) => {
    use(stage)
    await Promise.all(bodies.map((body) => body(stage.world('bodies'))))
  })
  expectFinished(run)
}
