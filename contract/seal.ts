import Type, { type Static } from 'typebox'
import { IsoDate } from './resident.ts'

/** `revoked` is stop-class: nothing may be issued any more (`incidents.md`, FRESH). */
export const SealStatus = Type.Enum(['active', 'revoked'])
export type SealStatus = Static<typeof SealStatus>

/**
 * One person's registration in the seal register (印鑑登録): one a person. A revoked one stays on record (廃止・抹消), and
 * somebody who registers again goes on with the next version, so `version` is the only order between two states of it.
 * `impression` is what the seal's impression (印影) shows: the characters cut into it, 2 to 6 of them.
 */
export const SealRegistration = Type.Object({
  resident: Type.String(),
  municipality: Type.String(),
  impression: Type.String({ pattern: '^\\S+$' }),
  registeredOn: IsoDate,
  status: SealStatus,
  version: Type.Integer({ minimum: 1 }),
})
export type SealRegistration = Static<typeof SealRegistration>

/** Younger people cannot register a seal: 15 years, by the ordinances' model (`domain.md`, sections 2 and 3). */
export const SEAL_AGE_MIN = 15
