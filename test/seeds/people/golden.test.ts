import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { castPeople, generatePopulation, sealsOf } from '../../../seeds/people/index.ts'
import { MUNAKATA, TODAY } from './people.ts'

/**
 * Tokens and incident files name people by seed and role. Where one of these digests changes, every one of them means other
 * people: that is a new major version, or a difference between Node versions, never an update of the number below.
 */
describe('the meaning of a seed', () => {
  it('is frozen: the people of seed 1, size 200, have had these bytes since they were first made', () => {
    const people = generatePopulation({ seed: 1, size: 200, municipality: MUNAKATA, today: TODAY })

    expect(digest(people)).toBe('cd384153e71e015a6d1320078b6d0c83d205b178395af188e14beae045b5c799')
  })

  it('is frozen: so have their seals', () => {
    const people = generatePopulation({ seed: 1, size: 200, municipality: MUNAKATA, today: TODAY })

    expect(digest(sealsOf(people, 1, TODAY))).toBe('9c4d4176b595707d6cc8b5c7d2b16448fa6794b9d7c7d6a1cb4026b78ceb93a6')
  })

  it('is frozen: the cast of seed 1 has been these people', () => {
    const people = generatePopulation({ seed: 1, size: 200, municipality: MUNAKATA, today: TODAY })
    const cast = castPeople(people, { applicant: 'any:female,adult', previous: 'any:male', namesake: 'namesake:previous' }, 1, TODAY)

    expect([...cast].map(([role, { id }]) => `${role} ${id}`)).toEqual(['applicant munakata-000006', 'previous munakata-000100', 'namesake munakata-000113'])
  })
})

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
