import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { TorichigaeError } from '../../../contract/index.ts'
import { atEndOfOwner } from '../postgres/end-of-owner.ts'

/** How a process of the cluster is started. */
export interface ClusterProcessOptions {
  readonly name: string
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]]
  /** Beside what this process has; what is `undefined` here, it is not given. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where it is called. */
  readonly url: string
  /** What it says goes there. */
  readonly log: string
  /** Real milliseconds for what is at hand when it is stopped; after that it is killed. */
  readonly stopMsMax: number
}

const POLL_MS = 50
/** Before a process that died is started again, lest one that cannot live is started without end at full speed. */
const RESTART_MS = 500

/** One process of the cluster: started, asked whether it is ready, started again if it dies, and stopped in the end. */
export class ClusterProcess {
  private child: ChildProcess | undefined
  private ended: Promise<void> = Promise.resolve()
  private wasReady = false
  private stopping = false

  constructor(private readonly options: ClusterProcessOptions) {
    this.start()
  }

  get name(): string {
    return this.options.name
  }

  get url(): string {
    return this.options.url
  }

  /** Of the program that is running now; `undefined` between two. */
  get pid(): number | undefined {
    return this.child?.pid
  }

  /** Sends it a signal, as an operator or the machine would. */
  kill(signal: NodeJS.Signals): void {
    this.child?.kill(signal)
  }

  /** Waits until it says that it is ready. @throws TorichigaeError NOT_READY if it dies before, or takes too long */
  async ready(limitMs: number): Promise<void> {
    const { name, url } = this.options
    const until = performance.now() + limitMs
    while (performance.now() < until) {
      if (this.child === undefined && !this.wasReady) throw new TorichigaeError('NOT_READY', `${name} ended: ${this.lastWords()}`)
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
      if (answer?.ok === true) {
        this.wasReady = true
        return
      }
      await pause(POLL_MS)
    }
    throw new TorichigaeError('NOT_READY', `${name}: ${this.lastWords()}`)
  }

  /** Ends it, and waits for that. */
  async stop(): Promise<void> {
    this.stopping = true
    this.kill('SIGTERM')
    const late = setTimeout(() => {
      this.kill('SIGKILL')
    }, this.options.stopMsMax)
    await this.ended
    clearTimeout(late)
  }

  private start(): void {
    const { command, environment, log } = this.options
    const output = openSync(log, 'a', 0o600)
    const [program, ...rest] = command
    // In a session of its own: Ctrl-C at a terminal is for the cluster, which then ends each in its turn.
    const child = spawn(program, rest, { stdio: ['ignore', output, output], env: { ...process.env, ...environment }, detached: true })
    closeSync(output)
    this.child = child
    const forget = atEndOfOwner(() => child.kill('SIGKILL'))
    this.ended = new Promise((resolve) => {
      const over = (): void => {
        forget()
        this.child = undefined
        resolve()
        if (this.wasReady && !this.stopping) this.startAgain()
      }
      child.once('error', over)
      child.once('exit', over)
    })
  }

  private startAgain(): void {
    const later = setTimeout(() => {
      if (!this.stopping) this.start()
    }, RESTART_MS)
    later.unref()
  }

  private lastWords(): string {
    return readFileSync(this.options.log, 'utf8').trim().split('\n').slice(-3).join(' / ') || 'it said nothing'
  }
}
