import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { TorichigaeError } from '../../../contract/index.ts'
import { atEndOfOwner } from '../postgres/end-of-owner.ts'
import { freePort } from '../postgres/free-port.ts'
import { REDIS_ARGUMENTS } from './topology.ts'

/** A Redis of this machine's own that can be stopped and started again on the same data. */
export class RedisServer {
  private child: ChildProcess | undefined
  private forget = (): void => undefined

  private constructor(
    private readonly port: number,
    private readonly folder: string,
  ) {}

  /** Starts `redis-server` on a free port; its data are in `folder`. @throws TorichigaeError NO_PROGRAM */
  static async open(folder: string): Promise<RedisServer> {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const server = new RedisServer(await freePort(), folder)
    await server.start()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${String(this.port)}`
  }

  /** Starts it again, on the same port and data, and waits until it answers. */
  async start(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, ...REDIS_ARGUMENTS]
    // In a session of its own, or Ctrl-C at a terminal would end it before those that still need it.
    const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
    this.child = child
    this.forget = atEndOfOwner(() => child.kill('SIGKILL'))
    await new Promise<void>((resolve, reject) => {
      const failed = (what: string): void => {
        this.forget()
        reject(new TorichigaeError('NO_PROGRAM', `redis-server ${what}`))
      }
      child.once('error', (error) => {
        failed(error.message)
      })
      child.once('exit', (code) => {
        failed(`ended with ${String(code)}`)
      })
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Ready to accept connections')) resolve()
      })
    })
  }

  /** Stops it; its data stay. */
  async stop(): Promise<void> {
    const { child } = this
    if (child === undefined) return
    this.child = undefined
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.kill('SIGTERM')) await ended
    this.forget()
  }
}
