import Type, { type Static } from 'typebox'
import { Incident } from './incident.ts'
import { ScriptEntry, strict, TimeOfDay } from './script.ts'

/**
 * A scenario is what an incident is without its history: people, a script, links, and no defect in mind. Searches run on one;
 * the files are in `seeds/scenarios/`.
 */
export const Scenario = Type.Object(
  {
    ...Type.Pick(Incident, ['id', 'title', 'date', 'start', 'municipality', 'people', 'kiosks', 'link', 'live']).properties,
    script: Type.Array(ScriptEntry, { minItems: 1 }),
    /** It goes on until then at least, so that links that run after everybody has left are seen; left out, it ends with its script. */
    until: Type.Optional(TimeOfDay),
  },
  strict,
)
export type Scenario = Static<typeof Scenario>

/** The scenario of an incident: its witness, or its script. Undefined for a load, which has none. */
export function scenarioOf(incident: Incident): Scenario | undefined {
  const { id, title, date, start, municipality, people, kiosks, link, live, witness } = incident
  const script = witness?.script ?? incident.script
  if (script === undefined) return undefined
  return { id, title, date, start: witness?.start ?? start, municipality, people, ...(kiosks === undefined ? {} : { kiosks }), link, live, script }
}
