import type { PassingFactory } from './passing.ts'

/** Repaired, K4: a document is handed over whole. */
export const wholeDocument: PassingFactory = () => ({ pass: (_world, _type, sheets) => Promise.resolve(sheets) })
