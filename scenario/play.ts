import { KioskHall } from '../kiosk-sim/hall.ts'
import { virtualMs } from '../world/ports.ts'
import type { Stage } from '../world/stage.ts'

/** One thing that somebody does at a time of the scenario. */
export interface Act {
  readonly atMs: number
  readonly perform: (stage: Stage, hall: KioskHall) => Promise<unknown>
}

/** Performs the acts at their times and waits until everybody has left and the system is idle. */
export async function play(stage: Stage, acts: readonly Act[]): Promise<void> {
  const hall = new KioskHall(stage)
  const going: Promise<unknown>[] = []
  for (const act of [...acts].sort((a, b) => a.atMs - b.atMs)) {
    await stage.waitUntil(virtualMs(act.atMs))
    const performed = act.perform(stage, hall)
    // Whether it failed is asked below, once all have begun; until then nobody listens.
    performed.catch(() => undefined)
    stage.attend(performed)
    going.push(performed)
  }
  await Promise.all(going)
  await stage.idle()
}
