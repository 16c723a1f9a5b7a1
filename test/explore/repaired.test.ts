import { describe, expect, it } from 'vitest'
import { Arena } from '../../explore/arena.ts'
import { search } from '../../explore/search.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { FAULT_KINDS } from '../../world/simulated/faults.ts'

const catalogue = readCatalogue()
const SEED = 20230714
const RUNS = 800

describe('the repaired build', () => {
  it(`breaks nothing in ${String(RUNS)} schedules with faults, and a search sees all of it (seed ${String(SEED)})`, { timeout: 120_000 }, async () => {
    const arena = Arena.make(catalogue.scenario('neutral'), namedBuild('repaired', catalogue), 1, catalogue)
    const { failing, tally } = await search(arena, { seed: SEED, runs: RUNS, strategy: 'portfolio', faults: true })

    expect(failing?.found.violation).toBeUndefined()
    expect(tally.schedules).toBe(RUNS)
    expect([...tally.unknown]).toEqual([])
    expect(tally.traces.size).toBeGreaterThan(RUNS * 0.99)
    expect([...tally.faults.keys()].sort()).toEqual([...FAULT_KINDS].sort())
    expect(tally.stepNames.size).toBeGreaterThan(150)
  })
})
