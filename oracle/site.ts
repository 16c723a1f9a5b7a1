import type { EventOf, History } from '../contract/index.ts'
import type { Verdict } from './judgement.ts'
import { timeOf } from './words.ts'

/**
 * How a site closes an error that it had: the document of that application came after all, or the same person applied again for the
 * same and got it.
 */
export type Closing = 'printed-normally' | 'applied-again'

/** An error that a site has in its own log. */
export interface SiteError {
  readonly application: string
  readonly code: string
  readonly atMs: number
  /** Left out where it is open. */
  readonly closedAs?: Closing
  /** Of one that is closed: every document that was handed over until then had been compared with its application. */
  readonly imagesCompared?: boolean
}

/** What a site makes of what happened there. */
export interface SiteJudgement {
  /** Never `violation`: a site has nothing to compare a paper with. An error that stays open is `unknown`. */
  readonly verdict: Exclude<Verdict, 'violation'>
  readonly errors: readonly SiteError[]
  /** ALARM, in a sentence for each error that was closed before every image that had been handed over was compared. */
  readonly alarms: readonly string[]
}

/** A person who gives up is no error of the site's. */
const OF_THE_PERSON: ReadonlySet<string> = new Set(['USER_CANCELLED'])

/**
 * The site observer: sees what a real site has, its log, the applications that reached it and the documents that it handed over,
 * and closes errors as sites did in 2023 (Adachi: "applied again, printed normally"). It sees neither paper nor register, and so
 * nothing that went wrong without an error.
 *
 * ALARM is asked of how it closes them: an anomaly is closed only by comparing images. That the person's own document came in the
 * end says nothing of what others got meanwhile; so of all that the municipality handed over from that application on until its error
 * was closed the images have to have been compared, and have agreed.
 */
export function judgeAsSite({ events }: History): SiteJudgement {
  const asked = new Map<string, EventOf<'invoke', 'apply'>>()
  const handedOver: { readonly i: number; readonly application: string }[] = []
  const logged = new Map<string, EventOf<'info', 'log'> & { readonly application: string }>()
  const compared = new Set<string>()
  for (const event of events) {
    if (event.type === 'invoke' && event.f === 'apply') asked.set(event.application, event)
    else if (event.type === 'ok' && event.f === 'document' && event.state === 'ready') handedOver.push(event)
    else if (event.type === 'info' && event.f === 'comparison' && event.agreed) compared.add(event.application)
    else if (event.type === 'info' && event.f === 'log' && isError(event)) logged.set(`${event.application} ${event.code}`, event)
  }
  const forWhom = (application: string): string | undefined => {
    const apply = asked.get(application)
    return apply === undefined ? undefined : `${apply.applicant} ${apply.wish.type}`
  }
  const closing = ({ i, application }: { readonly i: number; readonly application: string }): Pick<SiteError, 'closedAs' | 'imagesCompared'> => {
    const later = handedOver.filter((document) => document.i > i)
    const person = forWhom(application)
    const own = later.find((document) => document.application === application)
    const by = own ?? (person === undefined ? undefined : later.find((document) => forWhom(document.application) === person))
    if (by === undefined) return {}
    const since = asked.get(application)?.i ?? i
    const where = asked.get(application)?.municipality
    const meanwhile = handedOver.filter((document) => since < document.i && document.i <= by.i && asked.get(document.application)?.municipality === where)
    return { closedAs: own === undefined ? 'applied-again' : 'printed-normally', imagesCompared: meanwhile.every((document) => compared.has(document.application)) }
  }
  const errors = [...logged.values()].map((event): SiteError => ({ application: event.application, code: event.code, atMs: event.atMs, ...closing(event) }))
  const verdict = errors.every(({ closedAs }) => closedAs !== undefined) ? 'pass' : 'unknown'
  return { verdict, errors, alarms: errors.flatMap(alarm) }
}

const CLOSED_WORDS: Readonly<Record<Closing, string>> = {
  'printed-normally': 'its document came after all',
  'applied-again': 'the person applied again and it was printed normally',
}

function alarm(error: SiteError): string[] {
  const { application, code, closedAs, imagesCompared } = error
  if (closedAs === undefined || imagesCompared === true) return []
  return [`The error ${code} of application ${application} at ${timeOf(error)} was closed because ${CLOSED_WORDS[closedAs]}; not every image that was handed over until then had been compared with its application.`]
}

function isError(event: EventOf<'info', 'log'>): event is EventOf<'info', 'log'> & { readonly application: string } {
  return event.level === 'error' && event.application !== undefined && !OF_THE_PERSON.has(event.code)
}
