import { NUMBER_WORDS, numbered, SEQUENCE, SEQUENCE_KEY } from './sequence-number.ts'
import { plainFile, type WorkFileNamesFactory } from './work-file.ts'

/**
 * Repaired, K2: a number is a job's as soon as the database has taken it, and else the next is tried. Where a job fails its number
 * is a gap.
 */
export const ownNumber: WorkFileNamesFactory = () => ({
  async fileFor({ database, history }, application) {
    for (;;) {
      const row = await database.get(SEQUENCE, SEQUENCE_KEY)
      const number = (row?.data ?? 0) + 1
      const taken =
        row === undefined ? await database.insert(SEQUENCE, SEQUENCE_KEY, SEQUENCE_KEY, number) : await database.replace(SEQUENCE, row, number)
      if (!taken) continue
      history.record({ type: 'info', f: 'key', what: NUMBER_WORDS, key: String(number), application })
      return plainFile(numbered(number))
    }
  },
  leftBy: () => [],
})
