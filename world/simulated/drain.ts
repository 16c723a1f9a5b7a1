/**
 * Emptying the microtask queue by hand, so that one step runs to its end before the next is chosen and no count of awaits
 * is needed. `process._tickCallback` does it in under a microsecond on Node 20 to 26, but only from a macrotask: inside a
 * microtask it silently does nothing. So it is tried out at the start of each slice, and where it fails a step ends with a
 * turn of the event loop instead.
 */
interface TickProcess {
  _tickCallback?: () => void
}

const tickCallback = (process as unknown as TickProcess)._tickCallback

/** Drains microtasks now. Call it only from a macrotask in which {@link canDrain} said true. */
export const drainMicrotasks: () => void = tickCallback === undefined ? () => undefined : tickCallback.bind(process)

/** Whether draining works here and now: a chain of two promises has to be through when it returns. */
export function canDrain(): boolean {
  if (tickCallback === undefined) return false
  let through = false
  void Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => {
      through = true
    })
  drainMicrotasks()
  return through
}
