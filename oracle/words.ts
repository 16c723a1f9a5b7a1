import { type CertificateType, type HistoryEvent, isTaxType, type Wish } from '../contract/index.ts'
import type { Application } from './application.ts'
import type { HistoryIndex } from './index-of-history.ts'
import type { Paper } from './paper.ts'

/**
 * The turns of phrase that explanations share: times of day, who asked, what came out. A clerk reads them beside the papers,
 * so they say kiosk, time and name, and no key or digest where a name will do.
 */
const DAY_MS = 86_400_000
const two = (value: number): string => String(value).padStart(2, '0')

/** `14:50:12`, and with the day where the history runs beyond its first: `14:50:12 on day 2`. */
export function timeOf(event: { readonly atMs: number }): string {
  const seconds = Math.floor(event.atMs / 1000)
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return event.atMs < DAY_MS ? time : `${time} on day ${String(Math.floor(event.atMs / DAY_MS) + 1)}`
}

/** `A, B and C`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

/** `At 14:50:12 kiosk city-hall-1 printed`. */
export const printedAt = ({ print }: Paper): string => `At ${timeOf(print)} kiosk ${print.kiosk} printed`

/** What came out, as a clerk calls it. */
export const documentName = (paper: Paper): string => (paper.type === undefined ? 'a certificate' : TYPE_WORDS[paper.type])

const TYPE_WORDS: Readonly<Record<CertificateType, string>> = {
  'residence-record': 'a residence record',
  'certificate-of-items': 'a certificate of items',
  'seal-certificate': 'a seal certificate',
  'income-tax-certificate': 'an income and tax certificate',
  'tax-payment-certificate': 'a tax payment certificate',
  'family-register': 'a certificate of a family register',
  'family-register-extract': 'an extract of a family register',
  'register-supplement': 'a supplement of a family register',
}

/** `山田　太郎 had asked at kiosk shop-1 at 14:35:00 for the whole household`. */
export function askedFor(index: HistoryIndex, { id, apply }: Application): string {
  if (apply === undefined) return `Nobody is recorded to have asked for application ${id}`
  const { applicant, kiosk, wish } = apply
  return `${index.nameOf(applicant)} had asked at kiosk ${kiosk} at ${timeOf(apply)} for ${wishWords(index, wish)}`
}

function wishWords(index: HistoryIndex, { type, scope }: Wish): string {
  const words = TYPE_WORDS[type]
  if (type === 'seal-certificate' || type === 'family-register' || isTaxType(type)) return words
  if (scope === 'household') return `${words} of the whole household`
  if (scope === 'applicant') return `${words} of the applicant alone`
  return `${words} of ${listed(scope.map((id) => index.nameOf(id)))}`
}

/** The `i` of those events that are there, in order, each once. */
export function proof(...events: readonly (Pick<HistoryEvent, 'i'> | undefined)[]): number[] {
  const numbers = events.flatMap((event) => (event === undefined ? [] : [event.i]))
  return [...new Set(numbers)].sort((a, b) => a - b)
}
