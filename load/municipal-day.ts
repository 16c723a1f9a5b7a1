import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { judge } from '../oracle/index.ts'
import type { ArrivalProfile } from '../scenario/arrival-profile.ts'
import { meanCopies } from '../scenario/natural-rate.ts'
import type { Nation, NationPlace } from '../scenario/nation.ts'
import { incidentPlan } from '../scenario/plan.ts'
import { saveHistory } from '../scenario/save.ts'
import { type Scene, settle } from '../scenario/setting.ts'
import { performSimulated } from '../scenario/simulated.ts'
import { hash53 } from '../world/hash.ts'
import { simulatedPress } from '../world/simulated/keys.ts'
import { QUIET_LINK } from './scene.ts'
import { tallyOf } from './tally.ts'

const Count = Type.Integer({ minimum: 0 })

/** What can be added up of days: sessions, papers, and what was wrong with them (`Tally`). */
export const Counts = Type.Object({
  sessions: Count,
  applications: Count,
  papers: Count,
  sheets: Count,
  wrong: Count,
  stale: Count,
  revoked: Count,
  lost: Count,
  double: Count,
  steps: Count,
  events: Count,
})
export type Counts = Static<typeof Counts>

/** A day of one municipality, in the simulated world and judged. */
export const MunicipalDay = Type.Object({
  date: Type.String(),
  municipality: Type.String(),
  build: Type.String(),
  verdict: Type.Enum(['pass', 'violation', 'unknown']),
  ...Counts.properties,
  /** Refusals at kiosks, by code. */
  refused: Type.Record(Type.String(), Count),
  /** Invariants that did not hold. */
  broken: Type.Array(Type.String()),
  /** The first violation, explained; of a wrong paper if there is one. It names people, as a clerk needs it. */
  explained: Type.Optional(Type.String()),
  /** Why it is not decided. */
  unknown: Type.Optional(Type.String()),
})
export type MunicipalDay = Static<typeof MunicipalDay>

/** Where and when, and who comes. */
export interface MunicipalDayOptions {
  readonly nation: Nation
  readonly place: NationPlace
  readonly profile: ArrivalProfile
  /** ISO day. */
  readonly date: string
  /** Of the nation; each day of each municipality makes its own of it. */
  readonly seed: number
  /** The history goes there, by day and municipality. */
  readonly out?: string
}

/**
 * Plays a day of one municipality at its natural rate, from opening to closing, and judges it. Nothing but the centre stands
 * between two municipalities, and it keeps nothing of what it passes on; so each is a world of its own, and any of them can be
 * played again alone.
 * @throws TorichigaeError OUT_NOT_WRITABLE
 */
export async function performMunicipalDay({ nation, place, profile, date, seed, out }: MunicipalDayOptions): Promise<MunicipalDay> {
  const { municipality, build } = place
  const own = hash53(`${date}/${municipality.code}`, seed)
  const plan = incidentPlan(groundOf({ nation, place, profile, date, seed: own }), build, own)
  const { history, steps, incomplete } = await performSimulated(plan)
  const judgement = judge(history)
  if (out !== undefined) saveHistory(join(out, date, `${municipality.code}.jsonl`), history)
  const { verdict, violations, unknowns } = judgement
  const first = violations.find(({ invariant }) => invariant === 'SUBJECT') ?? violations[0]
  const unknown = incomplete ?? unknowns[0]?.why
  const { perMillion: _rates, ...counts } = tallyOf(history, judgement)
  return {
    ...{ date, municipality: municipality.code, build: build.id, ...counts, refused: { ...counts.refused } },
    ...{ steps, events: history.events.length, verdict: verdict === 'pass' && incomplete !== undefined ? 'unknown' : verdict },
    broken: [...new Set(violations.map(({ invariant }) => invariant))],
    ...(first === undefined ? {} : { explained: `${first.invariant}: ${first.explanation}` }),
    ...(unknown === undefined ? {} : { unknown }),
  }
}

function groundOf({ nation: { people, kiosks }, place: { municipality, sessionsPerDay }, profile, date, seed }: Omit<MunicipalDayOptions, 'out'>): Parameters<typeof incidentPlan>[0] {
  const size = Math.max(people.least, Math.round(people.perSession * sessionsPerDay))
  const { opens, closes } = profile.hours
  const incident: Scene = {
    ...{ id: 'national-day', date, start: opens, municipality: municipality.code, people: { seed, size, cast: {} }, link: QUIET_LINK, live: { clockFactor: 1 } },
    load: { rate: 'natural', from: opens, to: closes, kiosks: Math.max(kiosks.least, Math.round(kiosks.perSession * sessionsPerDay)) },
  }
  // What is drawn are sessions; the profile counts certificates.
  const perDay = sessionsPerDay * meanCopies(profile.mix.copies)
  const figure = { perDay, source: { kind: 'ours', says: 'as the nation says' } } as const
  return { incident, profile: { ...profile, certificatesPerDay: { [municipality.code]: figure } }, ...settle({ seed, size, municipality, today: date }, simulatedPress) }
}
