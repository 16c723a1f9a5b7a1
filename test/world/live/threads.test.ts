import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { eachOnThreads } from '../../../world/live/threads.ts'

/** Doubles a number; one below zero is too much for it. */
const DOUBLING = `
  const { parentPort } = require('node:worker_threads')
  parentPort.on('message', (number) => {
    if (number < 0) throw new Error('below zero')
    parentPort.postMessage(2 * number)
  })`

/** What threads made of these numbers, and whether each has ended. */
async function doubled(numbers: readonly number[], took: (done: number) => void = () => undefined) {
  const workers: Worker[] = []
  const ended: number[] = []
  const start = () => {
    const worker = new Worker(DOUBLING, { eval: true })
    workers.push(worker)
    worker.on('exit', () => ended.push(worker.threadId))
    return worker
  }
  const queue = numbers.values()
  const done: number[] = []
  const outcome = await eachOnThreads<number, number>(start, 2, () => queue.next().value, (number) => {
    done.push(number)
    took(number)
  }).then(() => 'done', (error: unknown) => (error as Error).message)
  return { outcome, done: done.sort((a, b) => a - b), running: workers.length - ended.length }
}

describe('tasks on two threads', () => {
  it('are each done once, and the threads are gone', async () => {
    expect(await doubled([1, 2, 3, 4, 5])).toEqual({ outcome: 'done', done: [2, 4, 6, 8, 10], running: 0 })
    expect(await doubled([])).toEqual({ outcome: 'done', done: [], running: 0 })
  })

  it('end with the first that fails, and so do both threads', async () => {
    const { outcome, running } = await doubled([1, -1, ...Array.from({ length: 10_000 }, (_, at) => at)])

    expect({ outcome, running }).toEqual({ outcome: 'below zero', running: 0 })
  })

  it('end with what is made of an answer, where that fails', async () => {
    const refuse = (): void => {
      throw new Error('not taken')
    }

    expect(await doubled([1, 2, 3], refuse)).toMatchObject({ outcome: 'not taken', running: 0 })
  })
})
