import { type History, type HistoryEvent, isTaxType, type Wish } from '../contract/index.ts'

/** One line of a told history: when, who, and what happened in a sentence. */
export interface ToldEvent {
  readonly atMs: number
  readonly time: string
  readonly process: string
  readonly sentence: string
}

/** Tells a history in the order in which it happened, register states at the beginning and empty polls left out. */
export function narrate({ events }: History): ToldEvent[] {
  const names = new Map<string, string>()
  const told: ToldEvent[] = []
  for (const event of events) {
    if (event.f === 'registered') names.set(event.resident.id, event.resident.name)
    else if (event.f === 'family-registered') for (const { id, name } of event.register.members) names.set(id, name)
    const sentence = sentenceOf(event, (resident) => names.get(resident) ?? resident)
    if (sentence !== undefined) told.push({ atMs: event.atMs, time: clockTime(event.atMs), process: event.process, sentence })
  }
  return told
}

/** `14:50:36.000` of milliseconds since midnight. */
export function clockTime(atMs: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const ms = String(Math.floor(atMs % 1_000)).padStart(3, '0')
  return `${two(atMs / 3_600_000)}:${two((atMs / 60_000) % 60)}:${two((atMs / 1_000) % 60)}.${ms}`
}

type NameOf = (resident: string) => string

function sentenceOf(event: HistoryEvent, nameOf: NameOf): string | undefined {
  switch (event.f) {
    case 'session':
      return event.type === 'invoke' ? `${nameOf(event.resident)} steps up to kiosk ${event.kiosk}` : 'leaves'
    case 'authenticate':
      if (event.type === 'fail') return `the card is refused: ${event.code}${event.triesLeft === undefined ? '' : `, tries left ${String(event.triesLeft)}`}`
      return event.type === 'ok' ? 'card and PIN are accepted' : undefined
    case 'apply':
      if (event.type === 'invoke') return `asks for ${wishWords(event.wish)}, copies ${String(event.wish.copies)} (${event.application})`
      return event.type === 'fail' ? `is refused: ${event.code}` : undefined
    case 'document':
      if (event.type === 'fail') return `gets no certificate: ${event.code}`
      return event.type === 'ok' && event.state === 'ready' ? `the certificate arrives, pages ${String(event.pages ?? 0)}` : undefined
    case 'pay':
      if (event.type === 'fail') return `does not pay: ${event.code}`
      return event.type === 'ok' ? `pays ${String(event.yen)} yen` : undefined
    case 'print':
      return event.type === 'invoke' ? undefined : printWords(event)
    case 'refund':
      return `gets a refund ticket over ${String(event.yen)} yen`
    case 'outcome':
      return undefined
    case 'alarm':
      return event.op === 'sounds' ? `the alarm over a forgotten ${event.about} sounds` : `somebody presses stop and takes the ${event.about} into keeping`
    case 'counter':
      return event.type === 'ok' ? `${event.operation}: ${peopleOf(event).map(nameOf).join(', ')}` : undefined
    case 'domicile-user':
      // At the beginning the register says who is.
      return event.process === 'register' ? undefined : `registers ${nameOf(event.resident)} for use of the family registers from ${event.from} on`
    default:
      return insideSentence(event)
  }
}

/** Whomever an operation changed something for. */
const peopleOf = ({ residents, seals = [], certificates = [] }: Extract<HistoryEvent, { f: 'counter'; type: 'ok' }>): string[] => [
  ...residents.map(({ id }) => id),
  ...seals.map(({ resident }) => resident),
  ...certificates.map(({ resident }) => resident),
]

function wishWords({ type, scope }: Wish): string {
  const words = TYPE_WORDS[type]
  if (type === 'seal-certificate' || type === 'family-register' || isTaxType(type)) return words
  if (scope === 'household') return `${words} of the whole household`
  return scope === 'applicant' ? `${words} of himself or herself` : `${words} of ${String(scope.length)} members`
}

const TYPE_WORDS: Readonly<Record<Wish['type'], string>> = {
  'residence-record': 'a residence record',
  'certificate-of-items': 'a certificate of items',
  'seal-certificate': 'a seal certificate',
  'income-tax-certificate': 'an income and tax certificate',
  'tax-payment-certificate': 'a tax payment certificate',
  'family-register': 'a family register, all records',
  'family-register-extract': 'an extract of a family register',
  'register-supplement': 'a supplement of a family register',
}

function printWords(event: Extract<HistoryEvent, { f: 'print'; type: 'ok' | 'fail' }>): string {
  if (event.type === 'fail') return `the printer fails${event.code === undefined ? '' : `: ${event.code}`}, sheets in the tray: ${String(event.sheets.length)}`
  if (event.sheets.length === 0) return 'nothing comes out of the printer'
  const shown = event.sheets.flatMap(({ text }) => text.filter((line) => line.startsWith('氏名 ')).map((line) => line.slice(3)))
  return `sheets in the tray: ${String(event.sheets.length)}, showing ${[...new Set(shown)].join(', ')}`
}

function insideSentence(event: HistoryEvent): string | undefined {
  switch (event.f) {
    case 'link':
      return event.type === 'invoke' ? 'a link run begins' : `the link run ends (${event.type})`
    case 'replica':
      return `the replica takes over version ${String(event.version)} of ${event.resident}`
    case 'work-file':
      return `${WORK_FILE_WORDS[event.op]} ${event.name} for ${event.application}`
    case 'comparison':
      return `compares the document of ${event.application} with what was asked for: they ${event.agreed ? 'agree' : 'do not agree'}`
    case 'image':
      return `draws the image for ${event.application}`
    case 'log':
      return `logs ${event.level} ${event.code}${event.application === undefined ? '' : ` for ${event.application}`}`
    case 'node':
      return `${event.node}: ${event.op}`
    default:
      return undefined
  }
}

const WORK_FILE_WORDS = { write: 'writes', read: 'reads', remove: 'removes' } as const
