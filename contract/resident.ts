import Type, { type Static } from 'typebox'

/** A calendar date, `YYYY-MM-DD`. */
export const IsoDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** What the register of record says about a resident who is a foreign national. */
export const ForeignItems = Type.Object({
  nationality: Type.String(),
  residenceStatus: Type.String(),
  periodOfStay: Type.String(),
  cardNumber: Type.String(),
})
export type ForeignItems = Static<typeof ForeignItems>

/** As the register has it and paper shows it (男, 女). */
export const Sex = Type.Enum(['male', 'female'])
export type Sex = Static<typeof Sex>

/** `moved-out` and `deceased` are stop-class: nothing may be issued any more (`incidents.md`, FRESH). */
export const ResidentStatus = Type.Enum(['resident', 'moved-out', 'deceased'])
export type ResidentStatus = Static<typeof ResidentStatus>

/**
 * One person in the resident register (住民基本台帳). `id` is the register's own key and is never printed.
 * `version` grows by one with every change and is the only order between two states of one person.
 * `relation` is the relationship to the head of household (続柄); the head's own is 世帯主.
 * Foreign nationals have no registered domicile; everybody else has one, with its head (筆頭者).
 */
export const Resident = Type.Object({
  id: Type.String(),
  municipality: Type.String(),
  household: Type.String(),
  name: Type.String(),
  kana: Type.String(),
  birthDate: IsoDate,
  sex: Sex,
  relation: Type.String(),
  address: Type.String(),
  becameResident: IsoDate,
  addressFixed: IsoDate,
  notified: IsoDate,
  previousAddress: Type.String(),
  domicile: Type.Optional(Type.String()),
  domicileHead: Type.Optional(Type.String()),
  individualNumber: Type.String(),
  recordCode: Type.String(),
  foreign: Type.Optional(ForeignItems),
  status: ResidentStatus,
  /** A protective measure (支援措置) is in force: all issue from shops is blocked. */
  restricted: Type.Boolean(),
  /** The day given in a move-out notice (転出届) that is in force: it blocks issue from shops for the whole household. */
  movingOutOn: Type.Optional(IsoDate),
  version: Type.Integer({ minimum: 1 }),
})
export type Resident = Static<typeof Resident>

/** The relationship a head of household has to himself or herself. */
export const HEAD_OF_HOUSEHOLD = '世帯主'

/** The four items in a card's chip (券面事項): the counter rewrites them when it changes the register. */
export const CardFace = Type.Object({
  name: Type.String(),
  birthDate: IsoDate,
  sex: Sex,
  address: Type.String(),
})
export type CardFace = Static<typeof CardFace>
