/**
 * What may go wrong in a simulated run besides the order of its steps. A fault happens at a step that offers it, in place of
 * what the step would have done, and is chosen by the strategy: so it is part of the schedule, and of its deviations.
 */
export const FAULTS = {
  'late-link': 'the link is late: what it was about to do it does a minute later',
  'slow-engine': 'a conversion takes ten times as long',
  timeout: 'the caller gives up before the answer, while the request is still worked on',
  'lost-answer': 'the answer is lost on its way, and the caller waits in vain',
  'double-press': 'a key is pressed twice, and the request is sent twice',
  stall: 'a worker seems dead and is not: its job is given to another while it goes on',
  'job-twice': 'the queue hands a job out twice',
  jam: 'a sheet jams in the kiosk',
  restart: 'a machine stops without a word, and starts again',
} as const satisfies Record<string, string>

export type FaultKind = keyof typeof FAULTS
export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[]

/** What a step does instead, for each fault that can happen at it. */
export type FaultsOffered = Readonly<Partial<Record<FaultKind, () => void>>>

/** So much later is what a late link was about to do. */
export const LATE_MS = 60_000

/** A slow conversion takes so many times as long. */
export const SLOW_TIMES = 10
