import { uniformStrategy } from '../explore/strategies/uniform.ts'
import { judge } from '../oracle/index.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { namedBuild } from '../scenario/named-build.ts'
import { incidentPlan, scriptPlan } from '../scenario/plan.ts'
import { type Performer, regressIncident } from '../scenario/regress.ts'
import { layGround } from '../scenario/setting.ts'
import { performSimulated, type SimulatedOptions } from '../scenario/simulated.ts'
import { simulatedPress } from '../world/simulated/keys.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import { crowd } from './crowd.ts'
import { FastCheckScheduling } from './fast-check.ts'
import type { Contender } from './measure.ts'

const catalogue = readCatalogue()
const yokohama = layGround(catalogue.incident('K1'), catalogue, simulatedPress)

/** Steps of the issuing system under Yokohama's load: services, link, print pipeline, kiosks. */
export const issuingSteps: Contender = {
  name: 'issuing system under K1\'s load, steps',
  async round() {
    const { steps } = await performSimulated(incidentPlan(yokohama, catalogue.build(yokohama.incident.build), 1))
    return steps ?? 0
  },
}

/** Steps of a round, at least: shorter and the machine's noise is in it. */
const STEPS_A_ROUND = 20_000

/** Steps of the repaired build with so many people at as many kiosks, names recorded. @param how each run is scheduled, by seed */
function kioskSteps(name: string, kiosks: number, how: (seed: number) => SimulatedOptions): Contender {
  const scenario = crowd(catalogue.scenario('neutral'), kiosks)
  const plan = scriptPlan(layGround(scenario, catalogue, simulatedPress), namedBuild('repaired', catalogue).build, 1, scenario)
  return {
    name: `${name}, ${String(kiosks)} kiosks, steps`,
    async round() {
      let steps = 0
      for (let seed = 1; steps < STEPS_A_ROUND; seed += 1) {
        const names: string[] = []
        const run = await performSimulated(plan, { ...how(seed), onStep: (step: StepRecord) => void names.push(step.name) })
        if (run.end.end !== 'finished') throw new Error(`it did not finish: ${JSON.stringify(run.end)}`)
        steps += names.length
      }
      return steps
    },
  }
}

/** The issuing code under our scheduler, uniform; and under fast-check's, drained after each step. */
export const ourKioskSteps = (kiosks: number): Contender => kioskSteps('torichigae, uniform', kiosks, (seed) => ({ strategy: uniformStrategy(seed) }))
export const fastCheckKioskSteps = (kiosks: number): Contender =>
  kioskSteps('fast-check scheduler, drained', kiosks, (seed) => ({ scheduling: FastCheckScheduling.for(seed) }))

/** Events judged a second, in memory. */
export function judging(): Contender {
  let history: Awaited<ReturnType<typeof performSimulated>>['history'] | undefined
  return {
    name: 'judging, events',
    async round() {
      history ??= (await performSimulated(incidentPlan(yokohama, catalogue.build(yokohama.incident.build), 1))).history
      judge(history)
      return history.events.length
    },
  }
}

/** Simulated regressions of all incidents on all builds a second. */
export const regressions: Contender = {
  name: 'simulated regress of all incidents and builds',
  async round() {
    for (const incident of catalogue.incidents.values()) {
      const ground = layGround(incident, catalogue, simulatedPress)
      const performer: Performer = { world: 'simulated', ground: () => ground, perform: (plan) => performSimulated(plan) }
      await regressIncident(incident, catalogue, performer, 1)
    }
    return 1
  },
}
