import { TorichigaeError } from '../contract/index.ts'

/**
 * What has to be done before the program may end on SIGINT or SIGTERM: footers written, servers stopped. The latest comes
 * first, and each is given its chance even if another fails.
 */
export class Interrupts {
  private readonly calls: (() => Promise<void> | void)[] = []

  /** Calls `call` on an interruption; gives back how to take that back. */
  add(call: () => Promise<void> | void): () => void {
    this.calls.push(call)
    return () => {
      const at = this.calls.indexOf(call)
      if (at >= 0) this.calls.splice(at, 1)
    }
  }

  /** Listens from now on, until what it gives back is called. @param where says where the recordings are. */
  listen(where: () => string, end: (error: TorichigaeError) => void): () => void {
    let over = false
    const stop = (): void => {
      if (over) return
      over = true
      void this.run().then(() => {
        end(new TorichigaeError('INTERRUPTED', where()))
      })
    }
    // Not once: whoever else hears the signal asks whether there is a listener, and this one has to be seen.
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    return () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    }
  }

  private async run(): Promise<void> {
    for (const call of this.calls.reverse()) {
      try {
        await call()
      } catch {
        // One that cannot be ended must not keep the others from being ended.
      }
    }
  }
}
