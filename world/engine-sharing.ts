/**
 * Processor sharing, the law by which conversions slow each other down: each of n conversions under way progresses at
 * min(1, capacity / n) of full speed. A calculator without a clock of its own, so that both worlds use the same one: they
 * say when something happens, and it says when the next conversion will be done if nothing else does.
 *
 * Rules:
 * 1. Between two calls the set of conversions does not change, so all progress equally; `advance` takes that progress off.
 * 2. What is left of a conversion is kept in milliseconds at full speed.
 * 3. Of two that will be done at the same instant the one started first comes first.
 */
export class ProcessorSharing {
  /** In order of starting: a Map keeps it. Milliseconds of work left at full speed. */
  private readonly left = new Map<string, number>()
  private advancedToMs = 0

  /** @param capacity conversions that run at full speed together; at least 1. @throws RangeError below that. */
  constructor(private readonly capacity: number) {
    if (!(capacity >= 1)) throw new RangeError(`an engine's capacity is at least 1, not ${String(capacity)}`)
  }

  /** Conversions under way. */
  get active(): number {
    return this.left.size
  }

  /** Begins a conversion that takes `workMs` when alone. @throws RangeError if `id` is under way. */
  start(id: string, workMs: number, nowMs: number): void {
    if (this.left.has(id)) throw new RangeError(`conversion ${id} is under way already`)
    this.advance(nowMs)
    this.left.set(id, Math.max(0, workMs))
  }

  /** Ends a conversion, done or not, and frees its share; nothing happens if it is not under way. */
  stop(id: string, nowMs: number): void {
    this.advance(nowMs)
    this.left.delete(id)
  }

  /** The conversion that will be done first if nothing starts or stops before, and when; never before `nowMs`. */
  next(nowMs: number): { readonly id: string; readonly atMs: number } | undefined {
    this.advance(nowMs)
    let first: { id: string; leftMs: number } | undefined
    for (const [id, leftMs] of this.left) if (first === undefined || leftMs < first.leftMs) first = { id, leftMs }
    return first === undefined ? undefined : { id: first.id, atMs: this.advancedToMs + first.leftMs / this.speed() }
  }

  /** Work left at full speed, for tests and displays; `undefined` if the conversion is not under way. */
  leftMs(id: string, nowMs: number): number | undefined {
    this.advance(nowMs)
    return this.left.get(id)
  }

  private speed(): number {
    return Math.min(1, this.capacity / this.left.size)
  }

  private advance(nowMs: number): void {
    const doneMs = (nowMs - this.advancedToMs) * this.speed()
    if (nowMs <= this.advancedToMs) return
    this.advancedToMs = nowMs
    for (const [id, leftMs] of this.left) this.left.set(id, Math.max(0, leftMs - doneMs))
  }
}
