/** Tells whoever waits for it that a node or kiosk has crashed, and counts. */
export class CrashBell {
  private readonly waiting = new Map<string, Set<() => void>>()
  private readonly counts = new Map<string, number>()

  /** Calls `tell` once, at the next crash of `name`. Gives back how to take that back. */
  on(name: string, tell: () => void): () => void {
    const waiting = this.waiting.get(name) ?? new Set()
    this.waiting.set(name, waiting)
    waiting.add(tell)
    return () => {
      waiting.delete(tell)
    }
  }

  count(name: string): number {
    return this.counts.get(name) ?? 0
  }

  /** @param pass how each is told; at once by default */
  ring(name: string, pass: (tell: () => void) => void = (tell) => { tell() }): void {
    this.counts.set(name, this.count(name) + 1)
    const waiting = this.waiting.get(name)
    for (const tell of waiting ?? []) {
      // Taken back until then, it is not told any more.
      pass(() => {
        if (waiting?.delete(tell) === true) tell()
      })
    }
  }
}
