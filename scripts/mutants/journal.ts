import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** A line of the journal by which the process that runs tests tells what became of which mutant. Either process may die. */
export type Entry =
  /** The process with this number runs the tests from here on. */
  | { readonly pid: number }
  /** A test begins with this mutant on. */
  | { readonly on: number; readonly test: string }
  /** It failed: the mutant is killed. */
  | { readonly killed: number; readonly test: string }
  /** All mutants a test reaches have been tried; these it reaches. */
  | { readonly done: string; readonly reached: readonly number[] }
  /** The process ended itself in this test, for something in it never would. */
  | { readonly left: string }
  /** The unchanged code fails here, so nothing can be said. */
  | { readonly broken: string; readonly why: string }

/** Appends and reads entries, one JSON value a line. */
export class Journal {
  constructor(readonly path: string) {}

  append(entry: Entry): void {
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`)
  }

  entries(): Entry[] {
    if (!existsSync(this.path)) return []
    const lines = readFileSync(this.path, 'utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry)
  }
}
