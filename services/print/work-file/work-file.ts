/** What the work files of print jobs are called, in the folder that all workers of a site share. */
export interface WorkFileNames {
  /** Of one attempt at an application. Attempts count from 1, and each is one job's alone. */
  nameFor(application: string, attempt: number): string
  /** The files that its first so many attempts may have left where their worker died; none that may be somebody else's. */
  leftBy(application: string, attempts: number): readonly string[]
}
export type WorkFileNamesFactory = () => WorkFileNames
