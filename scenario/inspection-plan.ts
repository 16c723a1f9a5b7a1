import Type, { type Static } from 'typebox'
import { IsoDate, TorichigaeError } from '../contract/index.ts'
import type { Catalogue } from './catalogue.ts'
import { AcceleratedLoad, Incident } from './incident.ts'
import { strict } from './script.ts'
import { inFile, readFolder } from './seed-file.ts'

const LoadScene = Type.Object({ ...Type.Pick(Incident, ['id', 'title', 'date', 'start', 'municipality', 'people', 'link']).properties, load: AcceleratedLoad }, strict)
/** A load that is of no incident: people who come, and what for. */
export type LoadScene = Static<typeof LoadScene>

/** What is run at each site: the scripts of an incident and of its half-fixes (`all` of them), or a load. */
const Examination = Type.Union([Type.Object({ incident: Type.String() }, strict), Type.Object({ load: LoadScene }, strict)])
export type Examination = Static<typeof Examination>

/** A plan of an inspection: the shape of a file in `seeds/plans/`. */
export const InspectionPlan = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    title: Type.String(),
    says: Type.String(),
    /** The day on which sites are looked at, as they are then. */
    on: IsoDate,
    /** Only sites with these products; all, if absent. */
    products: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    examine: Type.Array(Examination, { minItems: 1 }),
    /** Each script under so many schedules; 1, if absent. */
    schedules: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  },
  strict,
)
export type InspectionPlan = Static<typeof InspectionPlan>

/** All plans, by their names. @throws TorichigaeError NO_FILE; BAD_FILE, UNKNOWN_INCIDENT with file and place */
export function readPlans(folder: URL, catalogue: Catalogue): ReadonlyMap<string, InspectionPlan> {
  const files = readFolder(folder, InspectionPlan)
  for (const { path, value } of files) {
    value.examine.forEach((examination, at) => {
      if ('incident' in examination) {
        inFile(path, `/examine/${String(at)}/incident`, () => catalogue.incident(examination.incident))
      } else if (!catalogue.municipalities.has(examination.load.municipality)) {
        throw new TorichigaeError('BAD_FILE', `${path} at /examine/${String(at)}/load/municipality: "${examination.load.municipality}" is not in municipalities.json`)
      }
    })
  }
  return new Map(files.map(({ value }) => [value.id, value]))
}
