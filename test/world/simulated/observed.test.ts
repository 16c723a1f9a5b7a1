import { describe, expect, it } from 'vitest'
import { observed } from '../../../world/simulated/observed.ts'

/** A turn: whoever takes it waits for whoever has it, works, and gives it on. */
class Turn {
  private last: Promise<unknown> = Promise.resolve()
  taken = 0

  inTurn<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const mine = this.last.then(() => {
      this.taken += 1
      return work(new AbortController().signal)
    })
    this.last = mine
    return mine
  }
}

function watched(): { readonly turn: Turn; told(): number } {
  let told = 0
  const turn = observed(new Turn(), () => void (told += 1))
  return {
    turn,
    told: () => {
      const since = told
      told = 0
      return since
    },
  }
}

describe('an object that is observed', () => {
  it('does what it did, and tells of its methods, of what it calls and of what it waits for', async () => {
    const { turn, told } = watched()
    let finish: (value: string) => void = () => undefined
    const work = new Promise<string>((resolve) => { finish = resolve })

    const done = turn.inTurn((signal) => {
      expect(signal).toBeInstanceOf(AbortSignal)
      return work
    })
    expect(told()).toBe(1)
    await Promise.resolve()
    expect(told(), 'it has called the work').toBe(1)

    finish('printed')
    expect(await done).toBe('printed')
    expect(told(), 'the work is done, and so is the method').toBe(2)
    expect(turn.taken).toBe(1)
  })

  it('tells before whoever waits goes on, as soon as it would have without', async () => {
    const order: string[] = []
    const part = { ask: () => Promise.resolve('answer') }
    const waiter = async (name: string, { ask }: typeof part): Promise<void> => {
      await ask()
      order.push(name)
    }

    await Promise.all([waiter('observed', observed(part, () => void order.push('told'))), waiter('plain', part)])

    expect(order).toEqual(['told', 'told', 'observed', 'plain'])
  })

  it('tells of what it has given away to be called back', () => {
    let told = 0
    const given: (() => void)[] = []
    let fired = 0
    const part = observed({ listen: (to: { on(call: () => void): void }) => { to.on(() => void (fired += 1)) } }, () => void (told += 1))

    part.listen({ on: (call) => void given.push(call) })
    const before = told
    given[0]!()

    expect(fired).toBe(1)
    expect(told - before).toBe(1)
  })

  it('tells of what failed, and hands on data and errors as they are', async () => {
    const { turn, told } = watched()
    const error = new Error('jam')
    await expect(turn.inTurn(() => Promise.reject(error))).rejects.toBe(error)
    expect(told()).toBe(4)

    const row = { key: 'k', data: [1, 2] }
    const given = { row, all: new Map([['k', row]]), signal: new AbortController().signal, bare: Object.create(null) as object, error, none: null }
    const part = observed({ ...given, put: (one: unknown) => one }, () => undefined)
    for (const one of Object.values(given)) expect(part.put(one)).toBe(one)
    expect([part.row, part.all, part.signal, part.bare, part.error, part.none].map((one, at) => one === Object.values(given)[at])).toEqual([true, true, true, true, true, true])
  })

  it('takes what does anything for more than data, whatever else it holds', () => {
    let told = 0
    const inner = { name: 'queue', ask: () => 'answer' }
    const part = observed({ inner, give: () => inner }, () => void (told += 1))

    expect(part.inner.ask()).toBe('answer')
    expect(told).toBe(1)
    expect(part.give().ask()).toBe('answer')
    expect(told).toBe(3)
  })
})
