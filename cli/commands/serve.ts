import type { Command } from 'commander'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { paragraph } from '../terminal.ts'
import { type ServeOptions, serveOptions, serveSyntax } from './serve-options.ts'

/** A signal that comes while the process is already ending does not wait for it. */
const EXIT_AT_ONCE = 130
/** Real milliseconds after which a process that has done its last is ended, whatever still holds it. */
const EXIT_MS_MAX = 1_000

/** `torichigae serve`: hosts a test system, or some of its nodes, until SIGTERM or SIGINT. */
export function serveCommand(ran: (exit: number) => void): Command {
  return serveSyntax().action(async (given: Parameters<typeof serveOptions>[0]) => {
    ran(await serve(serveOptions(given, process.env)))
  })
}

async function serve(options: ServeOptions): Promise<number> {
  const ending = firstSignal()
  // Its modules are loaded here and not before, as those of a live run are.
  const { openServed } = await import('../../scenario/serving.ts')
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  const { host } = options
  if (host !== '127.0.0.1' && host !== 'localhost') {
    process.stderr.write(`${paragraph(`Warning: listening on ${host}. There is no encryption and no authentication of who calls: let nobody reach this port but the other processes and your kiosks.`)}\n`)
  }
  const served = await openServed({ ...options, ...(databaseUrl === undefined ? {} : { databaseUrl }), ...(redisUrl === undefined ? {} : { redisUrl }) }, readCatalogue())
  if (served === undefined) {
    process.stdout.write(`prepared ${options.run}\n`)
    return 0
  }
  process.stdout.write(`serving ${options.groups.join(', ')} at ${served.url}\n`)
  await ending
  process.stderr.write(`ending; at most ${String(options.stopWithinMs / 1_000)} s for what is at hand\n`)
  await served.close(options.stopWithinMs)
  setTimeout(() => {
    process.exit(0)
  }, EXIT_MS_MAX).unref()
  return 0
}

/** Resolves at the first signal; the second ends the process at once. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let heard = false
    const hear = (): void => {
      if (heard) process.exit(EXIT_AT_ONCE)
      heard = true
      resolve()
    }
    process.on('SIGINT', hear)
    process.on('SIGTERM', hear)
  })
}
