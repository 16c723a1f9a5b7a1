/**
 * Arbitraries for fast-check: certificates as sheets, wishes, populations, whole incidents and histories of their runs. For
 * whoever tests an issuing system by properties. fast-check is yours to bring (`peerDependencies`).
 */
export { histories } from './histories.ts'
export { incidents, type IncidentOptions } from './incidents.ts'
export { populations } from './populations.ts'
export { certificateSheets, HARD_NAMES } from './sheets.ts'
export { wishes } from './wishes.ts'
