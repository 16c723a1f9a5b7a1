import { describe, expect, it } from 'vitest'
import { ERRORS, REFUSAL_CODES, Refusal, REFUSALS, TorichigaeError } from '../../contract/index.ts'

const errorCodes = Object.keys(ERRORS) as (keyof typeof ERRORS)[]

describe('an error', () => {
  it.each(errorCodes)('%s is one sentence with its detail in it, what to do, and an exit code of the design', (code) => {
    const error = new TorichigaeError(code, 'the-detail')

    expect(error.message).toContain('the-detail')
    expect(error.message).not.toContain('{detail}')
    expect(error.message).toMatch(/^[A-Z].*\.$/)
    expect(error.remedy).toMatch(/^[A-Z].*\.$/)
    expect([2, 64, 70, 130]).toContain(error.exit)
  })

  it('keeps what it came from', () => {
    const cause = new Error('permission denied')

    expect(new TorichigaeError('NO_FILE', 'x', { cause })).toMatchObject({ name: 'TorichigaeError', code: 'NO_FILE', exit: 64, cause })
  })

  it('says its detail as it is, be it a pattern of replacement', () => {
    expect(new TorichigaeError('NO_FILE', '$& and $1').message).toBe('The file cannot be read: $& and $1.')
  })
})

describe('a refusal', () => {
  it.each(REFUSAL_CODES)('%s has a sentence in both languages and a status that blames the right side', (code) => {
    const { ja, en, status } = REFUSALS[code]

    expect(ja).toMatch(/。$/)
    expect(en).toMatch(/^[A-Z].*\.$/)
    expect(status).toBeGreaterThanOrEqual(400)
    // Nothing a client sends gets 500; what is left of the fifth class says that somebody behind did not answer.
    expect([400, 401, 402, 403, 404, 409, 502, 504]).toContain(status)
  })

  it('carries its code and nothing personal', () => {
    expect(new Refusal('PIN_LOCKED')).toMatchObject({ name: 'Refusal', code: 'PIN_LOCKED', message: 'PIN_LOCKED' })
  })
})
