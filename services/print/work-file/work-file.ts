import type { World } from '../../../world/ports.ts'

/** What the work files of print jobs are called, in the folder that all workers of a site share. */
export interface WorkFileNames {
  /** Of one attempt at an application. Attempts count from 1, and each is one job's alone. Asked once for each. */
  fileFor(world: World, application: string, attempt: number): Promise<WorkFile>
  /** The files that its first so many attempts may have left where their worker died; none that may be somebody else's. */
  leftBy(application: string, attempts: number): readonly string[]
}
export type WorkFileNamesFactory = () => WorkFileNames

/** The work file of one job. */
export interface WorkFile {
  readonly name: string
  /** To be called once it has been written. */
  readonly written: () => Promise<void>
}

/** A work file of which nobody has to know that it is there. */
export const plainFile = (name: string): WorkFile => ({ name, written: () => Promise.resolve() })
