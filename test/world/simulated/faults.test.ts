import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { FAULT_KINDS, type FaultKind, LATE_MS, SLOW_TIMES } from '../../../world/simulated/faults.ts'
import type { StepRecord } from '../../../world/simulated/step.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { HANAKO, ICHIRO } from '../../oracle/history-builder.ts'
import { broken, buildOf, eventsOf, HOUR_MS, NET, runSmall, type SmallRun } from '../../services/small-system.ts'

/** The default schedule, with the fault at the `nth` step at which it can happen. */
function faulty(kind: FaultKind, nth = 1): Strategy {
  let seen = 0
  return { ...defaultStrategy(), fault: (offered) => (offered.includes(kind) && ++seen === nth ? kind : undefined) }
}

/** The same at the first step of that name. */
function faultyAt(kind: FaultKind, name: string): Strategy {
  const byDefault = defaultStrategy()
  let chosen = ''
  let done = false
  return {
    ...byDefault,
    choose: (choice) => {
      const taken = byDefault.choose(choice)
      chosen = choice.ready[taken]?.name ?? ''
      return taken
    },
    fault: (offered) => {
      if (done || chosen !== name || !offered.includes(kind)) return undefined
      done = true
      return kind
    },
  }
}

interface Played extends SmallRun<unknown> {
  /** The steps at which something went wrong. */
  readonly at: readonly StepRecord[]
  readonly trace: readonly StepRecord[]
}

/** Two people one after the other at one kiosk, while the link runs, under a strategy. */
async function play(strategy: Strategy): Promise<Played> {
  const trace: StepRecord[] = []
  const run = await runSmall({ strategy, linkEveryMs: 10_000, build: buildOf(NET, { turnLimitMs: 60_000 }), onStep: (step) => void trace.push(step) }, async ({ visit }) => [await visit(HANAKO), await visit(ICHIRO)])
  return { ...run, trace, at: trace.filter(({ fault }) => fault !== undefined) }
}

const times = ({ trace }: Played, name: string): number => trace.filter((step) => step.name === name).length
const ends = ({ result }: Played): unknown[] => (result as readonly { readonly end: string; readonly code?: string }[]).map(({ end, code }) => code ?? end)

describe('a fault', () => {
  it('happens at no step by itself', async () => {
    const run = await play(defaultStrategy())

    expect(run.at).toEqual([])
    expect(ends(run)).toEqual(['paper', 'paper'])
  })

  it.each(FAULT_KINDS)('%s, wherever it happens, lets the system go on, and nobody gets what is another\'s', async (kind) => {
    let happened = 0
    for (let nth = 1; ; nth += kind === 'restart' ? 7 : 3) {
      const run = await play(faulty(kind, nth))
      if (run.at.length === 0) break
      happened += 1
      expect(run.end.end).toBe('finished')
      // Each is a deviation, be it at a step or at a timer, or a replay would go without it.
      expect(run.deviations.filter(({ fault }) => fault !== undefined).map(({ name, fault }) => ({ name, fault }))).toEqual(run.at.map(({ name, fault }) => ({ name, fault })))
      expect(broken(run.judgement)).toEqual([])
    }
    expect(happened).toBeGreaterThan(0)
  })

  it('timeout: the caller has given up, and the request is worked on all the same', async () => {
    const run = await play(faultyAt('timeout', 'centre: receive application'))

    expect(ends(run)[0]).toBe('CENTRE_TIMEOUT')
    expect(times(run, 'issuing: insert applications')).toBe(2)
  })

  it('lost-answer: the request was answered, and the caller waits in vain', async () => {
    const run = await play(faultyAt('lost-answer', 'kiosk: receive answer to application'))

    expect(ends(run)[0]).toBe('CENTRE_TIMEOUT')
    expect(times(run, 'print: draw sheets')).toBeGreaterThan(0)
  })

  it('double-press: the request comes twice, and is one application with one job', async () => {
    const run = await play(faultyAt('double-press', 'centre: receive application'))

    expect(times(run, 'centre: receive application')).toBe(3)
    expect(times(run, 'print: draw sheets')).toBe(2)
    expect(ends(run)).toEqual(['paper', 'paper'])
  })

  it('job-twice: two jobs begin for one application, and one paper comes out', async () => {
    const run = await play(faulty('job-twice'))

    expect(eventsOf(run.events, 'info', 'job').filter(({ op }) => op === 'start')).toHaveLength(3)
    expect(ends(run)).toEqual(['paper', 'paper'])
  })

  it('slow-engine: a conversion takes ten times as long', async () => {
    const convertedMs = ({ trace }: Played): number => {
      const [begun, done] = ['print: convert', 'is converted'].map((word) => trace.find(({ name }) => name.includes(word))!.atMs)
      return done! - begun!
    }

    expect(convertedMs(await play(faulty('slow-engine'))) / convertedMs(await play(defaultStrategy()))).toBe(SLOW_TIMES)
  })

  it('jam: the paper stays in the kiosk, and the fee is given back', async () => {
    expect(ends(await play(faulty('jam')))).toEqual(['PAPER_JAM', 'paper'])
  })

  it('late-link: a run that was due comes a minute later', async () => {
    const began = async (strategy: Strategy): Promise<number> => {
      const trace: StepRecord[] = []
      await runSmall({ strategy, onStep: (step) => void trace.push(step) }, async ({ stage }) => {
        await stage.world('centre').clock.sleep(2 * HOUR_MS)
      })
      return trace.findLast(({ name }) => name === 'link: begin link run')!.atMs
    }

    expect((await began(faulty('late-link'))) - (await began(defaultStrategy()))).toBe(LATE_MS)
  })

  it('restart: the machine starts again, which the history says', async () => {
    const run = await play(faulty('restart', 40))

    expect(eventsOf(run.events, 'info', 'node').map(({ op }) => op)).toEqual(['crash', 'restart'])
  })
})
