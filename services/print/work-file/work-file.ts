import type { World } from '../../../world/ports.ts'

/** What the work file of a job is called, in the folder that all workers of a site share. */
export interface WorkFileNames {
  nameFor(world: World, application: string): string
}
export type WorkFileNamesFactory = () => WorkFileNames
