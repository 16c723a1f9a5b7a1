import { IsArray, IsObject, type TObject, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { HistoryEvent, HistoryFooter, HistoryHeader } from './history.ts'

/**
 * How each line of a history file is written and checked, made once from the schemas: a writer in the schema's own key
 * order, and one compiled check for each kind of event, so that an event costs one look-up and one check.
 */
type Writer = (value: unknown) => string
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
function writerOf(schema: TSchema): Writer {
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

/** The header's line, keys in the schema's order. */
export const writeHeader = writerOf(HistoryHeader)
/** The footer's line, keys in the schema's order. */
export const writeFooter = writerOf(HistoryFooter)
/** Whether a JSON value is a header, and which field is wrong. */
export const headerCheck = Compile(HistoryHeader)
/** Whether a JSON value is a footer, and which field is wrong. */
export const footerCheck = Compile(HistoryFooter)

/** What is known of one kind of event: how it is written and how it is checked. */
const KINDS = HistoryEvent.anyOf.map((schema) => ({
  type: schema.properties.type.const,
  f: schema.properties.f.const,
  write: writerOf(schema),
  check: Compile<TSchema>(schema),
}))
/** One kind of event: its `type` and `f`, its writer and its check. */
export type Kind = (typeof KINDS)[number]

/** By `f`, then `type`: one look-up and one check instead of a check against each member of the union. */
const KIND_BY_F: ReadonlyMap<unknown, ReadonlyMap<unknown, Kind>> = new Map(
  KINDS.map(({ f }) => [f, new Map(KINDS.filter((kind) => kind.f === f).map((kind) => [kind.type, kind]))]),
)

/** The kind of an event-like object; `undefined` where its `type` and `f` name none. */
export const kindOf = (event: { readonly f?: unknown; readonly type?: unknown }): Kind | undefined =>
  KIND_BY_F.get(event.f)?.get(event.type)
