/**
 * Why the issuing side, the centre or the kiosk says no: who says so, the sentence the touch panel shows, and the HTTP status
 * a kiosk gets where it comes over the network. The codes are those of `domain.md`, section 5. A refusal never keeps money:
 * most come before payment, and the printer's troubles come with a refund ticket.
 */
export const REFUSALS = {
  PIN_WRONG: { status: 403, by: 'kiosk', ja: '暗証番号が違います。', en: 'The PIN is wrong.' },
  PIN_LOCKED: { status: 403, by: 'kiosk', ja: '暗証番号がロックされています。窓口で解除してください。', en: 'The PIN is locked. It is unlocked at the counter.' },
  PIN_NOT_SET: { status: 403, by: 'kiosk', ja: '暗証番号が設定されていないカードです。窓口へお越しください。', en: 'The card has no PIN. Please come to the counter.' },
  CARD_UNREADABLE: { status: 403, by: 'kiosk, centre', ja: 'カードを読み取れません。', en: 'The card cannot be read.' },
  CARD_EXPIRED: { status: 403, by: 'kiosk', ja: 'カードの有効期限が切れています。', en: 'The card has expired.' },
  CERTIFICATE_EXPIRED: { status: 403, by: 'centre', ja: '利用者証明用電子証明書の有効期限が切れています。', en: 'The card\'s user-authentication certificate has expired.' },
  CERTIFICATE_REVOKED: { status: 403, by: 'centre', ja: '利用者証明用電子証明書が失効しています。', en: 'The card\'s user-authentication certificate has been revoked.' },
  CERTIFICATE_SUSPENDED: { status: 403, by: 'centre', ja: '利用者証明用電子証明書が一時停止されています。', en: 'The card\'s user-authentication certificate is suspended, since the card was reported lost.' },
  NOT_YET_ACTIVE: { status: 403, by: 'centre', ja: 'このカードはまだ利用できません。翌日以降にお試しください。', en: 'The card does not work yet. Please try again from tomorrow.' },
  MOVED_IN_NOT_CONTINUED: { status: 403, by: 'centre', ja: '転入後のカードの継続利用手続が済んでいません。窓口へお越しください。', en: 'The card has not been continued since the move. Please come to the counter.' },
  MUNICIPALITY_NOT_PARTICIPATING: { status: 404, by: 'centre', ja: 'この市区町村はサービスを行っていません。', en: 'This municipality does not take part.' },
  TYPE_NOT_OFFERED: { status: 403, by: 'issuing', ja: 'この証明書は取り扱っていません。', en: 'This certificate is not offered here.' },
  OUT_OF_HOURS: { status: 403, by: 'centre', ja: 'サービス時間外です。', en: 'Outside service hours.' },
  YEAR_END: { status: 403, by: 'centre', ja: '年末年始（12月29日から1月3日まで）は休止しています。', en: 'Closed from 29 December to 3 January.' },
  MAINTENANCE: { status: 403, by: 'centre', ja: '保守のため休止しています。', en: 'Closed for maintenance.' },
  NOT_IN_REGISTER: { status: 403, by: 'issuing', ja: '証明書を発行できる登録がありません。窓口へお越しください。', en: 'There is no registration to issue from. Please come to the counter.' },
  NOT_ENTITLED: { status: 403, by: 'issuing', ja: '指定された方の証明書は請求できません。', en: 'You may not request a certificate of the person chosen.' },
  SUPPORT_MEASURE: { status: 403, by: 'issuing', ja: 'コンビニエンスストアでは発行できません。窓口へお越しください。', en: 'It cannot be issued from a shop. Please come to the counter.' },
  MOVED_OUT: { status: 403, by: 'issuing', ja: '転出のため発行できません。', en: 'The person has moved out.' },
  MOVE_OUT_NOTICE: { status: 403, by: 'issuing', ja: '転出の届出があるため発行できません。窓口へお越しください。', en: 'A move-out notice stands in the household. Please come to the counter.' },
  DECEASED: { status: 403, by: 'issuing', ja: '死亡の届出があるため発行できません。', en: 'The person is recorded as deceased.' },
  REGISTER_BEING_UPDATED: { status: 409, by: 'issuing', ja: '住民記録を更新中です。時間をおいてお試しください。', en: 'The register is being updated. Please try again later.' },
  UNDER_AGE: { status: 403, by: 'issuing', ja: '利用できる年齢に達していません。', en: 'The person is below the age from which the service can be used.' },
  DOMICILE_USE_NOT_REGISTERED: { status: 403, by: 'issuing', ja: '本籍地証明書の利用登録がされていません。登録には数日かかります。', en: 'Use of the family registers here has not been registered. Registering takes some days.' },
  SEAL_NOT_REGISTERED: { status: 403, by: 'issuing', ja: '印鑑登録がありません。', en: 'No seal is registered.' },
  SEAL_REVOKED: { status: 403, by: 'issuing', ja: '印鑑登録は廃止されています。', en: 'The seal registration has been revoked.' },
  TAX_NO_RECORD: { status: 403, by: 'issuing', ja: '課税情報がありません。申告が必要です。窓口へお越しください。', en: 'There is no tax record: nothing has been filed. Please come to the counter.' },
  TAX_NOT_RESIDENT_ON_1_JANUARY: { status: 403, by: 'issuing', ja: '1月1日現在の住所が市外のため発行できません。', en: 'The person did not live here on 1 January.' },
  TAX_OLD_YEAR: { status: 403, by: 'issuing', ja: '最新年度以外の証明書は取り扱っていません。', en: 'Only the newest fiscal year is certified from a shop.' },
  GLYPH_PENDING: { status: 409, by: 'issuing', ja: '印刷できない文字が含まれています。窓口へお越しください。', en: 'A character cannot be printed yet. Please come to the counter.' },
  TEXT_TOO_LONG: { status: 409, by: 'issuing', ja: '記載内容が様式に収まりません。窓口へお越しください。', en: 'The text does not fit the form. Please come to the counter.' },
  PRINT_MISMATCH: { status: 409, by: 'issuing', ja: '印刷データが申請内容と一致しないため中止しました。', en: 'The print data do not agree with the application; it was stopped.' },
  SERVER_TIMEOUT: { status: 504, by: 'issuing', ja: '証明発行サーバの処理が時間内に終わりませんでした。', en: 'The issuing server did not finish in time.' },
  SERVER_ERROR: { status: 502, by: 'issuing', ja: '証明発行サーバで処理できませんでした。', en: 'The issuing server could not process the application.' },
  CENTRE_TIMEOUT: { status: 504, by: 'kiosk', ja: '時間内に証明書が届きませんでした。', en: 'The certificate did not arrive in time.' },
  SESSION_UNKNOWN: { status: 401, by: 'centre', ja: '最初からやり直してください。', en: 'The session is not known here. Please start again.' },
  APPLICATION_UNKNOWN: { status: 404, by: 'centre, issuing', ja: '申請が見つかりません。', en: 'No such application.' },
  USER_CANCELLED: { status: 409, by: 'kiosk, issuing', ja: '取り消されました。', en: 'It was cancelled.' },
  MONEY_SHORT: { status: 402, by: 'kiosk', ja: '料金が不足しています。', en: 'Not enough money was put in.' },
  PAPER_JAM: { status: 409, by: 'kiosk', ja: '用紙が詰まりました。返金票をお取りください。', en: 'The paper has jammed. Please take the refund ticket.' },
  NO_PAPER: { status: 409, by: 'kiosk', ja: '用紙がなくなりました。返金票をお取りください。', en: 'The paper has run out. Please take the refund ticket.' },
  NO_TONER: { status: 409, by: 'kiosk', ja: 'トナーがなくなりました。返金票をお取りください。', en: 'The toner has run out. Please take the refund ticket.' },
  KIOSK_STOPPED: { status: 409, by: 'kiosk', ja: '停電等のため中止しました。返金票をお取りください。', en: 'The kiosk had to stop before printing. Please take the refund ticket.' },
  PAPER_UNKNOWN: { status: 409, by: 'kiosk', ja: '停電等のため印刷を確認できません。返金票をお取りください。', en: 'After an interruption nobody can say whether it was printed. Please take the refund ticket.' },
  CARD_LEFT: { status: 409, by: 'kiosk', ja: 'カードをお忘れです。', en: 'The card was left in the reader.' },
  PAPER_LEFT: { status: 409, by: 'kiosk', ja: '証明書をお忘れです。', en: 'The certificate was left in the tray.' },
} as const satisfies Record<string, { status: number; by: string; ja: string; en: string }>

export type RefusalCode = keyof typeof REFUSALS
/** All codes, in the table's order. */
export const REFUSAL_CODES = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]

/** Thrown where a session or an application ends in a refusal. The message is the code; no personal data. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** @param triesLeft after a wrong PIN: so often it may be tried before it locks, as the card says (status word 63Cx). */
  constructor(
    readonly code: RefusalCode,
    readonly triesLeft?: number,
  ) {
    super(code)
  }
}
