import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../explore/strategies/uniform.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { witnessPlan } from '../../scenario/plan.ts'
import { buildsOf } from '../../scenario/regress.ts'
import { historyText } from '../../scenario/save.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'

const SEEDS = 200
const TIME_JUMPS = 50
const catalogue = readCatalogue()

describe.each(['K1', 'K6'])(`the smallest script of %s under random interleavings with ${String(TIME_JUMPS)} time jumps`, (row) => {
  const incident = catalogue.incident(row)
  const ground = layGround(incident, catalogue, simulatedPress)
  const builds = buildsOf(incident, catalogue)
  /** The witness without its orderings, so that nothing keeps a schedule away. */
  const played = async (build: keyof typeof builds, seed: number, timeJumps = TIME_JUMPS) => {
    const plan = { ...witnessPlan(ground, builds[build], seed), orderings: [] }
    const { history, incomplete } = await performSimulated(plan, { strategy: uniformStrategy(seed, timeJumps) })
    return { history, incomplete, judgement: judge(history) }
  }

  it.each(['repaired', 'twin'] as const)(`breaks nothing on the build "%s" (seeds 1 to ${String(SEEDS)})`, { timeout: 60_000 }, async (build) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { judgement, incomplete } = await played(build, seed)
      const { verdict, violations, unknowns } = judgement
      expect({ seed, verdict, violations, unknowns, incomplete }).toEqual({ seed, verdict: 'pass', violations: [], unknowns: [], incomplete: undefined })
    }
  })

  it(`hands no wrong paper out with the net under the defect (seeds 1 to ${String(SEEDS / 2)})`, { timeout: 60_000 }, async () => {
    for (let seed = 1; seed <= SEEDS / 2; seed += 1) {
      const { judgement, incomplete } = await played('withNet', seed)
      const seen = judgement.violations.filter(({ invariant }) => !['ONE-WRITER', 'PROVENANCE', 'STOPPED'].includes(invariant))
      expect({ seed, seen, incomplete }).toEqual({ seed, seen: [], incomplete: undefined })
    }
  })

  it('breaks something on the build as deployed in some of them: the search is no empty one (seeds 1 to 100)', async () => {
    let violations = 0
    for (let seed = 1; seed <= 100; seed += 1) if ((await played('deployed', seed)).judgement.verdict === 'violation') violations += 1

    expect(violations).toBeGreaterThan(0)
  })

  it('is the same history, byte by byte, whenever a seed is played again (seed 5)', async () => {
    const [first, second, other] = [await played('deployed', 5), await played('deployed', 5), await played('deployed', 6)]

    expect(historyText(second.history)).toBe(historyText(first.history))
    expect(historyText(other.history)).not.toBe(historyText(first.history))
  })
})
