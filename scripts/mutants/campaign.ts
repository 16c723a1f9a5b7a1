import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { startVitest } from 'vitest/node'
import { Journal } from './journal.ts'
import type { Mutant } from './mutant.ts'
import { mutantsOf, parse } from './mutator.ts'
import { withSwitches } from './schemata.ts'
import { ROOT, type Target } from './targets.ts'
import { endIfSilent } from './watchdog.ts'

/** What became of one mutant. */
export interface Fate {
  readonly mutant: Mutant
  /** The test, or the search, that killed it; absent for a survivor. */
  readonly killedBy?: string
  /** Whether any test came by it. */
  readonly reached: boolean
}

/** Where mutations lead: modules of the project, whose loops are watched. */
const WATCHED = /^(?:oracle|world|services|kiosk-sim|contract|explore|scenario)\/.*\.ts$/

/** Nobody watches over a mutant that has a run of its own: a test that takes so long has never ended. */
const ALONE_MS = 60_000

/** How often a process that hangs is replaced before the campaign gives up. */
const RESTARTS_MAX = 200

/** Makes all mutants of a target and runs its tests on each. @throws Error where the tests fail on the unchanged code */
export async function runTarget(target: Target, files: readonly string[], say: (line: string) => void): Promise<Fate[]> {
  const mutants = new Mutants(files)
  const killers = new Map<number, string>()
  const reached = new Set<number>()
  const everything = mutants.all.map((_, number) => number)
  const alive = (): number[] => everything.filter((number) => !killers.has(number))
  for (const include of [target.tests, ...(target.search === undefined ? [] : [[target.search]])]) {
    say(`${target.name}: ${String(alive().length)} mutants meet ${include.join(' ')}`)
    await new Phase(mutants, include, alive(), killers, reached).run(say)
  }
  return mutants.all.map((mutant, number) => {
    const killedBy = killers.get(number)
    return { mutant, reached: reached.has(number), ...(killedBy === undefined ? {} : { killedBy }) }
  })
}

/** The mutants of some files, numbered through, and the files with all of them compiled in. */
class Mutants {
  readonly all: Mutant[] = []
  private readonly code = new Map<string, string>()

  constructor(files: readonly string[]) {
    for (const file of files) {
      const source = parse(file, readFileSync(join(ROOT, file), 'utf8'))
      const numbered = mutantsOf(source).map((mutant) => ({ mutant, number: this.all.push(mutant) - 1 }))
      this.code.set(file, withSwitches(source, numbered))
    }
  }

  /** What is loaded in the place of a module; `undefined` for what stays as it is. */
  codeOf(file: string, text: string): string | undefined {
    return this.code.get(file) ?? (WATCHED.test(file) ? withSwitches(parse(file, text), []) : undefined)
  }
}

/** Some tests, run on those mutants that are alive. */
class Phase {
  private readonly folder = mkdtempSync(join(tmpdir(), 'torichigae-mutants-'))
  private readonly journal = new Journal(join(this.folder, 'journal'))

  constructor(
    private readonly mutants: Mutants,
    private readonly include: readonly string[],
    private readonly candidates: readonly number[],
    private readonly killers: Map<number, string>,
    private readonly reached: Set<number>,
  ) {}

  async run(say: (line: string) => void): Promise<void> {
    try {
      let restarts = 0
      while (await this.broke()) {
        say('a mutant never ended or left something behind: another process goes on')
        if (++restarts > RESTARTS_MAX) throw new Error('too many processes broke')
      }
      this.read()
      for (const number of this.candidates) if (this.standsOutside(number) && !this.killers.has(number)) await this.tryAlone(number)
    } finally {
      rmSync(this.folder, { recursive: true })
    }
  }

  /** Runs the tests. True if the process was ended before it was through; the mutant that did it has been noted. */
  private async broke(): Promise<boolean> {
    const watchdog = endIfSilent(this.journal)
    await this.vitest({ MUTANT_CANDIDATES: JSON.stringify(this.candidates) })
    return watchdog.stop() || 'left' in (this.journal.entries().at(-1) ?? {})
  }

  private read(): void {
    const entries = this.journal.entries()
    const broken = entries.find((entry) => 'broken' in entry)
    if (broken !== undefined) throw new Error(`fails on the unchanged code: ${broken.broken}: ${broken.why}`)
    if (!entries.some((entry) => 'done' in entry)) throw new Error(`no test ran of ${this.include.join(' ')}`)
    for (const entry of entries) {
      if ('killed' in entry) this.killers.set(entry.killed, entry.test)
      if ('done' in entry) for (const number of entry.reached) this.reached.add(number)
    }
  }

  private standsOutside(number: number): boolean {
    return this.mutants.all[number]?.outside ?? false
  }

  /** A mutant outside of functions is there when modules load, or not at all: it gets a run of its own. */
  private async tryAlone(number: number): Promise<void> {
    const failed = await this.vitest({ MUTANT_ALONE: String(number) })
    this.reached.add(number)
    if (failed) this.killers.set(number, 'a run of its own')
  }

  private async vitest(env: Readonly<Record<string, string>>): Promise<boolean> {
    const mutants = this.mutants
    const vitest = await startVitest(
      'test',
      [],
      {
        config: false,
        root: ROOT,
        include: [...this.include],
        runner: join(ROOT, 'scripts/mutants/test-runner.ts'),
        env: { MUTANT_JOURNAL: this.journal.path, ...env },
        watch: false,
        pool: 'forks',
        maxWorkers: 1,
        isolate: false,
        testTimeout: env['MUTANT_ALONE'] === undefined ? 3_600_000 : ALONE_MS,
        reporters: [{}],
        bail: env['MUTANT_ALONE'] === undefined ? 0 : 1,
        dangerouslyIgnoreUnhandledErrors: env['MUTANT_ALONE'] === undefined,
      },
      {
        plugins: [
          {
            name: 'mutants',
            enforce: 'pre',
            transform: (text: string, id: string) => {
              const code = mutants.codeOf(relative(ROOT, id), text)
              return code === undefined ? null : { code, map: null }
            },
          },
        ],
      },
    )
    const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0 || vitest.state.getFiles().some(({ result }) => result?.state === 'fail')
    await vitest.close()
    process.exitCode = 0
    return failed
  }
}
