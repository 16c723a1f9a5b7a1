import { describe, expect, it } from 'vitest'
import { sourceLine } from '../../../world/simulated/source-line.ts'

const ROOT = new URL('../../../', import.meta.url).pathname
const stack = (...frames: readonly string[]): string => ['Error: message (with brackets)', ...frames.map((frame) => `    at ${frame}`)].join('\n')

describe('the place in the source', () => {
  it.each([
    ['a function of a module', `handle (file://${ROOT}services/print/worker.ts:12:5)`],
    ['no function at all', `file://${ROOT}services/print/worker.ts:12:5`],
    ['an asynchronous function', `async handle (${ROOT}services/print/worker.ts:12:5)`],
    ['a method of something', `Object.handle [as next] (file://${ROOT}services/print/worker.ts:12:5)`],
  ])('is named by folder and line: %s', (_what, frame) => {
    expect(sourceLine(stack(frame))).toBe('services/print/worker.ts:12')
  })

  it('is neither Node\'s, nor a library\'s, nor the simulated world\'s own', () => {
    const text = stack(
      'new Promise (<anonymous>)',
      'open (node:internal/fs/promises:639:25)',
      `now (file://${ROOT}node_modules/some/library.js:3:1)`,
      `guarded (file://${ROOT}world/simulated/leak-guard.ts:40:1)`,
      `handle (file://${ROOT}services/print/worker.ts:12:5)`,
      `outer (file://${ROOT}services/print/worker.ts:99:5)`,
    )

    expect(sourceLine(text)).toBe('services/print/worker.ts:12')
  })

  it('is a library\'s where nobody else is there, and unknown where there is no frame', () => {
    expect(sourceLine(stack('f (node:internal/x:1:1)', `now (${ROOT}node_modules/some/library.js:3:1)`))).toBe('node_modules/some/library.js:3')
    expect(sourceLine(undefined)).toBe('an unknown place')
    expect(sourceLine('Error')).toBe('an unknown place')
  })

  it('is found in a real stack', () => {
    expect(sourceLine(new Error().stack)).toMatch(/^test\/world\/simulated\/source-line\.test\.ts:\d+$/)
  })
})
