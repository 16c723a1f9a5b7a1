import { describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { Id } from '../../../contract/index.ts'
import { runIn, type Subject, times } from './subject.ts'

/** What every `Random` and every `Ids` has to do. */
export function describeRandomAndIdsContract(name: string, makeSubject: (seed: number) => Subject | Promise<Subject>): void {
  /** The first draws of a stream under a seed; draws of another key come in between. */
  const draws = async (seed: number, key: string, between = 0): Promise<number[]> => {
    const drawn: number[] = []
    await runIn(makeSubject(seed), ({ random }) => {
      for (let n = 0; n < 20; n += 1) {
        drawn.push(random.next(key))
        for (let other = 0; other < between; other += 1) random.next('something else')
      }
      return Promise.resolve()
    })
    return drawn
  }

  describe(`the random numbers of ${name}`, () => {
    it('are at least 0 and below 1 (seed 1)', async () => {
      const drawn = await draws(1, 'queue')

      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...drawn)).toBeLessThan(1)
      expect(new Set(drawn).size).toBe(drawn.length)
    })

    it('are the same for the same seed and key (seed 7)', async () => {
      expect(await draws(7, 'shop-1')).toEqual(await draws(7, 'shop-1'))
    })

    it('do not depend on what else is drawn (seed 7)', async () => {
      expect(await draws(7, 'shop-1', 3)).toEqual(await draws(7, 'shop-1'))
    })

    it('differ from key to key, and from seed to seed (seeds 7 and 8)', async () => {
      const drawn = await draws(7, 'shop-1')

      expect(await draws(7, 'shop-2')).not.toEqual(drawn)
      expect(await draws(8, 'shop-1')).not.toEqual(drawn)
    })
  })

  describe(`the ids of ${name}`, () => {
    it('are unique over tasks, kinds and owners (seed 1)', async () => {
      const made: string[] = []
      await runIn(
        makeSubject(1),
        ...times(3, ({ ids }) => {
          for (let n = 0; n < 200; n += 1) {
            made.push(ids.next('application', 'shop-1'), ids.next('application', 'shop-11'), ids.next('session', 'shop-1'))
          }
          return Promise.resolve()
        }),
      )

      expect(made).toHaveLength(1_800)
      expect(new Set(made).size).toBe(made.length)
    })

    it('are ids by the contract, and show kind and owner (seed 1)', () =>
      runIn(makeSubject(1), ({ ids }) => {
        for (const owner of ['shop-1', 'city-hall-1', 'munakata']) {
          const id = ids.next('application', owner)
          expect(Value.Check(Id, id), id).toBe(true)
          expect(id).toMatch(/^application-/)
        }
        expect(ids.next('session', 'shop-1')).toContain('session-shop-1')
        return Promise.resolve()
      }))
  })
}
