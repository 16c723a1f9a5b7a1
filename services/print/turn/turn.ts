import type { World } from '../../../world/ports.ts'

/**
 * The turn: print jobs of one node are printed one after another. A job waits for its turn, prints, and gives the turn on;
 * after `limitMs` in its turn something has to happen, and what happens is what the variants differ in.
 */
export interface Turn {
  /**
   * Runs `print` in turn and gives back what it gives.
   * `print` gets a signal where the variant can end a job; it has to stop when that is aborted.
   */
  inTurn<T>(world: World, print: (signal?: AbortSignal) => Promise<T>): Promise<T>
}

export interface TurnSettings {
  /** How long a job may have the turn, in scenario milliseconds. */
  readonly limitMs: number
}

export type TurnFactory = (settings: TurnSettings) => Turn

/** What the limit's timer is called as a step. */
export const LIMIT_WORDS = 'the print limit passes'
