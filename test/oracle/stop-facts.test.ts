import { describe, expect, it } from 'vitest'
import { Register } from '../../oracle/register.ts'
import { sealStopReason, stopReason } from '../../oracle/stop-facts.ts'
import { changed, HANAKO, ICHIRO, sealOf, TARO } from './history-builder.ts'
import { operation } from './register-times.ts'

/** Taro leaves the household, and Hanako's seal is revoked, each at events 10 to 12. */
function register(): Register {
  const filled = new Register([])
  for (const person of [HANAKO, TARO, ICHIRO]) filled.add(person)
  filled.add(changed(TARO, { household: 'alone' }), operation(10, 12))
  filled.addSeal(sealOf(HANAKO))
  filled.addSeal(sealOf(HANAKO, { status: 'revoked', version: 2 }), operation(10, 12))
  return filled
}

describe('what stops an issue', () => {
  it('is leaving the household once that has ended, and not before', () => {
    const words = [5, 11, 20].map((i) => stopReason(register(), 'taro', 'hanako', i)?.words)

    expect(words).toEqual([undefined, undefined, 'was no longer of the household of 山田　花子'])
  })

  it('is nothing the register could not know: of somebody unknown, or for somebody unknown', () => {
    expect(stopReason(register(), 'ghost', 'hanako', 20)).toBeUndefined()
    expect(stopReason(register(), 'taro', 'ghost', 20)).toBeUndefined()
    expect(stopReason(register(), 'taro', 'taro', 20)).toBeUndefined()
  })

  it('is no lifting that is under way, since it may have taken effect', () => {
    const restricted = new Register([])
    restricted.add({ ...HANAKO, restricted: true })
    restricted.add(changed(HANAKO, {}), operation(10, 12))

    expect([5, 11, 20].map((i) => stopReason(restricted, 'hanako', 'hanako', i)?.words)).toEqual(['was under a protective measure', undefined, undefined])
  })
})

describe('what stops a seal certificate', () => {
  it('is a revocation once that has ended', () => {
    expect([5, 11, 20].map((i) => sealStopReason(register(), 'hanako', i)?.words)).toEqual([undefined, undefined, 'had the seal registration revoked'])
  })

  it('is nothing where there never was a seal', () => {
    expect(sealStopReason(register(), 'taro', 20)).toBeUndefined()
  })
})
