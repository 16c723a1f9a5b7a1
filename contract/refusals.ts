/**
 * Why the issuing side, the centre or the kiosk says no, with the sentence the touch panel shows and the HTTP status a
 * kiosk gets. The codes are those of `domain.md`, section 5; a refusal never takes money.
 */
export const REFUSALS = {
  PIN_WRONG: { status: 403, ja: '暗証番号が違います。', en: 'The PIN is wrong.' },
  PIN_LOCKED: { status: 403, ja: '暗証番号がロックされています。窓口で解除してください。', en: 'The PIN is locked. It is unlocked at the counter.' },
  CARD_UNREADABLE: { status: 403, ja: 'カードを読み取れません。', en: 'The card cannot be read.' },
  CERTIFICATE_REVOKED: { status: 403, ja: '利用者証明用電子証明書が失効しています。', en: 'The card\'s user-authentication certificate has been revoked.' },
  MUNICIPALITY_NOT_PARTICIPATING: { status: 404, ja: 'この市区町村はサービスを行っていません。', en: 'This municipality does not take part.' },
  TYPE_NOT_OFFERED: { status: 403, ja: 'この証明書は取り扱っていません。', en: 'This certificate is not offered here.' },
  OUT_OF_HOURS: { status: 403, ja: 'サービス時間外です（6時30分から23時まで）。', en: 'Outside service hours (06:30 to 23:00).' },
  YEAR_END: { status: 403, ja: '年末年始（12月29日から1月3日まで）は休止しています。', en: 'Closed from 29 December to 3 January.' },
  NOT_IN_REGISTER: { status: 403, ja: '証明書を発行できる登録がありません。窓口へお越しください。', en: 'There is no registration to issue from. Please come to the counter.' },
  NOT_ENTITLED: { status: 403, ja: '指定された方の証明書は請求できません。', en: 'You may not request a certificate of the person chosen.' },
  SUPPORT_MEASURE: { status: 403, ja: 'コンビニエンスストアでは発行できません。窓口へお越しください。', en: 'It cannot be issued from a shop. Please come to the counter.' },
  MOVED_OUT: { status: 403, ja: '転出のため発行できません。', en: 'The person has moved out.' },
  DECEASED: { status: 403, ja: '死亡の届出があるため発行できません。', en: 'The person is recorded as deceased.' },
  REGISTER_BEING_UPDATED: { status: 409, ja: '住民記録を更新中です。時間をおいてお試しください。', en: 'The register is being updated. Please try again later.' },
  UNDER_AGE: { status: 403, ja: '15歳未満の方は利用できません。', en: 'People under 15 cannot use the service.' },
  SEAL_NOT_REGISTERED: { status: 403, ja: '印鑑登録がありません。', en: 'No seal is registered.' },
  SEAL_REVOKED: { status: 403, ja: '印鑑登録は廃止されています。', en: 'The seal registration has been revoked.' },
  GLYPH_PENDING: { status: 409, ja: '印刷できない文字が含まれています。窓口へお越しください。', en: 'A character cannot be printed yet. Please come to the counter.' },
  TEXT_TOO_LONG: { status: 409, ja: '記載内容が様式に収まりません。窓口へお越しください。', en: 'The text does not fit the form. Please come to the counter.' },
  PRINT_MISMATCH: { status: 409, ja: '印刷データが申請内容と一致しないため中止しました。', en: 'The print data do not agree with the application; it was stopped.' },
  SERVER_TIMEOUT: { status: 504, ja: '証明発行サーバの処理が時間内に終わりませんでした。', en: 'The issuing server did not finish in time.' },
  SERVER_ERROR: { status: 502, ja: '証明発行サーバで処理できませんでした。', en: 'The issuing server could not process the application.' },
  CENTRE_TIMEOUT: { status: 504, ja: '時間内に証明書が届きませんでした。', en: 'The certificate did not arrive in time.' },
  USER_CANCELLED: { status: 409, ja: '取り消されました。', en: 'It was cancelled.' },
  MONEY_SHORT: { status: 402, ja: '料金が不足しています。', en: 'Not enough money was put in.' },
  SESSION_UNKNOWN: { status: 401, ja: '最初からやり直してください。', en: 'The session is not known here. Please start again.' },
  APPLICATION_UNKNOWN: { status: 404, ja: '申請が見つかりません。', en: 'No such application.' },
} as const satisfies Record<string, { status: number; ja: string; en: string }>

export type RefusalCode = keyof typeof REFUSALS
/** All codes, in the table's order. */
export const REFUSAL_CODES = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]

/** Thrown by services where an application ends in a refusal. The message is the code; no personal data. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(readonly code: RefusalCode) {
    super(code)
  }
}
