import { judge } from '../oracle/index.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { incidentPlan } from '../scenario/plan.ts'
import { type Performer, regressIncident } from '../scenario/regress.ts'
import { layGround } from '../scenario/setting.ts'
import { performSimulated } from '../scenario/simulated.ts'
import { simulatedPress } from '../world/simulated/keys.ts'
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
