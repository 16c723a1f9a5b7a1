import type { TableDefinition } from '../../../world/ports.ts'
import type { WorkFileNamesFactory } from './work-file.ts'

/** The last number given to a work file. */
export const SEQUENCE: TableDefinition<number> = { name: 'print-sequence' }
export const SEQUENCE_KEY = 'print'

/** What history calls it. */
export const NUMBER_WORDS = 'work-file number'

export const numbered = (number: number): string => `${String(number).padStart(8, '0')}.img`

/**
 * As deployed at Adachi, K2 (a reconstruction; confidence medium): each job takes the next number, its file is called after it, and
 * once the file is there the number is put down as used.
 *
 * Who would have written it: whoever had learnt from Yokohama's product that one name for all is not enough, and was told that the
 * numbers of a year must have no gap, or each has to be explained. So a number counts only when its file exists. It looked right
 * because two files in a row never have one name, and because the database refuses the second of two writes that started from the
 * same row. It does; but nobody asks what it answered, and two jobs that read the number before either has put it down have one
 * file between them.
 */
export const sequenceNumber: WorkFileNamesFactory = () => ({
  async fileFor({ database, history }, application) {
    const row = await database.get(SEQUENCE, SEQUENCE_KEY)
    const number = (row?.data ?? 0) + 1
    history.record({ type: 'info', f: 'key', what: NUMBER_WORDS, key: String(number), application })
    return {
      name: numbered(number),
      written: async () => {
        if (row === undefined) await database.insert(SEQUENCE, SEQUENCE_KEY, SEQUENCE_KEY, number)
        else await database.replace(SEQUENCE, row, number)
      },
    }
  },
  leftBy: () => [],
})
