import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { describeClockContract } from '../contract/clock.ts'
import { describeCryptoContract } from '../contract/crypto.ts'
import { describeDatabaseContract } from '../contract/database.ts'
import { describeEngineContract } from '../contract/engine.ts'
import { describeFilesContract } from '../contract/files.ts'
import { describeQueueContract } from '../contract/queue.ts'
import { describeRandomAndIdsContract } from '../contract/random-and-ids.ts'
import { simulatedCryptoSubject, simulatedFilesSubject, simulatedQueueSubject, simulatedSubject } from './simulated-subject.ts'

const SCHEDULES: readonly (readonly [string, () => Strategy])[] = [
  ['run to block', defaultStrategy],
  ...[1, 2, 3, 5, 8, 13, 21, 34].map((seed) => [`uniform, seed ${String(seed)}`, () => uniformStrategy(seed)] as const),
]

for (const [name, schedule] of SCHEDULES) {
  const world = `the simulated world (${name})`
  describeClockContract(world, (setting) => simulatedSubject(schedule(), setting))
  describeFilesContract(world, () => simulatedFilesSubject(schedule()))
  describeEngineContract(world, (engine) => simulatedSubject(schedule(), { engine }))
  describeQueueContract(world, () => simulatedQueueSubject(schedule()))
  describeDatabaseContract(world, () => simulatedSubject(schedule()))
  describeRandomAndIdsContract(world, (seed) => simulatedSubject(schedule(), { seed }))
  describeCryptoContract(world, () => simulatedCryptoSubject(schedule()))
}

// Where everybody else may be slow while time passes, nothing holds but what has to: conversions then take as long as they take.
for (const seed of [55, 89]) {
  const world = `the simulated world (uniform with 200 time jumps, seed ${String(seed)})`
  const schedule = (): Strategy => uniformStrategy(seed, 200)
  describeClockContract(world, (setting) => simulatedSubject(schedule(), setting))
  describeFilesContract(world, () => simulatedFilesSubject(schedule()))
  describeQueueContract(world, () => simulatedQueueSubject(schedule()))
  describeDatabaseContract(world, () => simulatedSubject(schedule()))
}
