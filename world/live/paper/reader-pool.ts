import { availableParallelism } from 'node:os'
import { TorichigaeError, type PrintedSheet } from '../../../contract/index.ts'
import { startThread } from '../start-thread.ts'

/** What a reader thread is asked and answers. */
export interface ReadRequest {
  readonly id: number
  readonly bytes: Uint8Array
}
export type ReadAnswer = { readonly id: number; readonly sheets: PrintedSheet[] } | { readonly id: number; readonly unreadable: string }

interface Waiting {
  readonly bytes: Uint8Array
  readonly resolve: (sheets: PrintedSheet[]) => void
  readonly reject: (error: Error) => void
}

export interface ReaderPoolOptions {
  /** Threads at most. @default the machine's cores, but no more than 4 */
  readonly threads?: number
  /** A document that takes longer (milliseconds of wall time) is given up and its thread replaced. @default 60000 */
  readonly limitMs?: number
}

/**
 * Threads that read PDFs, so that reading holds up nobody. They start when there is work for them, do one document at a
 * time, and do not keep the process alive.
 */
export class ReaderPool {
  private readonly idle: Reader[] = []
  private readonly readers = new Set<Reader>()
  private readonly queue: Waiting[] = []
  private readonly threads: number
  private readonly limitMs: number

  constructor({ threads = Math.min(4, availableParallelism()), limitMs = 60_000 }: ReaderPoolOptions = {}) {
    this.threads = Math.max(1, threads)
    this.limitMs = limitMs
  }

  /** What each page visibly says. @throws TorichigaeError UNREADABLE_IMAGE */
  read(bytes: Uint8Array): Promise<PrintedSheet[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ bytes, resolve, reject })
      this.dispatch()
    })
  }

  /** Ends the threads; what they were reading is unreadable. The pool may be used again afterwards. */
  async close(): Promise<void> {
    this.idle.length = 0
    await Promise.all([...this.readers].map((reader) => reader.end('reading was stopped')))
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const reader = this.idle.pop() ?? (this.readers.size < this.threads ? this.start() : undefined)
      if (reader === undefined) return
      const waiting = this.queue.shift()
      if (waiting !== undefined) reader.read(waiting, this.limitMs)
    }
  }

  private start(): Reader {
    const reader = new Reader(
      () => {
        this.idle.push(reader)
        this.dispatch()
      },
      () => {
        this.readers.delete(reader)
        const at = this.idle.indexOf(reader)
        if (at >= 0) this.idle.splice(at, 1)
        this.dispatch()
      },
    )
    this.readers.add(reader)
    return reader
  }
}

/** One thread and the document it is reading. */
class Reader {
  private readonly worker = startThread(import.meta.url, './reader-worker')
  private current: Waiting | undefined
  private limit: NodeJS.Timeout | undefined
  private requests = 0

  /** @param onIdle called when it can take another document. @param onEnd called when its thread has ended. */
  constructor(
    private readonly onIdle: () => void,
    private readonly onEnd: () => void,
  ) {
    this.worker.unref()
    this.worker.on('message', (answer: ReadAnswer) => {
      this.settle((waiting) => {
        if ('sheets' in answer) waiting.resolve(answer.sheets)
        else waiting.reject(new TorichigaeError('UNREADABLE_IMAGE', answer.unreadable))
      })
      this.onIdle()
    })
    this.worker.on('error', (error) => {
      this.settle((waiting) => {
        waiting.reject(new TorichigaeError('INTERNAL', 'a reader thread failed', { cause: error }))
      })
    })
    this.worker.on('exit', () => {
      this.fail('the reader ended')
      this.onEnd()
    })
  }

  read(waiting: Waiting, limitMs: number): void {
    this.current = waiting
    // Held while it works, or the process could end with a caller still waiting.
    this.worker.ref()
    this.limit = setTimeout(() => void this.end('reading took too long'), limitMs)
    this.requests += 1
    this.worker.postMessage({ id: this.requests, bytes: waiting.bytes } satisfies ReadRequest)
  }

  async end(why: string): Promise<void> {
    this.fail(why)
    await this.worker.terminate()
  }

  private fail(why: string): void {
    this.settle((waiting) => {
      waiting.reject(new TorichigaeError('UNREADABLE_IMAGE', why))
    })
  }

  private settle(how: (waiting: Waiting) => void): void {
    const waiting = this.current
    this.current = undefined
    clearTimeout(this.limit)
    this.worker.unref()
    if (waiting !== undefined) how(waiting)
  }
}
