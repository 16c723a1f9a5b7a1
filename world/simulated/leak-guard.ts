import { TorichigaeError } from '../../contract/index.ts'
import { sourceLine } from './source-line.ts'

/**
 * While a slice of a simulated run is on, real timers are out of reach: whoever sets one gets an error that names the line,
 * and the run fails with it even if the error is caught on the way. Real input and output cannot be forbidden like that; it
 * shows as a quiet run, and `findLeak` (beside this) names it by running the same schedule again under an async hook.
 *
 * The guards are put before the real functions once, when the first run of the program begins, and ask at each call whether
 * a slice is on. Taking them off after each slice would throw away machine code that knows these functions.
 */
interface Watch {
  onLeak: ((error: TorichigaeError) => void) | undefined
  guarded: boolean
}

const watch: Watch = { onLeak: undefined, guarded: false }

/** Forbids real timers until {@link allowRealTimers}. @param onLeak is told of each attempt */
export function forbidRealTimers(onLeak: (error: TorichigaeError) => void): void {
  if (!watch.guarded) guardAll()
  watch.onLeak = onLeak
}

export function allowRealTimers(): void {
  watch.onLeak = undefined
}

function guardAll(): void {
  watch.guarded = true
  const { setTimeout, setInterval, setImmediate, fetch } = globalThis
  Object.assign(globalThis, {
    setTimeout: guarded('setTimeout', setTimeout),
    setInterval: guarded('setInterval', setInterval),
    setImmediate: guarded('setImmediate', setImmediate),
    fetch: guarded('fetch', fetch),
  })
}

/** The real function, but for calls made within a slice. Properties such as `promisify.custom` are kept. */
function guarded<F extends (...args: never[]) => unknown>(name: string, real: F): F {
  return new Proxy(real, {
    apply: (target, self, args: never[]) => {
      if (watch.onLeak === undefined) return Reflect.apply(target, self, args)
      const error = new TorichigaeError('REAL_IO', `${name} at ${sourceLine(new Error().stack)}`)
      watch.onLeak(error)
      throw error
    },
  })
}
