import type { AnswerOf, OperationName, RefusalCode, RequestOf } from '../contract/index.ts'
import type { QueueName, World } from './ports.ts'

/**
 * A node is a factory over its ports: a machine or program of the issuing system. `start` makes its memory anew, at the
 * beginning and after each crash; whatever outlives one call lives in what `start` made, never in a module. A node that
 * `forgets` may be started for a single call: what it shares with others it keeps.
 *
 * What a node does it declares, and a world hosts it: handlers for calls from the network, a consumer of a queue, runs on a
 * schedule. Every request, job and run gets a `World` of its own.
 */
export interface NodeDefinition {
  /** Unique in the system: `print:munakata/1`. */
  readonly name: string
  readonly role: Role
  /** Where its database and work folder are; nodes with the same site share them. */
  readonly site: string
  /** Whom it serves; the centre serves everybody. */
  readonly municipality?: string
  readonly engine?: EngineSettings
  /**
   * Of one call nothing is in memory at the next but what it was told to keep. The simulated world holds it to that, by making
   * its memory anew for each, and then knows that two of its tasks touch each other by what they touch besides.
   */
  readonly forgets?: boolean
  start(keep: Keep): NodeInstance
}

/**
 * What the tasks of a node share in memory, by name: made once for each of its incarnations, and the same for every task of that.
 * A world may record which task uses it when.
 */
export type Keep = <T extends object>(name: string, make: () => T) => T

/** For whoever starts a node once in an incarnation. */
export const keepAll: Keep = (_name, make) => make()

export type Role = 'kiosk' | 'centre' | 'authority' | 'issuing' | 'print' | 'register' | 'link' | 'exchange' | 'family'

/** A conversion engine: how many conversions run at full speed at once, and how long one takes alone. */
export interface EngineSettings {
  readonly capacity: number
  readonly baseMs: number
  readonly perSheetMs: number
}

/** Full-speed duration of a conversion in scenario milliseconds. */
export const conversionMs = (settings: EngineSettings, sheets: number): number =>
  settings.baseMs + settings.perSheetMs * sheets

export interface NodeInstance {
  readonly serves?: Handlers
  readonly consumes?: Consumer
  readonly schedules?: readonly Schedule[]
}

export type Handler<N extends OperationName> = (world: World, request: RequestOf<N>) => Promise<AnswerOf<N>>
export type Handlers = { readonly [N in OperationName]?: Handler<N> }

export interface Consumer {
  readonly queue: QueueName
  /** Jobs at once on this node; a site's worker has 2 or more. */
  readonly concurrency: number
  handle(world: World, job: { readonly id: string }): Promise<JobOutcome>
}

/** What became of a job: its document is ready, it failed for a reason, or there was nothing left to do. */
export type JobOutcome = 'ready' | 'over' | RefusalCode

/** A run that begins again `everyMs` after the last one began, or as soon as that one has ended if it took longer. */
export interface Schedule {
  readonly words: string
  readonly everyMs: number
  run(world: World): Promise<void>
}

/** Whether a name that no node of the system has may be a kiosk's: a kiosk is there as soon as somebody speaks of it. */
export const mayBeKiosk = (name: string): boolean => !name.includes(':')

/** Which handlers of a node answer which operation: the route of a call. */
export const nodeServing = (nodes: readonly NodeDefinition[], server: string, municipality: string): NodeDefinition | undefined =>
  nodes.find((node) => node.role === server && (node.municipality === undefined || node.municipality === municipality))
