import { setMaxListeners } from 'node:events'
import type { RunnerTestCase as Test } from 'vitest'
import { VitestTestRunner } from 'vitest/runners'
import { Journal } from './journal.ts'
import { Switchboard } from './switchboard.ts'

/** Beside what the unchanged code took: a machine that is busy, and a mutant that only makes a longer way. */
const ALLOWANCE = { ticks: 200_000, ms: 2_000, factor: 30 }

const switchboard = new Switchboard()
switchboard.install()

/**
 * Runs each test twice on the unchanged code, which shows the mutants it reaches and that it can be run again, then once for each of
 * those that is still alive. A test that fails kills the mutant. With `MUTANT_ALONE` that one is on from before the modules load, for what
 * stands outside of functions, and each test runs once.
 */
export default class MutantRunner extends VitestTestRunner {
  private readonly journal = new Journal(process.env['MUTANT_JOURNAL'] ?? '')
  private readonly candidates = new Set(JSON.parse(process.env['MUTANT_CANDIDATES'] ?? '[]') as number[])
  private readonly alone = process.env['MUTANT_ALONE']
  private readonly done = new Set<string>()
  private strayed: unknown
  private endless = false
  private triedAny = false

  constructor(config: ConstructorParameters<typeof VitestTestRunner>[0]) {
    super(config)
    if (this.alone !== undefined) switchboard.on(Number(this.alone), ALLOWANCE)
    for (const entry of this.journal.entries()) {
      if ('killed' in entry) this.candidates.delete(entry.killed)
      if ('done' in entry) this.done.add(entry.done)
    }
    this.journal.append({ pid: process.pid })
    process.on('unhandledRejection', (reason) => {
      this.strayed ??= reason ?? 'a rejection'
    })
  }

  async runTask(test: Test): Promise<void> {
    const run = VitestTestRunner.getTestFn(test)
    const name = `${test.file.name} > ${fullName(test)}`
    if (this.alone !== undefined) {
      await run()
      return
    }
    if (this.done.has(name)) return
    const { reached, ticks, tookMs } = await this.unchanged(name, run)
    setMaxListeners(0, test.context.signal)
    const limits = { ticks: ticks * ALLOWANCE.factor + ALLOWANCE.ticks, ms: tookMs * ALLOWANCE.factor + ALLOWANCE.ms }
    for (const number of reached) {
      if (!this.candidates.has(number)) continue
      this.journal.append({ on: number, test: name })
      this.onBeforeTryTask(test)
      if (await this.survives(number, run, limits)) continue
      this.kill(number, name)
      if (this.endless || !(await this.stillPasses(run))) this.leave(name)
    }
    switchboard.off()
    this.journal.append({ done: name, reached: [...reached] })
  }

  /** What a mutant leaves behind, such as a guard it has not taken off, must not kill the next. */
  private async stillPasses(run: () => unknown): Promise<boolean> {
    switchboard.off()
    try {
      await run()
      return true
    } catch {
      return false
    }
  }

  /** What never ends goes on beside everything after it, and what is broken stays so; only a new process is free of it. */
  private leave(test: string): void {
    this.journal.append({ left: test })
    process.kill(process.pid, 'SIGKILL')
  }

  private kill(number: number, test: string): void {
    this.candidates.delete(number)
    this.journal.append({ killed: number, test })
  }

  private async unchanged(name: string, run: () => unknown): Promise<{ reached: ReadonlySet<number>; ticks: number; tookMs: number }> {
    const begunMs = performance.now()
    switchboard.off()
    try {
      await run()
    } catch (error) {
      if (this.triedAny) this.leave(name)
      this.journal.append({ broken: name, why: String(error) })
      throw error
    }
    const first = { ...switchboard.seen, tookMs: performance.now() - begunMs }
    // A test that uses something up passes once and then kills whatever it meets, also what makes no difference.
    if (!(await this.stillPasses(run))) {
      this.journal.append({ broken: name, why: 'it passes once, and not when it is run again' })
      throw new Error(`${name} cannot be run again`)
    }
    return first
  }

  private async survives(number: number, run: () => unknown, limits: { readonly ticks: number; readonly ms: number }): Promise<boolean> {
    this.strayed = undefined
    this.triedAny = true
    switchboard.on(number, limits)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.endless = true
        reject(new Error('it never ended'))
      }, limits.ms)
    })
    try {
      await Promise.race([run(), late])
      // A rejection nobody listens to is told after the microtasks of this turn.
      await new Promise((resolve) => { setImmediate(resolve) })
      return this.strayed === undefined
    } catch {
      return false
    } finally {
      clearTimeout(timer)
    }
  }
}

function fullName(test: Test): string {
  const names = [test.name]
  for (let { suite } = test; suite !== undefined; suite = suite.suite) names.unshift(suite.name)
  return names.join(' > ')
}
