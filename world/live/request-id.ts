import { randomUUID } from 'node:crypto'

/** The header in which a request's id travels, from node to node and back to whoever asked. */
export const REQUEST_ID_HEADER = 'x-request-id'

/** Letters, digits and little else, and no run of digits as long as an individual number or a record code. */
const WELL_FORMED = /^(?!.*\d{11})[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

/** An id that nobody else has. Its hyphens keep it from ever having digits enough in a row to look like somebody's number. */
export const newRequestId = (): string => randomUUID().slice(0, 18)

/** The id of a request: what its sender calls it if that is well-formed, else a new one. It is logged, so it may say nothing. */
export const requestIdOf = (sent: string | readonly string[] | undefined): string =>
  typeof sent === 'string' && WELL_FORMED.test(sent) ? sent : newRequestId()
