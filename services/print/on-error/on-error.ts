import type { RefusalCode } from '../../../contract/index.ts'

/** What becomes of a job that was refused. */
export interface OnError {
  /**
   * Whether the job is given back to the queue, to be tried again; else the application has failed.
   * @param attempt of the application, from 1
   */
  isTriedAgain(code: RefusalCode, attempt: number): boolean
}
export type OnErrorFactory = () => OnError
