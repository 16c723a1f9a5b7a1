import Type from 'typebox'
import { Municipality, TorichigaeError } from '../contract/index.ts'
import { type Build, DEFAULT_SETTINGS, type PartChoice, partOf } from '../services/build.ts'
import { PART_NAMES } from '../services/parts.ts'
import { ArrivalProfile } from './arrival-profile.ts'
import { BuildFile, Incident } from './incident.ts'
import { changedBuild, partsIn } from './build-changes.ts'
import { packageRoot } from './package-root.ts'
import { choiceOf } from './part-choice.ts'
import { Scenario, scenarioOf } from './scenario-file.ts'
import { entryMs, type ScriptEntry, timeOfDayMs } from './script.ts'
import { byKey, inFile, placePart, readFolder, readSeed, type SeedFile } from './seed-file.ts'

/** Everything under `seeds/`: incidents, builds, municipalities, checked before anything runs. */
export interface Catalogue {
  readonly incidents: ReadonlyMap<string, Incident>
  readonly municipalities: ReadonlyMap<string, Municipality>
  /** How many people come, when, and for what. */
  readonly profile: ArrivalProfile
  /**
   * A build by the id of its file, or such a one with changes behind a plus sign: `as-2023+print/output=kept-buffer+nodes=2`.
   * @throws TorichigaeError UNKNOWN_BUILD, UNKNOWN_PART
   */
  build(name: string): Build
  /** The parts that a build's own file chooses, or its changes do, its base apart: an incident's build names its defects there. */
  ownParts(id: string): PartChoice
  /** @throws TorichigaeError UNKNOWN_INCIDENT */
  incident(id: string): Incident
  /** A scenario by its id, or the one of an incident (id or row). @throws TorichigaeError UNKNOWN_SCENARIO */
  scenario(id: string): Scenario
}

/**
 * Reads the catalogue and checks all of it. @param folder default: the package's own `seeds`
 * @throws TorichigaeError NO_FILE; BAD_FILE, UNKNOWN_BUILD, UNKNOWN_PART, UNKNOWN_PERSON with the file and the place in it
 */
export function readCatalogue(folder: URL = new URL('seeds/', packageRoot())): Catalogue {
  const municipalityFile = readSeed(new URL('municipalities.json', folder), Type.Array(Municipality))
  const municipalities = valuesOf(byKey(municipalityFile.value.map((value) => ({ path: municipalityFile.path, value })), ({ code }) => code))
  const buildFiles = byKey(readFolder(new URL('builds/', folder), BuildFile), ({ id }) => id)
  const incidentFiles = byKey(readFolder(new URL('incidents/', folder), Incident), ({ id }) => id)
  const scenarioFiles = byKey(readFolder(new URL('scenarios/', folder), Scenario), ({ id }) => id)
  const incidents = new Map([...valuesOf(incidentFiles)].sort(([, one], [, other]) => (one.row < other.row ? -1 : 1)))
  const named = (id: string): Incident | undefined => incidents.get(id) ?? [...incidents.values()].find(({ row }) => row === id)
  const catalogue: Catalogue = {
    incidents,
    municipalities,
    profile: readSeed(new URL('arrivals.json', folder), ArrivalProfile).value,
    build: (name) => {
      const [id = '', ...changes] = name.split('+')
      const build = resolveBuild(id, buildFiles)
      return changes.length === 0 ? build : changedBuild(build, name, changes)
    },
    ownParts: (name) => {
      const [id = '', ...changes] = name.split('+')
      return { ...(changes.length === 0 ? choiceOf(buildFiles.get(id)?.value.parts ?? {}) : {}), ...partsIn(changes) }
    },
    incident: (id) => {
      const incident = named(id)
      if (incident === undefined) throw new TorichigaeError('UNKNOWN_INCIDENT', id)
      return incident
    },
    scenario: (id) => {
      const incident = named(id)
      const scenario = scenarioFiles.get(id)?.value ?? (incident === undefined ? undefined : scenarioOf(incident))
      if (scenario === undefined) throw new TorichigaeError('UNKNOWN_SCENARIO', id)
      return scenario
    },
  }
  for (const file of buildFiles.values()) checkBuild(file, catalogue)
  for (const file of incidentFiles.values()) checkIncident(file, catalogue)
  for (const file of scenarioFiles.values()) checkScenario(file, catalogue)
  return catalogue
}

const valuesOf = <T>(files: ReadonlyMap<string, SeedFile<T>>): ReadonlyMap<string, T> => new Map([...files].map(([key, { value }]) => [key, value]))

function resolveBuild(id: string, files: ReadonlyMap<string, SeedFile<BuildFile>>, seen: readonly string[] = []): Build {
  const file = files.get(id)?.value
  if (file === undefined || seen.includes(id)) throw new TorichigaeError('UNKNOWN_BUILD', [...seen, id].join(' based on '))
  const base = file.base === undefined ? undefined : resolveBuild(file.base, files, [...seen, id])
  const parts = { ...base?.parts, ...choiceOf(file.parts ?? {}) }
  const missing = PART_NAMES.filter((name) => parts[name] === undefined)
  if (missing.length > 0) throw new TorichigaeError('UNKNOWN_PART', `${id} chooses no variant of ${missing.join(', ')}`)
  const build: Build = {
    id,
    nodes: file.nodes ?? base?.nodes ?? 1,
    parts: parts as Build['parts'],
    settings: { ...(base?.settings ?? DEFAULT_SETTINGS), ...file.settings },
  }
  for (const name of PART_NAMES) partOf(build, name)
  return build
}

function checkChoice(path: string, place: string, parts: Readonly<Record<string, string>> = {}): void {
  for (const [name, variant] of Object.entries(parts)) inFile(path, `${place}/${placePart(name)}`, () => choiceOf({ [name]: variant }))
}

function checkBuild({ path, value }: SeedFile<BuildFile>, catalogue: Catalogue): void {
  checkChoice(path, '/parts', value.parts)
  inFile(path, value.base === undefined ? '/parts' : '/base', () => catalogue.build(value.id))
}

/** A scenario file, wherever it lies. @throws TorichigaeError BAD_FILE, UNKNOWN_PERSON */
export function checkScenario({ path, value }: SeedFile<Scenario>, catalogue: Catalogue): void {
  checkPlace(path, value, catalogue)
  checkCast(value, path, '/script', value.script)
  checkTimes(value.start, path, '/script', value.script)
  const { until, script } = value
  if (until !== undefined && script.some((entry) => entryMs(entry) > timeOfDayMs(until))) throw new TorichigaeError('BAD_FILE', `${path} at /until: something of the script happens after ${until}`)
}

function checkPlace(path: string, { municipality }: Pick<Scenario, 'municipality'>, { municipalities }: Catalogue): void {
  if (!municipalities.has(municipality)) throw new TorichigaeError('BAD_FILE', `${path} at /municipality: "${municipality}" is not in municipalities.json`)
}

function checkIncident({ path, value: incident }: SeedFile<Incident>, catalogue: Catalogue): void {
  const bad = (place: string, what: string): TorichigaeError => new TorichigaeError('BAD_FILE', `${path} at ${place}: ${what}`)
  inFile(path, '/build', () => catalogue.build(incident.build))
  checkPlace(path, incident, catalogue)
  const { script, load, witness, halfFixes, repairs } = incident
  if ((script === undefined) === (load === undefined)) throw bad('/', 'it has to have either a script or a load')
  if (load !== undefined && timeOfDayMs(load.from) >= timeOfDayMs(load.to)) throw bad('/load/to', 'it has to come after "from"')
  if (load?.rate === 'natural' && catalogue.profile.certificatesPerDay[incident.municipality] === undefined) throw bad('/load/rate', `arrivals.json has no figure for "${incident.municipality}"`)
  checkChoice(path, '/repairs', repairs)
  checkCast(incident, path, '/script', script)
  checkTimes(incident.start, path, '/script', script)
  if (load !== undefined && timeOfDayMs(load.from) < timeOfDayMs(incident.start)) throw bad('/load/from', `it is before ${incident.start}, when the incident begins`)
  checkCast(incident, path, '/witness/script', witness?.script)
  checkTimes(witness?.start ?? incident.start, path, '/witness/script', witness?.script)
  for (const [at, { parts, stillFails }] of halfFixes.entries()) {
    checkChoice(path, `/halfFixes/${String(at)}/parts`, parts)
    checkCast(incident, path, `/halfFixes/${String(at)}/stillFails/script`, stillFails.script)
    checkTimes(stillFails.start ?? incident.start, path, `/halfFixes/${String(at)}/stillFails/script`, stillFails.script)
  }
}

function checkCast({ people, municipality }: Pick<Incident, 'people' | 'municipality'>, path: string, place: string, script: readonly ScriptEntry[] = []): void {
  for (const [at, entry] of script.entries()) {
    if ('crash' in entry) {
      checkCrash(entry.crash, municipality, script, `${path} at ${place}/${String(at)}/crash`)
      continue
    }
    const { who } = entry
    if (!Object.hasOwn(people.cast, who)) throw new TorichigaeError('UNKNOWN_PERSON', `${who}, in ${path} at ${place}/${String(at)}/who`)
  }
}

/** Nothing of a script happens before it begins. */
function checkTimes(start: string, path: string, place: string, script: readonly ScriptEntry[] = []): void {
  const early = script.findIndex((entry) => entryMs(entry) < timeOfDayMs(start))
  if (early >= 0) throw new TorichigaeError('BAD_FILE', `${path} at ${place}/${String(early)}/at: ${script[early]?.at ?? ''} is before ${start}, when the script begins`)
}

/** Machines that every system has; print workers are counted, so that any number of them is let through. */
const MACHINES = ['centre', 'authority']
const MUNICIPAL = ['register', 'issuing', 'link']

function checkCrash(name: string, municipality: string, script: readonly ScriptEntry[], where: string): void {
  const isKiosk = script.some((entry) => 'kiosk' in entry && entry.kiosk === name)
  const isNode = MACHINES.includes(name) || MUNICIPAL.some((role) => name === `${role}:${municipality}`) || new RegExp(`^print:${municipality}/[1-9]\\d*$`).test(name)
  if (!isKiosk && !isNode) throw new TorichigaeError('BAD_FILE', `${where}: "${name}" is no kiosk of the script and no node of the system`)
}
