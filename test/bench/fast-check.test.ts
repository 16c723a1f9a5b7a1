import { describe, expect, it } from 'vitest'
import { FastCheckScheduling, type TimePasses } from '../../bench/fast-check.ts'
import { Arena, type Attempt } from '../../explore/arena.ts'
import { defaultStrategy } from '../../explore/strategies/default.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'

const catalogue = readCatalogue()
const arenaOf = (build: string): Arena => Arena.make(catalogue.scenario('neutral'), namedBuild(build, catalogue), 1, catalogue)

async function underFastCheck(arena: Arena, seed: number, timePasses: TimePasses): Promise<Attempt & { readonly names: readonly string[] }> {
  const names: string[] = []
  const attempt = await arena.run(defaultStrategy(), { scheduling: FastCheckScheduling.for(seed, timePasses), onStep: ({ name }) => void names.push(name) })
  return { ...attempt, names }
}

const printsOf = ({ history }: Attempt): number => history.events.filter(({ f, type }) => f === 'print' && type === 'ok').length

describe('the baseline that searches are held against', () => {
  it('runs the same system to its end under fast-check\'s scheduler, each seed in its own order', async () => {
    const arena = arenaOf('repaired')
    const ours = await arena.defaultRun()
    const [one, again, other] = [await underFastCheck(arena, 1, 'when-idle'), await underFastCheck(arena, 1, 'when-idle'), await underFastCheck(arena, 2, 'when-idle')]

    for (const attempt of [one, other]) {
      expect(attempt.end).toEqual({ end: 'finished' })
      expect(attempt.judgement.verdict).toBe('pass')
      expect(printsOf(attempt)).toBe(printsOf(ours))
      expect(attempt.names).toHaveLength(attempt.steps)
    }
    expect(again.names).toEqual(one.names)
    expect(other.names).not.toEqual(one.names)
  })

  it('finds what it can: where time is one of its tasks, what needs a limit to pass', async () => {
    const arena = arenaOf('K1')
    let schedules = 0
    for (let found = false; !found && schedules < 500; schedules += 1) found = arena.found(await underFastCheck(arena, schedules + 1, 'as-a-task')) !== undefined

    expect(schedules).toBeLessThan(500)
  })
})
