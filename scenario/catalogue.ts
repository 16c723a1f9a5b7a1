import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Municipality, TorichigaeError } from '../contract/index.ts'
import { type Build, DEFAULT_SETTINGS, type PartChoice, partOf } from '../services/build.ts'
import { PART_NAMES } from '../services/parts.ts'
import { packageRoot } from './package-root.ts'
import { BuildFile, Incident } from './incident.ts'

/** Everything under `seeds/`: incidents, builds, municipalities, checked before anything runs. */
export interface Catalogue {
  readonly incidents: ReadonlyMap<string, Incident>
  readonly municipalities: ReadonlyMap<string, Municipality>
  /** @throws TorichigaeError UNKNOWN_BUILD, UNKNOWN_PART */
  build(id: string): Build
  /** The parts that a build's own file chooses, its base apart: an incident's build names its defects there. */
  ownParts(id: string): PartChoice
  /** @throws TorichigaeError UNKNOWN_INCIDENT */
  incident(id: string): Incident
}

/**
 * Reads the catalogue. @param folder default: the package's own `seeds`
 * @throws TorichigaeError NO_FILE, BAD_FILE with the file and the place in it, UNKNOWN_BUILD, UNKNOWN_PART, UNKNOWN_PERSON
 */
export function readCatalogue(folder: URL = new URL('seeds/', packageRoot())): Catalogue {
  const municipalities = byKey(readSeed(new URL('municipalities.json', folder), Type.Array(Municipality)), ({ code }) => code)
  const files = byKey(readFolder(new URL('builds/', folder), BuildFile), ({ id }) => id)
  const incidents = byKey(readFolder(new URL('incidents/', folder), Incident), ({ id }) => id)
  const catalogue: Catalogue = {
    incidents,
    municipalities,
    build: (id) => resolveBuild(id, files),
    ownParts: (id) => choiceOf(files.get(id)?.parts ?? {}),
    incident: (id) => {
      const incident = incidents.get(id) ?? [...incidents.values()].find(({ row }) => row === id)
      if (incident === undefined) throw new TorichigaeError('UNKNOWN_INCIDENT', id)
      return incident
    },
  }
  for (const id of files.keys()) catalogue.build(id)
  for (const incident of incidents.values()) checkIncident(incident, catalogue)
  return catalogue
}

/** Reads and checks one JSON file. @throws TorichigaeError NO_FILE, BAD_FILE */
export function readSeed<T extends TSchema>(file: URL, schema: T): Static<T> {
  const path = fileURLToPath(file)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new TorichigaeError('NO_FILE', path, { cause: error })
  }
  return checkSeed(path, text, schema)
}

function checkSeed<T extends TSchema>(path: string, text: string, schema: T): Static<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new TorichigaeError('BAD_FILE', `${path} is no JSON (${(error as Error).message})`, { cause: error })
  }
  const check = Compile(schema)
  if (check.Check(value)) return value
  const [first] = check.Errors(value)
  throw new TorichigaeError('BAD_FILE', `${path} at ${first?.instancePath === '' ? '/' : (first?.instancePath ?? '/')}: ${first?.message ?? 'unexpected'}`)
}

function readFolder<T extends TSchema>(folder: URL, schema: T): Static<T>[] {
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
  } catch (error) {
    throw new TorichigaeError('NO_FILE', fileURLToPath(folder), { cause: error })
  }
  return names.map((name) => readSeed(new URL(name, folder), schema))
}

function byKey<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const value of values) {
    if (map.has(keyOf(value))) throw new TorichigaeError('BAD_FILE', `"${keyOf(value)}" is there twice`)
    map.set(keyOf(value), value)
  }
  return map
}

function resolveBuild(id: string, files: ReadonlyMap<string, BuildFile>, seen: readonly string[] = []): Build {
  const file = files.get(id)
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

/** Part choices as a file writes them. @throws TorichigaeError UNKNOWN_PART */
export function choiceOf(parts: Readonly<Record<string, string>>): PartChoice {
  for (const name of Object.keys(parts)) {
    if (!(PART_NAMES as readonly string[]).includes(name)) throw new TorichigaeError('UNKNOWN_PART', name)
  }
  return parts
}

function checkIncident(incident: Incident, catalogue: Catalogue): void {
  const build = catalogue.build(incident.build)
  if (!catalogue.municipalities.has(incident.municipality)) {
    throw new TorichigaeError('BAD_FILE', `incident ${incident.id} at /municipality: "${incident.municipality}" is not in seeds/municipalities.json`)
  }
  if ((incident.script === undefined) === (incident.load === undefined)) {
    throw new TorichigaeError('BAD_FILE', `incident ${incident.id}: it has to have either a script or a load`)
  }
  for (const choice of [incident.repairs, ...incident.halfFixes.map(({ parts }) => parts ?? {})]) {
    const changed = { ...build, parts: { ...build.parts, ...choiceOf(choice) } }
    for (const name of PART_NAMES) partOf(changed, name)
  }
  const scripts = [incident.script, incident.witness?.script, ...incident.halfFixes.map(({ stillFails }) => stillFails.script)]
  for (const entry of scripts.flatMap((script) => script ?? [])) {
    if (!Object.hasOwn(incident.people.cast, entry.who)) throw new TorichigaeError('UNKNOWN_PERSON', `${entry.who} in ${incident.id}`)
  }
}
