import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type DestinationStream, type Logger, pino } from 'pino'
import type { Log, LogFields, Recorder } from '../ports.ts'
import type { LiveTask } from './task.ts'

export interface LoggerOptions {
  /** Default `info`. */
  readonly level?: 'info' | 'warn' | 'error' | 'silent'
  /** Default standard error, so that standard output stays the command's own. */
  readonly destination?: DestinationStream
}

/** The program's logger: JSON lines without host and process id. */
export const createLogger = (options: LoggerOptions = {}): Logger =>
  pino({ level: options.level ?? 'info', base: null }, options.destination ?? pino.destination(2))

/** A log that is kept in a file. */
export interface LogFile {
  readonly logger: Logger
  /** Closes the file; what comes later is dropped, for a request may end after its run. */
  close(): void
}

/**
 * Keeps a log as `log.jsonl` in a folder, made anew, that only its owner may read. Each line is on disk when it is logged, so that whatever
 * ends the run, what was logged until then is there.
 */
export function openLogIn(folder: string): LogFile {
  let fd: number | undefined = openSync(join(folder, 'log.jsonl'), 'w', 0o600)
  const write = (line: string): void => {
    if (fd !== undefined) writeSync(fd, line)
  }
  return {
    logger: createLogger({ destination: { write } }),
    close: () => {
      if (fd !== undefined) closeSync(fd)
      fd = undefined
    },
  }
}

/**
 * A detail as it may be logged. Names, addresses and dates of people are in Japanese characters here, individual numbers
 * and record codes have 11 digits or more: a detail with either is withheld whole.
 */
export const withoutPersonalData = (detail: string): string =>
  /^[\x20-\x7e]*$/.test(detail) && !/\d{11}/.test(detail) ? detail : '(withheld)'

/** The log port of one task: to pino, and to the history as `info log`, which carries no detail at all. */
export function createLiveLog(task: LiveTask, logger: Logger, history: Recorder): Log {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (code: string, fields: LogFields = {}): void => {
      if (!task.life.alive) return
      const application = fields.application ?? task.application
      const who = application === undefined ? {} : { application }
      const detail = fields.detail === undefined ? {} : { detail: withoutPersonalData(fields.detail) }
      const request = task.requestId === undefined ? {} : { requestId: task.requestId }
      logger[level]({ code, process: task.process, ...request, ...who, ...detail })
      history.record({ type: 'info', f: 'log', level, code, ...who })
    }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
