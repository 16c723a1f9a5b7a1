import type { WorkFileNamesFactory } from './work-file.ts'

/** Repaired: a name nobody else can have, over nodes and restarts, since ids are unique over both. */
export const ownName: WorkFileNamesFactory = () => ({
  nameFor: (world, application) => `${world.ids.next('print', application)}.img`,
})
