import type { CertificateStatus, Resident } from '../contract/index.ts'
import { type Card, createCard } from '../kiosk-sim/card.ts'
import { AUTHORITY, type CertificateRecord, CERTIFICATES, issueCertificate, type Validity } from '../services/authority/authority.ts'
import { CARD_HOLDERS, type CardHolder } from '../services/centre/cards.ts'
import { AUTHORITY_SITE, CENTRE_SITE } from '../services/system.ts'
import type { CardPress } from '../world/ports.ts'
import type { Seeded } from '../world/stage.ts'

/** All cards have this PIN; nobody in this project's data is real. */
export const PIN = '1234'

/** Five years of a certificate and ten of a card, seen from a day early in both. Ours (`docs/parameters.md`). */
const CERTIFICATE_YEARS = { before: 1, after: 4 }
const CARD_YEARS_LEFT = 9

/** What is out of the ordinary about somebody's card. */
export interface CardOddity {
  readonly status?: CertificateStatus
  readonly validity?: Partial<Validity>
  readonly continued?: boolean
  /** `null`: none was ever set. */
  readonly pin?: string | null
  readonly expiresOn?: string
  readonly unreadable?: boolean
}

/** Makes people's cards, each with a certificate of the test authority, when somebody first asks for one. */
export class CardMaker {
  /** The authority's public key, by which the centre checks certificates. */
  readonly authorityKey: string
  private readonly authority: ReturnType<CardPress['makeKeys']>
  private readonly made = new Map<string, ReturnType<CardPress['makeKeys']>>()

  /**
   * @param day on which the cards are looked at
   * @param oddities by register key
   */
  constructor(
    private readonly press: CardPress,
    private readonly day: string,
    private readonly oddities: ReadonlyMap<string, CardOddity> = new Map(),
  ) {
    this.authority = press.makeKeys(AUTHORITY)
    this.authorityKey = this.authority.publicKey
  }

  /** The card a person carries at the beginning. */
  cardOf({ id, name, birthDate, sex, address }: Resident): Card {
    const { pin = PIN, expiresOn = yearsFrom(this.day, CARD_YEARS_LEFT), unreadable, validity } = this.oddities.get(id) ?? {}
    const { publicKey, privateKey } = this.keysOf(id)
    const good = { notBefore: yearsFrom(this.day, -CERTIFICATE_YEARS.before), notAfter: yearsFrom(this.day, CERTIFICATE_YEARS.after), ...validity }
    return createCard({
      ...(pin === null ? {} : { pin }),
      privateKey,
      face: { name, birthDate, sex, address },
      certificate: issueCertificate(this.press.sign, this.authority, certificateSerial(id), publicKey, good),
      expiresOn,
      ...(unreadable === true ? { unreadable } : {}),
    })
  }

  /** What authority and centre have of these people's cards: who holds each, and where he or she lives. */
  seeded(residents: readonly Resident[]): readonly Seeded[] {
    const certificates = residents.map(({ id }) => this.row(id, { resident: id, status: this.oddities.get(id)?.status ?? 'good' } satisfies CertificateRecord))
    const holders = residents.map(({ id, municipality }) => this.row(id, { resident: id, municipality, continued: this.oddities.get(id)?.continued ?? true } satisfies CardHolder))
    return [
      { site: AUTHORITY_SITE, table: CERTIFICATES, rows: certificates },
      { site: CENTRE_SITE, table: CARD_HOLDERS, rows: holders },
    ]
  }

  /** Certificates that are not in force, for the history. */
  get stopped(): readonly { readonly resident: string; readonly status: CertificateStatus }[] {
    return [...this.oddities].flatMap(([resident, { status = 'good' }]) => (status === 'good' ? [] : [{ resident, status }]))
  }

  private row(resident: string, data: CertificateRecord | CardHolder): Seeded['rows'][number] {
    const serial = certificateSerial(resident)
    return { key: serial, group: serial, data }
  }

  private keysOf(id: string): ReturnType<CardPress['makeKeys']> {
    const known = this.made.get(id)
    if (known !== undefined) return known
    const keys = this.press.makeKeys(certificateSerial(id))
    this.made.set(id, keys)
    return keys
  }
}

/** The serial of the certificate in a person's card. */
export const certificateSerial = (resident: string): string => `cert-${resident}`

/** The same day some years later or earlier; of a leap day the last of February. */
const yearsFrom = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) + years)}${day.endsWith('02-29') && years % 4 !== 0 ? '-02-28' : day.slice(4)}`
