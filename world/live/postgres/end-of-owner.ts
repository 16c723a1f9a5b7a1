const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `stop`, which must do its work at once, when this process ends: on exit, and on a signal that nobody else handles.
 * Where somebody does (a command that still closes its history), the end comes with that one's exit. A process that is
 * killed outright ends without a word; what it leaves the next run stops (`orphans.ts`).
 *
 * Gives back how to take it back.
 */
export function atEndOfOwner(stop: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return
    forget()
    stop()
    // With no listener left the signal does what it would have done without us.
    process.kill(process.pid, signal)
  }
  const forget = (): void => {
    process.off('exit', stop)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  process.once('exit', stop)
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return forget
}
