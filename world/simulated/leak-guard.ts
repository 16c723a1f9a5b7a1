import { TorichigaeError } from '../../contract/index.ts'

/**
 * While a slice of a simulated run is on, real timers are out of reach: whoever sets one gets an error that names the line,
 * and the run fails with it even if the error is caught on the way. Real input and output cannot be forbidden like that; it
 * shows as a quiet run, and `findLeak` (beside this) names it by running the same schedule again under an async hook.
 */
export function forbidRealTimers(onLeak: (error: TorichigaeError) => void): () => void {
  const { setTimeout, setInterval, setImmediate, fetch } = globalThis
  const trap = (name: string): never => {
    const source = (new Error().stack ?? '').split('\n')[3]?.trim() ?? 'an unknown place'
    const error = new TorichigaeError('REAL_IO', `${name} was called ${source}`)
    onLeak(error)
    throw error
  }
  Object.assign(globalThis, {
    setTimeout: () => trap('setTimeout'),
    setInterval: () => trap('setInterval'),
    setImmediate: () => trap('setImmediate'),
    fetch: () => trap('fetch'),
  })
  return () => {
    Object.assign(globalThis, { setTimeout, setInterval, setImmediate, fetch })
  }
}
