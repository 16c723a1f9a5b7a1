import type { EventOf, History } from '../contract/index.ts'
import type { Verdict } from './judgement.ts'

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
}

/** What a site makes of what happened there. */
export interface SiteJudgement {
  /** Never `violation`: a site has nothing to compare a paper with. An error that stays open is `unknown`. */
  readonly verdict: Exclude<Verdict, 'violation'>
  readonly errors: readonly SiteError[]
}

/** A person who gives up is no error of the site's. */
const OF_THE_PERSON: ReadonlySet<string> = new Set(['USER_CANCELLED'])

/**
 * The site observer: sees what a real site has, its log, the applications that reached it and the documents that it handed over,
 * and closes errors as sites did in 2023 (Adachi: "applied again, printed normally"). It sees neither paper nor register, and so
 * nothing that went wrong without an error.
 */
export function judgeAsSite({ events }: History): SiteJudgement {
  const asked = new Map<string, EventOf<'invoke', 'apply'>>()
  const handedOver: { readonly i: number; readonly application: string }[] = []
  const logged = new Map<string, EventOf<'info', 'log'> & { readonly application: string }>()
  for (const event of events) {
    if (event.type === 'invoke' && event.f === 'apply') asked.set(event.application, event)
    else if (event.type === 'ok' && event.f === 'document' && event.state === 'ready') handedOver.push(event)
    else if (event.type === 'info' && event.f === 'log' && isError(event)) logged.set(`${event.application} ${event.code}`, event)
  }
  const forWhom = (application: string): string | undefined => {
    const apply = asked.get(application)
    return apply === undefined ? undefined : `${apply.applicant} ${apply.wish.type}`
  }
  const closing = ({ i, application }: { readonly i: number; readonly application: string }): Closing | undefined => {
    const later = handedOver.filter((document) => document.i > i)
    if (later.some((document) => document.application === application)) return 'printed-normally'
    const person = forWhom(application)
    return person !== undefined && later.some((document) => forWhom(document.application) === person) ? 'applied-again' : undefined
  }
  const errors = [...logged.values()].map((event): SiteError => {
    const closedAs = closing(event)
    return { application: event.application, code: event.code, atMs: event.atMs, ...(closedAs === undefined ? {} : { closedAs }) }
  })
  return { verdict: errors.every(({ closedAs }) => closedAs !== undefined) ? 'pass' : 'unknown', errors }
}

function isError(event: EventOf<'info', 'log'>): event is EventOf<'info', 'log'> & { readonly application: string } {
  return event.level === 'error' && event.application !== undefined && !OF_THE_PERSON.has(event.code)
}
