import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from '../../world/live/postgres/free-port.ts'

export interface RedisServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts a Redis that keeps nothing on disk, on a free port of this machine. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await ready(child)
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          resolve()
        })
        child.kill()
      }),
  }
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`redis-server ended with ${String(code)}`))
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve()
    })
  })
