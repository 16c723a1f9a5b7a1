/** What `promise` gives within so many real milliseconds; `undefined` if it fails or takes longer. Nobody waits for it then. */
export function within<T>(limitMs: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const over = setTimeout(() => {
      resolve(undefined)
    }, limitMs)
    const settle = (value: T | undefined): void => {
      clearTimeout(over)
      resolve(value)
    }
    promise.then(settle, () => {
      settle(undefined)
    })
  })
}
