import dns from 'node:dns/promises'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as sleepReally } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { TorichigaeError } from '../../../contract/index.ts'
import { LatentScheduler } from '../../../explore/latency.ts'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { delayStrategy } from '../../../explore/strategies/delays.ts'
import type { World } from '../../../world/ports.ts'
import type { RunEnd } from '../../../world/simulated/scheduling.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { node, runBodies, runOn } from './small-stage.ts'

const HERE = 'test/world/simulated/leaks.test.ts'

/** The line of this file on which the call stands, to compare with what an error names. */
const lineOf = (call: string): number => fs.readFileSync(import.meta.filename, 'utf8').split('\n').findIndex((line) => line.includes(call)) + 1

const realIoOf = (end: RunEnd): TorichigaeError => {
  if (end.end !== 'failed' || !(end.error instanceof TorichigaeError)) throw new Error(`not a leak: ${JSON.stringify(end)}`)
  expect(end.error.code).toBe('REAL_IO')
  return end.error
}

describe('a real timer inside a simulated run', () => {
  const calls: [string, () => unknown][] = [
    ['setTimeout', () => setTimeout(() => undefined, 1)],
    ['setInterval', () => setInterval(() => undefined, 1)],
    ['setImmediate', () => setImmediate(() => undefined)],
    ['fetch', () => fetch('http://127.0.0.1:9')],
  ]

  it.each(calls)('fails the run and names the line: %s', async (name, call) => {
    const run = await runBodies({}, async ({ files }) => {
      await files.remove('a')
      await call()
    })

    expect(realIoOf(run.end).detail).toBe(`${name} at ${HERE}:${String(lineOf(`['${name}', () =>`))}`)
  })

  it.each(calls)('fails the run even if the service catches the error: %s', async (name, call) => {
    const run = await runBodies({}, async ({ files, clock }) => {
      await files.remove('a')
      try {
        await call()
      } catch {
        await clock.sleep(1)
      }
    })

    expect(realIoOf(run.end).detail).toMatch(new RegExp(`^${name} at `))
  })

  it('fails the run where a handler calls it at once, within its step', async () => {
    const centre = node('centre', {
      role: 'centre',
      start: () => ({
        serves: {
          challenge: () => {
            try {
              setTimeout(() => undefined, 1)
            } catch {
              // A careless service goes on.
            }
            return Promise.resolve({ challenge: 'c' })
          },
        },
      }),
    })

    const run = await runOn([centre, node('shop-1')], {}, async (stage) => {
      await stage.world('shop-1').network.call('challenge', '40220', { kiosk: 'shop-1' })
    })

    expect(realIoOf(run.end).detail).toMatch(/^setTimeout at /)
  })

  it('fails the run where a timer of the world sets it', async () => {
    const run = await runBodies({}, async ({ clock }) => {
      clock.after(5, 'leak', () => {
        try {
          setInterval(() => undefined, 1)
        } catch {
          // A careless service goes on.
        }
      })
      await clock.sleep(10)
    })

    expect(realIoOf(run.end).detail).toMatch(/^setInterval at /)
  })

  it('is a real one again before, between and after runs', async () => {
    await runBodies({}, ({ clock }) => clock.sleep(5))
    const order: string[] = []
    const running = runBodies({}, async ({ files }) => {
      for (let n = 0; n < 50_000; n += 1) await files.remove('a')
      order.push('run')
    })
    await new Promise((resolve) => setImmediate(resolve))
    order.push('immediate')
    const run = await running
    await promisify(setTimeout)(1)

    expect(run.end).toEqual({ end: 'finished' })
    expect(order).toEqual(['immediate', 'run'])
  })
})

describe('a promise that leaves the world', () => {
  const file = `${tmpdir()}/torichigae-no-such-file`
  const sleeping = async ({ clock }: World): Promise<void> => {
    for (;;) await clock.sleep(1)
  }

  it.each([
    ['a file', () => fs.promises.stat(file).catch(() => undefined), 'FSREQPROMISE'],
    ['a name', () => dns.lookup('localhost'), 'GETADDRINFOREQWRAP'],
    ['a timer taken before the run', () => sleepReally(1), 'Timeout'],
    ['a digest made elsewhere', () => crypto.subtle.digest('SHA-256', new Uint8Array(1)), 'HASHREQUEST'],
  ] as const)('ends the run quiet, and what it was and where is named: %s', async (_what, leave, resource) => {
    const run = await runBodies({}, async ({ files }) => {
      await files.remove('a')
      await leave()
    })

    expect(run.end.end).toBe('quiet')
    expect(run.end.end === 'quiet' && run.end.waiting).toMatch(new RegExp(`^the run left its world: ${resource} at ${HERE}:\\d+$`))
  })

  it('names the line', async () => {
    const run = await runBodies({}, async () => {
      await fs.promises.readFile(file)
    })

    // What Node calls the request depends on its version; the line does not.
    const line = lineOf('await fs.promises.readFile(file)')
    expect(run.end.end === 'quiet' && run.end.waiting).toMatch(new RegExp(`^the run left its world: FSREQ[A-Z]+ at ${HERE}:${String(line)}$`))
  })

  it('ends the run quiet where nothing real was made: nobody will ever settle it', async () => {
    const run = await runBodies({}, () => new Promise(() => undefined))

    expect(run.end).toEqual({ end: 'quiet', waiting: 'no step is ready and no timer is set' })
  })

  it('never lets the run finish, not even where others keep it going until the promise has settled', async () => {
    const run = await runBodies({ stepLimit: 3_000_000 }, async ({ files }) => {
      await fs.promises.stat(tmpdir())
      await files.remove('a')
    }, sleeping)

    expect(realIoOf(run.end).detail).toMatch(new RegExp(`^FSREQPROMISE at ${HERE}:\\d+$`))
  })

  it('never lets the run finish where it settles as the last thing of all', async () => {
    const run = await runOn([node('one')], { stepLimit: 3_000_000 }, async (stage) => {
      void sleeping(stage.world('one'))
      await fs.promises.stat(tmpdir())
    })

    expect(realIoOf(run.end).detail).toMatch(new RegExp(`^FSREQPROMISE at ${HERE}:\\d+$`))
  })

  const faulty: Strategy = { ...defaultStrategy(), fault: (offered, step) => (step === 2 ? offered.find((kind) => kind === 'restart') : undefined) }
  it.each([
    ['the default one', {}],
    ['one that keeps waiting whom it passes over', { strategy: delayStrategy({ seed: 1, delays: 2, steps: 4 }) }],
    ['one in which a machine stops', { strategy: faulty }],
    ['one in which calls take time', { scheduling: LatentScheduler.for(1) }],
  ])('is looked for under the schedule at hand, %s: the second run makes the same steps', async (_what, options) => {
    const drives: string[][] = []
    const run = await runOn([node('one'), node('two'), node('three')], options, async (stage) => {
      const made: string[] = []
      drives.push(made)
      const body = (name: string) => async (): Promise<void> => {
        for (const n of [1, 2, 3]) {
          await stage.world(name).files.remove('a')
          made.push(`${name} ${String(n)}`)
        }
      }
      await Promise.all([body('one')(), body('two')(), body('three')()])
      await new Promise(() => undefined)
    })

    expect(run.end.end).toBe('quiet')
    expect(drives).toHaveLength(2)
    expect(drives[0]).not.toEqual([])
    expect(drives[1]).toEqual(drives[0])
  })
})
