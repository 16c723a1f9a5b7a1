import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { simulate } from '../../../world/simulated/stage.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { describeStageContract, type RunOnStage } from '../contract/stage.ts'

const runWith =
  (strategy: () => Strategy): RunOnStage =>
  async (setting, drive) => {
    const { end, events } = await simulate(setting, { strategy: strategy() }, drive)
    if (end.end === 'failed') throw end.error
    if (end.end !== 'finished') throw new Error(`the run ended ${end.end}`)
    return events
  }

describeStageContract('simulated', runWith(defaultStrategy))
for (const seed of [1, 2, 3]) describeStageContract(`simulated, uniform schedule ${String(seed)},`, runWith(() => uniformStrategy(seed)))
