import { describe, expect, it } from 'vitest'
import { stepNames } from '../../world/step-names.ts'

describe('names of steps', () => {
  it('are told apart: no two calls of one task share one', () => {
    // Each is called with the same words, so that only what it does can tell it from the others.
    const names = Object.values(stepNames).map((name: (...words: never[]) => string) => name(...(['print', 'challenge', 'x'] as never[])))

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('begin with who makes the step, so that one reads as a sentence', () => {
    const names = Object.values(stepNames).map((name: (...words: never[]) => string) => name(...(['print', 'challenge', 'x'] as never[])))

    expect(names.filter((name) => !name.startsWith('print: '))).toEqual([])
  })
})
