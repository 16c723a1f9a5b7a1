import type { Arena, Attempt, Found } from './arena.ts'
import { exhaust, type ExhaustiveEnd, Redundant, type Scope } from './exhaustive.ts'

/** What of a scenario is searched in every order. */
export const SECTIONS = {
  sessions: 'all steps of kiosks and of the issuing system; links come by default',
  links: 'the steps of registers and of their links; all others come by default',
  print: 'the steps of the print workers, once every application of the script was made; all others come by default',
  files: 'what print workers do with work files and the numbers in their names, once every application of the script was made; all others come by default',
  exchange: 'what print workers and the exchange do with requests and answers; all others come by default',
  slot: 'what print workers do with the slot through which sheets pass; all others come by default',
} as const satisfies Record<string, string>
export type SectionName = keyof typeof SECTIONS

/** A search in every order, and what it found. */
export interface SectionEnd extends ExhaustiveEnd {
  /** Of the schedules, those that broke what is looked for. */
  readonly failing: number
  readonly found: Found | undefined
  /** What schedules broke, with whose application, and how many of them broke just that; "nothing" is an end too. */
  readonly ends: ReadonlyMap<string, number>
  /** Runs that did not come to their end, or of which what is looked for could not be judged. */
  readonly unknown: number
}

export interface SectionOptions {
  readonly timeJumps: number
  /** Schedules at most. */
  readonly most: number
  /** False for every order, whether or not it can matter: what the reduction is held against. Default true. */
  readonly reduced?: boolean
  /** Ends it before its end, for people who wait. */
  readonly until?: () => boolean
  readonly onProgress?: (schedules: number) => void
}

/** Takes the steps of a section in every order that can matter, and judges each. */
export async function searchSection(arena: Arena, name: SectionName, { timeJumps, most, reduced = true, until, onProgress }: SectionOptions): Promise<SectionEnd> {
  let failing = 0
  let unknown = 0
  let runs = 0
  let found: Found | undefined
  const ends = new Map<string, number>()
  const end = await exhaust(
    async (strategy, watch) => {
      const attempt = await arena.run(strategy, watch)
      onProgress?.((runs += 1))
      if (attempt.end.end === 'failed' && attempt.end.error instanceof Redundant) return
      if (arena.undecided(attempt) !== undefined) {
        unknown += 1
        return
      }
      const broke = endOf(attempt)
      ends.set(broke, (ends.get(broke) ?? 0) + 1)
      const one = arena.found(attempt)
      if (one === undefined) return
      failing += 1
      found ??= one
    },
    { scope: await scopeOf(arena, name, timeJumps), most, reduced, ...(until === undefined ? {} : { until }) },
  )
  return { ...end, failing, found, ends, unknown }
}

function endOf({ judgement: { violations } }: Attempt): string {
  if (violations.length === 0) return 'nothing'
  return [...new Set(violations.map(({ invariant, application = '' }) => `${invariant} ${application}`.trimEnd()))].sort().join(', ')
}

async function scopeOf(arena: Arena, name: SectionName, timeJumps: number): Promise<Scope> {
  if (name === 'sessions') return { includes: (node) => node !== 'script' && !node.startsWith('link:'), timeJumps }
  if (name === 'links') return { includes: (node) => node.startsWith('register:') || node.startsWith('link:'), timeJumps }
  if (name === 'exchange') return { includes: (node, step) => (node.startsWith('print:') || node.startsWith('exchange:')) && step.includes(' exchange.'), timeJumps }
  if (name === 'slot') return { includes: (node, step) => node.startsWith('print:') && step.endsWith(' sheet-slot'), timeJumps }
  const lastMs = await lastApplicationMs(arena)
  const ofFiles = (step: string): boolean => step.includes(' work file ') || step.endsWith(' print-sequence')
  return { includes: (node, step) => node.startsWith('print:') && (name === 'print' || ofFiles(step)), timeJumps, begins: ({ nowMs }) => nowMs > lastMs }
}

/** When the last application of the script is made. */
async function lastApplicationMs(arena: Arena): Promise<number> {
  const { history } = await arena.defaultRun()
  return history.events.reduce((last, event) => (event.type === 'ok' && event.f === 'apply' ? Math.max(last, event.atMs) : last), 0)
}
