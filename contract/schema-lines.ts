import { IsArray, IsObject, type TObject, type TSchema } from 'typebox'

/**
 * Lines of JSON whose shape a schema says: written in the schema's own key order, so that the same value gives the same bytes
 * whoever built the object, and read without ever saying a value, which may be personal data.
 */

/** Gives the JSON text of a value. */
export type Writer = (value: unknown) => string
/** A JSON object of which nothing more is known. */
export type AnyObject = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object, not an array or null. */
export const isObject = (value: unknown): value is AnyObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whatever needs an escape in JSON, and surrogates, of which only single ones do: the rest needs quotes and no more. */
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/

/** The same text as `JSON.stringify` of the value, at a fraction of the time for the short values a history is made of. */
function writeLeaf(value: unknown): string {
  if (typeof value === 'string' && !NEEDS_CARE.test(value)) return `"${value}"`
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return JSON.stringify(value)
}

/** A writer of JSON in the schema's own key order; a value that is not as the schema says is written as it is. */
export function writerOf(schema: TSchema): Writer {
  if (IsObject(schema)) return objectWriter(schema)
  if (!IsArray(schema)) return writeLeaf
  const item = writerOf(schema.items)
  return (value) => (Array.isArray(value) ? `[${value.map(item).join(',')}]` : JSON.stringify(value))
}

function objectWriter(schema: TObject): Writer {
  const fields = Object.entries(schema.properties).map(([key, of]) => ({ key, label: `${JSON.stringify(key)}:`, write: writerOf(of) }))
  return (value) => {
    if (!isObject(value)) return JSON.stringify(value)
    let text = '{'
    for (const { key, label, write } of fields) {
      const field = value[key]
      if (field === undefined) continue
      text += text.length === 1 ? label + write(field) : `,${label}${write(field)}`
    }
    return `${text}}`
  }
}

/** The JSON value of a line; `undefined` where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A field, and why it is not as the schema says. The field is empty where it is the whole value. */
export interface WrongField {
  readonly field: string
  readonly what: string
}

/** The first field that is not as the schema says; never its value, which may be personal data. */
export function wrongField(check: { Errors(value: unknown): readonly { instancePath: string; message: string }[] }, value: unknown): WrongField {
  const [error] = check.Errors(value)
  return { field: error?.instancePath.slice(1) ?? '', what: error?.message ?? 'is not as the schema says' }
}

/** The same in words that go on after the name of a line. */
export function firstError(check: Parameters<typeof wrongField>[0], value: unknown): string {
  const { field, what } = wrongField(check, value)
  return field === '' ? what : `has a wrong field "${field}": it ${what}`
}
