import { describe } from 'vitest'
import { describeRows } from './database-rows.ts'
import { describeTransactions } from './database-transactions.ts'
import type { Subject } from './subject.ts'

/** What every `Database` has to do. */
export function describeDatabaseContract(name: string, makeSubject: () => Subject | Promise<Subject>): void {
  describe(`the database of ${name}`, () => {
    describeRows(makeSubject)
    describeTransactions(makeSubject)
  })
}
