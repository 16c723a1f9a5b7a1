import type { Wish } from '../contract/index.ts'
import { KioskHall } from '../kiosk-sim/hall.ts'
import { moveOut, moveWithin } from '../services/register/counter.ts'
import { registerNode } from '../services/system.ts'
import { virtualMs } from '../world/ports.ts'
import type { Stage } from '../world/stage.ts'
import { type ScriptEntry, timeOfDayMs } from './incident.ts'
import type { Actor } from './setting.ts'
import { PIN } from './setting.ts'

/** One thing that somebody does at a time of the scenario. */
export interface Act {
  readonly atMs: number
  readonly perform: (stage: Stage, hall: KioskHall) => Promise<unknown>
}

/** What people carry; enough for any fee. */
const PURSE_YEN = 10_000

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

/** The acts of a script. @param touchMs how long a person takes for a touch of the panel */
export function scriptActs(script: readonly ScriptEntry[], cast: ReadonlyMap<string, Actor>, municipality: string, touchMs: number): Act[] {
  return script.map((entry) => {
    const actor = cast.get(entry.who)
    if (actor === undefined) throw new RangeError(`nobody plays "${entry.who}"`)
    const perform: Act['perform'] =
      'counter' in entry
        ? (stage) => atCounter(stage, municipality, actor, entry)
        : (_stage, hall) => atKiosk(hall, municipality, actor, entry, touchMs)
    return { atMs: timeOfDayMs(entry.at), perform }
  })
}

async function atCounter(
  stage: Stage,
  municipality: string,
  { resident, card }: Actor,
  entry: Extract<ScriptEntry, { counter: string }>,
): Promise<void> {
  const world = stage.world(registerNode(municipality))
  const after =
    entry.counter === 'moveOut'
      ? await moveOut(world, resident.household)
      : await moveWithin(world, resident.household, entry.to ?? resident.previousAddress)
  const self = after.find(({ id }) => id === resident.id)
  if (self !== undefined) card.rewriteFace({ name: self.name, birthDate: self.birthDate, sex: self.sex, address: self.address })
}

function atKiosk(
  hall: KioskHall,
  municipality: string,
  { resident, card }: Actor,
  entry: Extract<ScriptEntry, { kiosk: string }>,
  touchMs: number,
): Promise<unknown> {
  const { kiosk, apply, wish, patienceMs } = entry
  return hall.visit(
    { purseYen: PURSE_YEN },
    {
      kiosk,
      municipality,
      resident: resident.id,
      card,
      pin: PIN,
      wish: wishOf({ type: apply, ...wish }),
      touchMs,
      ...(patienceMs === undefined ? {} : { patienceMs }),
    },
  )
}

/** A whole wish of a partial one: whole household, relations shown, one copy. */
export const wishOf = (wish: Partial<Wish>): Wish => ({
  type: 'residence-record',
  scope: 'household',
  show: { relation: true, domicile: false, individualNumber: false, recordCode: false, foreignItems: true },
  copies: 1,
  ...wish,
})
