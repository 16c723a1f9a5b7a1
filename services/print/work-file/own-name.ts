import type { WorkFileNamesFactory } from './work-file.ts'

/**
 * Repaired: a name nobody else can have. Attempts at an application are counted by a compare-and-set in the database, so
 * neither another node nor a restart makes one twice; and the name says whose the file is, also after its job has died.
 */
export const ownName: WorkFileNamesFactory = () => ({
  nameFor,
  leftBy: (application, attempts) => Array.from({ length: attempts }, (_, index) => nameFor(application, index + 1)),
})

const nameFor = (application: string, attempt: number): string => `${application}#${String(attempt)}.img`
