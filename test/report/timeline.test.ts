import { describe, expect, it } from 'vitest'
import { sourceLines, type StatedFact, timelineOf, timelineRows } from '../../report/timeline.ts'
import { sessionHistory } from '../oracle/history-builder.ts'

const fact = (at: string, given: Partial<StatedFact> = {}): StatedFact => ({ at, says: `It happened (${at}).`, publisher: 'Kyodo', published: '2023-06-29', where: 'nordot.app', kind: 'published', ...given })
const DAY = '2023-06-28'
const history = sessionHistory()

describe('a timeline', () => {
  it('begins with what is known without a time of that day, and then goes by the clock', () => {
    const entries = timelineOf([fact('2023-06-28T14:00, 14:35+09:00'), fact('2019'), fact('2023-04-18T09:00'), fact('')], history, DAY)

    expect(entries.slice(0, 3).map(({ fact: number, atMs }) => ({ number, atMs }))).toEqual([2, 3, 4].map((number) => ({ number, atMs: undefined })))
    expect(entries[3]).toEqual({ atMs: 14 * 3_600_000, fact: 1, sentence: 'It happened (2023-06-28T14:00, 14:35+09:00).' })
    const times = entries.slice(3).map(({ atMs }) => atMs!)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(entries.length).toBeGreaterThan(8)
  })

  it('has what is known and what the replay did in columns of their own', () => {
    const rows = timelineRows(timelineOf([fact('2023-06-28T14:00')], history, DAY))

    expect(rows[0]).toEqual(['14:00:00', '[1] It happened (2023-06-28T14:00).', ''])
    for (const [, known, played] of rows.slice(1)) {
      expect(known).toBe('')
      expect(played).toMatch(/^.+: .+/)
    }
  })

  it('names each source, its kind and of when it speaks, and says of what is ours that nobody published it', () => {
    expect(sourceLines([fact('2023-06-28'), fact('', { kind: 'ours', publisher: 'nobody', published: '', where: 'reconstruction' })])).toEqual([
      '[1] published: Kyodo, 2023-06-29, nordot.app (of 2023-06-28)',
      '[2] ours: nobody published it',
    ])
  })
})
