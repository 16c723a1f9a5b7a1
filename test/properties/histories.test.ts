import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histories } from '../../arbitraries/index.ts'
import { readHistory } from '../../contract/history-file.ts'
import { judge } from '../../oracle/index.ts'
import { narrate } from '../../report/narrative.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { historyText } from '../../scenario/save.ts'

const SEED = Number(process.env['FC_SEED'] ?? 4711)
const RUNS = 40
const catalogue = readCatalogue()

describe(`the history of whatever happened (fast-check seed ${String(SEED)})`, () => {
  it.each(['repaired', 'yokohama-2023-03-27', 'munakata-2023-06-28'])('of build %s is read back as it was written, told, and judged the same', { timeout: 60_000 }, async (build) => {
    await fc.assert(
      fc.asyncProperty(histories(catalogue, { municipality: 'munakata', build, crashes: ['shop-1', 'print:munakata/1'] }), async (played) => {
        const history = await played
        const text = historyText(history)
        const read = readHistory(text)

        expect(read.problems).toEqual([])
        expect(read.history.events).toEqual(history.events)
        expect(historyText(read.history)).toBe(text)
        expect(judge(read.history)).toEqual(judge(history))
        expect(() => narrate(read.history)).not.toThrow()
      }),
      { seed: SEED, numRuns: RUNS },
    )
  })

  it('is not passed with any one event taken out', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(histories(catalogue, { municipality: 'munakata', build: 'repaired' }), fc.nat(), async (played, draw) => {
        const history = await played
        const lines = historyText(history).trimEnd().split('\n')
        const at = 1 + (draw % Math.max(1, history.events.length))
        const read = readHistory(lines.filter((_, index) => index !== at))

        expect(read.problems.length).toBeGreaterThan(0)
        expect(judge(read.history, read.problems).verdict).not.toBe('pass')
      }),
      { seed: SEED, numRuns: RUNS },
    )
  })
})
