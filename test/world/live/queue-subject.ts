import { expect } from 'vitest'
import { createLiveClock, taskClock } from '../../../world/live/clock.ts'
import type { LiveQueues, RunningConsumer } from '../../../world/live/queue/open-queues.ts'
import { type LiveTask, NodeLife } from '../../../world/live/task.ts'
import type { World } from '../../../world/ports.ts'
import { stepNames } from '../../../world/step-names.ts'
import type { QueueSubject, WorkerSetting } from '../contract/queue-subject.ts'
import { DATE, NOON, printTask, worldWith } from './live-subject.ts'

/** Scenario milliseconds a real one: waits of seconds in the suite cost little. */
const FACTOR = 20

/** Longer than anything that is waited for takes, in real milliseconds. */
const PATIENTLY = { interval: 10, timeout: 20_000 }

interface Node {
  readonly worker: WorkerSetting
  life: NodeLife
  running: RunningConsumer
}

/** Workers and tasks of one site on live queues with that retry delay, which stay open for the next subject. */
export function queueSubject(queues: LiveQueues, site: string, retryMs: number): QueueSubject {
  const clock = createLiveClock({ startMs: NOON, date: DATE, factor: FACTOR })
  const nodes: Node[] = []
  const failed: string[] = []
  let tasks = 0
  const worldOf = (task: LiveTask): World =>
    worldWith(task, { clock: taskClock(clock, task), queue: queues.port(task, site) })

  const startNode = async (worker: WorkerSetting): Promise<Node> => {
    const life = new NodeLife()
    const running = await queues.consume(site, 'print', {
      concurrency: worker.concurrency,
      silent: worker.silent ?? false,
      handle: async (job) => {
        const task = printTask((tasks += 1), job.id, life)
        await task.step(stepNames.takeJob(task.role, 'print'), () => undefined)
        await task.step('handle', () => worker.handle(worldOf(task), job))
      },
      onFailed: ({ id }) => failed.push(id),
    })
    return { worker, life, running }
  }

  return {
    // BullMQ reckons in whole milliseconds, and may come one early.
    retryMs: (retryMs - 1) * FACTOR,
    run: async (workers, ...bodies) => {
      for (const worker of workers) nodes.push(await startNode(worker))
      await Promise.all(bodies.map((body) => body(worldOf(printTask((tasks += 1))))))
    },
    crash: async (index) => {
      const node = nodes[index]
      if (node === undefined) throw new RangeError(`there is no worker ${String(index)}`)
      node.life.crash()
      await node.running.abandon()
      nodes[index] = await startNode(node.worker)
    },
    idle: async () => {
      await expect.poll(async () => (await queues.depths()).find((one) => one.site === site), PATIENTLY).toMatchObject({ waiting: 0, active: 0 })
    },
    failed: () => failed,
    close: async () => {
      await Promise.all(nodes.map(({ running }) => running.close()))
      clock.close()
    },
  }
}
