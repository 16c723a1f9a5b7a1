import type { Worker } from 'node:worker_threads'

/**
 * Gives threads one task after another, each as soon as it has done the one before, until there is none left; then ends them.
 * A task that fails fails all, and ends them.
 * @param start starts a thread, which answers each task that it is sent with one message
 * @param next the next task; `undefined` where none is left
 */
export async function eachOnThreads<Task, Done>(start: () => Worker, threads: number, next: () => Task | undefined, took: (done: Done) => void): Promise<void> {
  const workers = Array.from({ length: threads }, start)
  try {
    await Promise.all(workers.map((worker) => serve(worker, next, took)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function serve<Task, Done>(worker: Worker, next: () => Task | undefined, took: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const ask = (): void => {
      const task = next()
      if (task === undefined) resolve()
      else worker.postMessage(task)
    }
    worker.on('message', (done: Done) => {
      try {
        took(done)
        ask()
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
    worker.on('error', reject)
    ask()
  })
}
