import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../../contract/index.ts'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { keyedStream } from '../../../world/keyed-random.ts'
import { HANAKO, ICHIRO, TARO } from '../../oracle/history-builder.ts'
import { crashAt } from '../crash-at.ts'
import { buildOf, type Drive, eventsOf, ISSUING_NODE, namesOnPapers, NET, PRINT_NODE, runSmall } from '../small-system.ts'

const BUILD = buildOf(NET)
const household = ({ visit }: Drive) => visit(HANAKO, { wish: { scope: 'household', copies: 2 } })

/** The steps of a whole session, by who made them. */
async function stepsOf(session = household): Promise<readonly string[]> {
  const steps: string[] = []
  await runSmall({ build: BUILD, onStep: ({ process, name }) => steps.push(`${process} ${name}`) }, session)
  return steps
}

/** One session, with a crash of `node` after so many steps. */
function crashed(node: string, afterSteps: number, session = household) {
  const crash = crashAt(node, afterSteps, defaultStrategy())
  return runSmall({ build: BUILD, strategy: crash.strategy }, (drive) => {
    crash.arm(drive.stage)
    return session(drive)
  })
}

/** Work files that were written and not removed after that. */
function leftIn(events: readonly HistoryEvent[]): string[] {
  const left = new Set<string>()
  for (const { op, name } of eventsOf(events, 'info', 'work-file')) {
    if (op === 'write') left.add(name)
    if (op === 'remove') left.delete(name)
  }
  return [...left]
}

describe('a print worker that crashes between any two steps of a job', () => {
  it('is taken over: the person gets the right paper once, for one fee, and no job has two at a time', async () => {
    const steps = await stepsOf()
    const first = steps.findIndex((step) => step.startsWith(PRINT_NODE))
    const last = steps.findLastIndex((step) => step.startsWith(PRINT_NODE))
    expect(last - first).toBeGreaterThan(15)

    for (let after = first; after <= last + 1; after += 1) {
      const { judgement, result, events } = await crashed(PRINT_NODE, after)
      expect({ after, step: steps[after], verdict: judgement.verdict, why: judgement.violations, result, names: namesOnPapers(events), fees: eventsOf(events, 'ok', 'pay').length, left: leftIn(events) }).toEqual({
        after,
        step: steps[after],
        verdict: 'pass',
        why: [],
        result: { end: 'paper', application: 'application-shop-1-1', sheets: 2 },
        names: [[HANAKO.name, TARO.name, HANAKO.name, TARO.name]],
        fees: 1,
        left: [],
      })
    }
  })

  it('leaves nothing in the work folder either where the person had gone before the job was taken over', async () => {
    const gone = ({ visit }: Drive) => visit(HANAKO, { wish: { scope: 'household', copies: 2 }, patienceMs: 2_000 })
    const steps = await stepsOf(gone)
    const first = steps.findIndex((step) => step.startsWith(PRINT_NODE))
    const last = steps.findLastIndex((step) => step.startsWith(PRINT_NODE))

    const cleared: string[] = []
    for (let after = first; after <= last + 1; after += 1) {
      const { judgement, events } = await crashed(PRINT_NODE, after, gone)
      expect({ after, step: steps[after], verdict: judgement.verdict, papers: namesOnPapers(events), left: leftIn(events) }).toEqual({ after, step: steps[after], verdict: 'pass', papers: [], left: [] })
      const files = eventsOf(events, 'info', 'work-file')
      cleared.push(...files.filter(({ op, name, job }) => op === 'remove' && files.some((file) => file.op === 'write' && file.name === name && file.job !== job)).map(({ name }) => name))
    }
    expect(cleared.length).toBeGreaterThan(0)
  })

  it('begins again under another work-file name, and what the dead job left is not read', async () => {
    const steps = await stepsOf()
    const written = steps.findIndex((step) => step.includes('write work file')) + 1
    const { events } = await crashed(PRINT_NODE, written)
    const files = eventsOf(events, 'info', 'work-file')
    const [first, second] = files.filter(({ op }) => op === 'write')

    expect(second!.name).not.toBe(first!.name)
    expect(files.filter(({ op }) => op === 'read').map(({ name }) => name)).toEqual([second!.name])
    expect(files.filter(({ name }) => name === first!.name).map(({ op, job }) => [op, job])).toEqual([['write', first!.job], ['remove', second!.job]])
  })
})

describe.each([ISSUING_NODE, 'centre'])('a crash of %s at any step of a session', (node) => {
  it('ends in paper or in a refusal, and a refusal costs nothing', async () => {
    const steps = await stepsOf()

    const ends: string[] = []
    for (let after = 0; after <= steps.length; after += 1) {
      const { judgement, result, events } = await crashed(node, after)
      const fees = eventsOf(events, 'ok', 'pay').length
      expect({ after, step: steps[after], verdict: judgement.verdict, why: judgement.violations, fees }).toEqual({
        after,
        step: steps[after],
        verdict: 'pass',
        why: [],
        fees: result.end === 'paper' ? 1 : 0,
      })
      ends.push(result.end)
    }
    expect(new Set(ends)).toEqual(new Set(['paper', 'refused']))
  })
})

describe('a crash somewhere while three people are served, on every part repaired', () => {
  const SEEDS = 150

  it(`breaks nothing, whatever the schedule (seeds 1 to ${String(SEEDS)})`, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const draw = keyedStream(seed, 'crash')
      const node = [PRINT_NODE, PRINT_NODE, `print:munakata/2`, ISSUING_NODE, 'centre', 'register:munakata', 'link:munakata'][Math.floor(draw() * 7)]!
      const crash = crashAt(node, Math.floor(draw() * 330), uniformStrategy(seed))
      const { judgement, result } = await runSmall({ build: buildOf(NET, { turnLimitMs: 8_000 }, 2), strategy: crash.strategy, seed }, ({ stage, visit }) => {
        crash.arm(stage)
        return Promise.all([
          visit(HANAKO, { kiosk: 'shop-1', wish: { scope: 'household', copies: 3 } }),
          visit(ICHIRO, { kiosk: 'shop-2', touchMs: 1_100 }),
          visit(TARO, { kiosk: 'shop-3', touchMs: 900, wish: { copies: 9 } }),
        ])
      })
      expect({ seed, node, verdict: judgement.verdict, why: judgement.violations }).toEqual({ seed, node, verdict: 'pass', why: [] })
      for (const { end } of result) expect(['paper', 'refused']).toContain(end)
    }
  })
})
