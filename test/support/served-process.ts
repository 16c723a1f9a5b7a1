import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ROOT } from './source-tree.ts'

/** A process of a served system, from the built command. */
export class ServedProcess {
  stdout = ''
  stderr = ''
  private readonly child: ChildProcess
  private readonly ended: Promise<unknown>

  constructor(args: readonly string[], environment: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [join(ROOT, 'bin/torichigae.js'), 'serve', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, REDIS_URL: undefined, ...environment } })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.child = child
    this.ended = once(child, 'close')
  }

  /** Its URL, once it serves. @throws if it ends before that */
  async url(): Promise<string> {
    const serving = (): string | undefined => / at (http:\S+)$/m.exec(this.stdout)?.[1]
    await expect.poll(() => serving() ?? this.child.exitCode, { timeout: 60_000 }).not.toBeNull()
    const url = serving()
    if (url === undefined) throw new Error(`it ended: ${this.stderr}`)
    return url
  }

  /** The codes of the log lines it has written of an application. */
  codes(application: string): string[] {
    const lines = this.stderr.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'))
    return lines.map((line) => JSON.parse(line) as { code: string; application?: string }).filter((line) => line.application === application).map(({ code }) => code)
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** Its exit code, once it has ended. */
  async exit(): Promise<number | null> {
    await this.ended
    return this.child.exitCode
  }
}
