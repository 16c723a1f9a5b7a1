import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a thread whose file stands beside the caller's, as `.js` once it is built and as `.ts` where the sources are run. Node
 * runs the latter only with tsx, which a thread does not inherit; so the thread registers it first.
 * @param caller `import.meta.url` of whoever starts it
 * @param name of the file, without its ending: `./reader-worker`
 */
export function startThread(caller: string, name: string, options: WorkerOptions = {}): Worker {
  if (!caller.endsWith('.ts')) return new Worker(new URL(`${name}.js`, caller), options)
  const tsx = import.meta.resolve('tsx/esm/api')
  const file = new URL(`${name}.ts`, caller).href
  const script = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(file)})`
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), options)
}
