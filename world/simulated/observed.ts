/**
 * The same object, with each use of it told: whenever its code begins to run, because one of its methods is called or what it
 * waits for is settled, and whenever it has run. What it hands out to be called back, and what it is handed, is observed alike, so
 * that between two tellings nothing of it runs. Data goes through as it is, and nothing happens later than it would without.
 */
export function observed<T>(value: T, tell: () => void): T {
  return new Observer(tell).observe(value) as T
}

class Observer {
  constructor(private readonly tell: () => void) {}

  readonly observe = (value: unknown): unknown => {
    if (typeof value === 'function') return this.calls(value as Callable, undefined)
    if (value instanceof Promise) {
      // Told before whoever waits for it goes on, since asked first.
      void value.then(this.tell, this.tell)
      return value
    }
    return hasMethods(value) ? this.methodsOf(value) : value
  }

  private methodsOf(target: object): object {
    return new Proxy(target, {
      get: (_, key) => {
        const member: unknown = Reflect.get(target, key, target)
        return typeof member === 'function' ? this.calls(member as Callable, target) : this.observe(member)
      },
    })
  }

  private calls(call: Callable, self: object | undefined): Callable {
    return (...args) => {
      this.tell()
      return this.observe(Reflect.apply(call, self, args.map(this.observe)))
    }
  }
}

type Callable = (...args: unknown[]) => unknown

/** Whether it does something when called, and is not only data. What the language itself brings has no memory of ours. */
function hasMethods(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof EventTarget) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return Object.values(value).some((member) => typeof member === 'function')
  return !OF_THE_LANGUAGE.some((kind) => value instanceof kind)
}

const OF_THE_LANGUAGE = [Array, Map, Set, ArrayBuffer, Uint8Array] as const
