/**
 * Which mutant is on, in the process that runs the tests. Compiled-in switches ask `__mutant__`, loops call `__tick__`
 * (`schemata.ts`); both are globals, for the mutated modules can import nothing they did not import before.
 */
export class Switchboard {
  private active = -1
  private reached = new Set<number>()
  private ticks = 0
  private tickLimit = Number.POSITIVE_INFINITY
  private deadlineMs = Number.POSITIVE_INFINITY

  /** Makes it the one the switches ask. */
  install(): void {
    Object.assign(globalThis, {
      __mutant__: (number: number): boolean => {
        if (this.active === -1) this.reached.add(number)
        return number === this.active
      },
      __tick__: (): void => {
        this.ticks++
        if (this.ticks > this.tickLimit || ((this.ticks & 1023) === 0 && performance.now() > this.deadlineMs)) throw new EndlessError()
      },
    })
  }

  /** All off; notes which switches are asked and how often loops turn. */
  off(): void {
    this.active = -1
    this.reached = new Set()
    this.ticks = 0
    this.tickLimit = this.deadlineMs = Number.POSITIVE_INFINITY
  }

  /** What has been asked and counted since {@link off}. */
  get seen(): { readonly reached: ReadonlySet<number>; readonly ticks: number } {
    return { reached: this.reached, ticks: this.ticks }
  }

  /** One on. Loops may turn so often, and so long, before they count as endless. */
  on(number: number, limits: { readonly ticks: number; readonly ms: number }): void {
    this.active = number
    this.ticks = 0
    this.tickLimit = limits.ticks
    this.deadlineMs = performance.now() + limits.ms
  }
}

/** A loop that a mutant has made endless. */
export class EndlessError extends Error {
  override readonly name = 'EndlessError'
}
