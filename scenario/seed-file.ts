import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { TorichigaeError } from '../contract/index.ts'

/** What stands in one file under `seeds/`, and which file that is. */
export interface SeedFile<T> {
  readonly path: string
  readonly value: T
}

/** Reads and checks one JSON file. @throws TorichigaeError NO_FILE; BAD_FILE with the file and the place in it */
export function readSeed<T extends TSchema>(file: URL, schema: T): SeedFile<Static<T>> {
  const path = fileURLToPath(file)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new TorichigaeError('NO_FILE', path, { cause: error })
  }
  return { path, value: checkSeed(path, text, schema) }
}

/** All JSON files of a folder, in the order of their names. @throws TorichigaeError NO_FILE, BAD_FILE */
export function readFolder<T extends TSchema>(folder: URL, schema: T): SeedFile<Static<T>>[] {
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
  } catch (error) {
    throw new TorichigaeError('NO_FILE', fileURLToPath(folder), { cause: error })
  }
  return names.map((name) => readSeed(new URL(name, folder), schema))
}

/** Files by a key in them. @throws TorichigaeError BAD_FILE where two have the same */
export function byKey<T>(files: readonly SeedFile<T>[], keyOf: (value: T) => string): ReadonlyMap<string, SeedFile<T>> {
  const map = new Map<string, SeedFile<T>>()
  for (const file of files) {
    const key = keyOf(file.value)
    const known = map.get(key)
    if (known !== undefined) throw new TorichigaeError('BAD_FILE', `"${key}" is there twice, in ${known.path} and in ${file.path}`)
    map.set(key, file)
  }
  return map
}

/** Does something with what stands at a place of a file; what goes wrong then says which place that is. */
export function inFile<T>(path: string, place: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    if (!(error instanceof TorichigaeError)) throw error
    throw new TorichigaeError(error.code, `${error.detail}, in ${path} at ${place}`, { cause: error })
  }
}

/** One key as a part of a place (RFC 6901), for keys with a slash in them. */
export const placePart = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

function checkSeed<T extends TSchema>(path: string, text: string, schema: T): Static<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new TorichigaeError('BAD_FILE', `${path} is no JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error })
  }
  const check = Compile(schema)
  if (check.Check(value)) return value
  // Each form of a union complains of each field; the default of 8 errors would end before the form that was meant.
  Settings.Set({ maxErrors: ERRORS_MAX })
  throw new TorichigaeError('BAD_FILE', `${path} at ${tellingError(check.Errors(value))}`)
}

const ERRORS_MAX = 200

/** What a strict object says of a field that it does not know. */
const UNKNOWN_FIELD = 'schema is false'

/**
 * Of all errors the one that tells most: where one of several forms would do, each form complains, and the form that was
 * meant is the one that fits furthest in.
 */
function tellingError(errors: readonly { readonly instancePath: string; readonly message: string }[]): string {
  const depth = ({ instancePath }: { instancePath: string }): number => instancePath.split('/').length
  const deepest = Math.max(...errors.map(depth))
  const telling = errors.filter((error) => depth(error) === deepest)
  const error = telling.find(({ message }) => message !== UNKNOWN_FIELD) ?? telling[0]
  const what = error?.message === UNKNOWN_FIELD ? 'is no field of such a file' : (error?.message ?? 'is not as the schema says')
  return `${error?.instancePath === '' ? '/' : (error?.instancePath ?? '/')}: it ${what}`
}
