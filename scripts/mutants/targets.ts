import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What is mutated together, and by which tests it has to be killed. */
export interface Target {
  readonly name: string
  readonly files: readonly string[]
  readonly tests: readonly string[]
  /** Where tests do not kill: tests of their own that search runs, once with and once without the final match. */
  readonly search?: string
  /** What part of the mutants must be killed, those accepted with a reason apart. */
  readonly least: number
}

/** In the order in which they are run. */
export const TARGETS: readonly Target[] = [
  { name: 'oracle', files: typescript('oracle'), tests: ['test/oracle/**/*.test.ts'], least: 0.85 },
  {
    name: 'scheduler',
    files: ['scheduler', 'timers', 'drain', 'conflict', 'held-steps', 'observed', 'step'].map((name) => `world/simulated/${name}.ts`),
    tests: [...['scheduler', 'scheduler-alone', 'timers', 'drain', 'resources', 'leaks', 'golden', 'stage', 'kept', 'observed', 'faults', 'held-steps'].map((name) => `test/world/simulated/${name}.test.ts`), 'test/explore/strategies/*.test.ts'],
    least: 0.85,
  },
  {
    name: 'repaired parts',
    files: [
      'services/print/turn/end-job.ts',
      'services/print/output/buffer-per-job.ts',
      'services/print/work-file/own-name.ts',
      'services/print/work-file/own-number.ts',
      'services/print/forms/by-version.ts',
      'services/print/forms/kept-forms.ts',
      'services/print/passing/whole-document.ts',
      'services/exchange/request/own-id.ts',
      'services/issuing/final-match/compare-image.ts',
      'services/issuing/stop-check/stop-list.ts',
      'services/link/seal-delta/change-sequence.ts',
      'services/link/seal-apply/newer-only.ts',
      ...['exchange/exchange', 'family/family-system', 'rows', 'print/compose', 'print/family-register', 'print/print-image', 'print/worker', 'issuing/applications', 'issuing/domicile-users', 'issuing/entitlement', 'link/link', 'link/seal-link', 'link/replica'].map((name) => `services/${name}.ts`),
    ],
    tests: ['test/services/*.test.ts', 'test/services/{exchange,family,print,issuing,link}/**/*.test.ts'],
    search: 'scripts/mutants/search/*.spec.ts',
    least: 1,
  },
]

function typescript(folder: string): string[] {
  const names = readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`).sort()
}
