import type { CardFace, Resident, Wish } from '../contract/index.ts'
import { KioskHall } from '../kiosk-sim/hall.ts'
import { otherImpression } from '../seeds/people/index.ts'
import { moveOut, moveWithin } from '../services/register/counter.ts'
import { createSealDesk, type SealDesk, type SealDeskSettings } from '../services/register/seal-desk.ts'
import { registerNode } from '../services/system.ts'
import { virtualMs } from '../world/ports.ts'
import type { Stage } from '../world/stage.ts'
import { entryMs, type ScriptEntry } from './incident.ts'
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

/** Where a script is played, and how. */
export interface Place {
  readonly municipality: string
  readonly desk: SealDeskSettings
  /** How long a person takes for a touch of the panel. */
  readonly touchMs: number
}

/** The acts of a script. */
export function scriptActs(script: readonly ScriptEntry[], cast: ReadonlyMap<string, Actor>, { municipality, desk, touchMs }: Place): Act[] {
  const sealDesk = createSealDesk(desk)
  return script.map((entry) => {
    const actor = cast.get(entry.who)
    if (actor === undefined) throw new RangeError(`nobody plays "${entry.who}"`)
    return { atMs: entryMs(entry), perform: performanceOf(entry, actor, municipality, sealDesk, touchMs) }
  })
}

function performanceOf(entry: ScriptEntry, actor: Actor, municipality: string, sealDesk: SealDesk, touchMs: number): Act['perform'] {
  if ('counter' in entry) return (stage) => atCounter(stage, municipality, actor, entry)
  if ('sealDesk' in entry) return (stage) => atSealDesk(stage, municipality, sealDesk, actor, entry)
  return (_stage, hall) => atKiosk(hall, municipality, actor, entry, touchMs)
}

function atSealDesk(
  stage: Stage,
  municipality: string,
  desk: SealDesk,
  { resident, seal }: Actor,
  { sealDesk, takesMs }: Extract<ScriptEntry, { sealDesk: string }>,
): Promise<unknown> {
  const world = stage.world(registerNode(municipality))
  const operation = { resident: resident.id, ...(takesMs === undefined ? {} : { takesMs }) }
  return sealDesk === 'revoke' ? desk.revoke(world, operation) : desk[sealDesk](world, { ...operation, impression: otherImpression(resident, seal?.impression ?? '') })
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
  if (self !== undefined) card.rewriteFace(faceOf(self))
}

const faceOf = ({ name, birthDate, sex, address }: Resident): CardFace => ({ name, birthDate, sex, address })

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

const NOTHING_SHOWN: Wish['show'] = { relation: false, domicile: false, individualNumber: false, recordCode: false, foreignItems: false }

/** A whole wish of a partial one: whole household, relations shown, one copy; a seal certificate is of the applicant alone. */
export const wishOf = (wish: Partial<Wish>): Wish => ({
  type: 'residence-record',
  copies: 1,
  ...(wish.type === 'seal-certificate'
    ? { scope: 'applicant', show: NOTHING_SHOWN }
    : { scope: 'household', show: { ...NOTHING_SHOWN, relation: true, foreignItems: true } }),
  ...wish,
})
