import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { HistoryEvent, HistoryFooter, HistoryHeader } from './history.ts'
import { writerOf } from './schema-lines.ts'

/**
 * How each line of a history file is written and checked, made once from the schemas: a writer in the schema's own key
 * order, and one compiled check for each kind of event, so that an event costs one look-up and one check.
 */

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
