import fc from 'fast-check'
import { uniformStrategy } from '../explore/strategies/uniform.ts'
import { keyedStream, type RandomStream } from '../world/keyed-random.ts'
import { virtualMs } from '../world/ports.ts'
import { drainMicrotasks } from '../world/simulated/drain.ts'
import { SimulatedProcess } from '../world/simulated/process.ts'
import { Scheduler } from '../world/simulated/scheduler.ts'
import { NOTHING } from '../world/simulated/step.ts'
import type { Contender } from './measure.ts'

const PROCESSES = 6
const STEPS_EACH = 10
const SCHEDULES = 400

/** 60 steps that do nothing, by six processes, names recorded: our scheduler under a uniform strategy. */
export const ourScheduler: Contender = {
  name: 'torichigae, uniform',
  async round() {
    for (let seed = 0; seed < SCHEDULES; seed += 1) {
      const names: string[] = []
      const onStep = ({ name }: { readonly name: string }): void => void names.push(name)
      const scheduler = new Scheduler({ startMs: virtualMs(0), strategy: uniformStrategy(seed), onStep })
      await scheduler.run(async () => {
        await Promise.all(Array.from({ length: PROCESSES }, (_, index) => walk(scheduler, index)))
      })
    }
    return SCHEDULES * PROCESSES * STEPS_EACH
  },
}

async function walk(scheduler: Scheduler, index: number): Promise<void> {
  const node = { name: `node ${String(index)}`, role: 'kiosk', site: 'bench', incarnation: 0 } as const
  const process = new SimulatedProcess(scheduler, node, node.name, undefined)
  for (let step = 0; step < STEPS_EACH; step += 1) await process.step('step', NOTHING, () => undefined)
}

/** The same with fast-check's scheduler, as its documentation drives it: everything scheduled, then waitAll. */
export const fastCheckScheduler: Contender = {
  name: 'fast-check scheduler',
  async round() {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const walkers = Array.from({ length: PROCESSES }, async (_, index) => {
        for (let step = 0; step < STEPS_EACH; step += 1) await scheduler.schedule(Promise.resolve(), `node ${String(index)} step`)
      })
      await scheduler.waitFor(Promise.all(walkers))
    })
    await fc.assert(property, { numRuns: SCHEDULES, seed: 1 })
    return SCHEDULES * PROCESSES * STEPS_EACH
  },
}

/**
 * What promises leave to be had: whoever asks waits in a list, one is drawn and let go, microtasks are drained by hand. It has no
 * clock, no faults, no limits, tells of no deviation and guards nothing: about as fast as a scheduler that drives promises can be.
 */
export const bareList: Contender = {
  name: 'a bare list of promises',
  async round() {
    for (let seed = 0; seed < SCHEDULES; seed += 1) {
      await new Promise<void>((resolve) => {
        setImmediate(() => {
          barely(keyedStream(seed, 'schedule'))
          resolve()
        })
      })
    }
    return SCHEDULES * PROCESSES * STEPS_EACH
  },
}

function barely(draw: RandomStream): void {
  const ready: { readonly name: string; readonly go: () => void }[] = []
  const names: string[] = []
  for (let index = 0; index < PROCESSES; index += 1) void walkBarely(ready)
  drainMicrotasks()
  while (ready.length > 0) {
    const [step] = ready.splice(Math.floor(draw() * ready.length), 1)
    if (step === undefined) return
    names.push(step.name)
    step.go()
    drainMicrotasks()
  }
}

async function walkBarely(ready: { readonly name: string; readonly go: () => void }[]): Promise<void> {
  for (let step = 0; step < STEPS_EACH; step += 1) await new Promise<void>((go) => void ready.push({ name: 'step', go }))
}
