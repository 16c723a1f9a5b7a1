import { plainFile, type WorkFileNamesFactory } from './work-file.ts'

/**
 * Repaired: a name nobody else can have. Attempts at an application are counted by a compare-and-set in the database, so
 * neither another node nor a restart makes one twice; and the name says whose the file is, also after its job has died.
 */
export const ownName: WorkFileNamesFactory = () => ({
  fileFor: (_world, application, attempt) => Promise.resolve(plainFile(nameOf(application, attempt))),
  leftBy: (application, attempts) => Array.from({ length: attempts }, (_, index) => nameOf(application, index + 1)),
})

const nameOf = (application: string, attempt: number): string => `${application}#${String(attempt)}.img`
