/** Where torichigae itself stands, so that its own files can be named by folder and line. */
const ROOT = new URL('../../', import.meta.url).pathname

const FRAME = /^\s+at (?:.*\(|async )?((?:file:\/\/)?\/[^()]*?):(\d+):\d+\)?$/

interface Frame {
  readonly path: string
  readonly line: string
}

/**
 * The place in the source that a stack leads to, as `services/print/worker.ts:12`: the innermost frame that is neither
 * Node's own, nor a library's, nor the simulated world's.
 */
export function sourceLine(stack: string | undefined): string {
  const frames = (stack ?? '').split('\n').flatMap(frameOf)
  const frame = frames.find(({ path }) => !path.includes('node_modules/') && !path.startsWith('world/simulated/')) ?? frames[0]
  return frame === undefined ? 'an unknown place' : `${frame.path}:${frame.line}`
}

function frameOf(text: string): Frame[] {
  const [, file, line] = FRAME.exec(text) ?? []
  if (file === undefined || line === undefined) return []
  const path = file.replace(/^file:\/\//, '')
  return [{ path: path.startsWith(ROOT) ? path.slice(ROOT.length) : path, line }]
}
