const EVENT = 'unhandledRejection'
type Listener = (...args: unknown[]) => void

/**
 * Rejections that nobody listens to. A node of the live world dies of one; a simulated run fails of it, and the program
 * that runs it goes on. Only what is rejected within a slice is the run's; whoever else listens is not told of that.
 */
export class StrayRejections {
  private others: Listener[] = []

  constructor(private readonly onStray: (reason: unknown) => void) {}

  enter(): void {
    if (process.listenerCount(EVENT) > 0) {
      // Node types its listeners by event; they are only put back as they were.
      this.others = process.rawListeners(EVENT) as Listener[]
      process.removeAllListeners(EVENT)
    }
    process.on(EVENT, this.onStray)
  }

  leave(): void {
    process.off(EVENT, this.onStray)
    for (const other of this.others) process.on(EVENT, other)
    this.others = []
  }
}
