import { describe, expect, it } from 'vitest'
import { Certificates } from '../../oracle/certificates.ts'
import { operation } from './register-times.ts'

describe('what stopped a card', () => {
  it('is nothing where nothing was ever said of its certificate', () => {
    expect(new Certificates().stoppedAt('hanako', 5)).toBeUndefined()
  })

  it('is a revocation once that has ended, and not while it is under way', () => {
    const certificates = new Certificates()
    certificates.add('hanako', 'revoked', operation(3, 8))

    expect([1, 5, 9].map((i) => certificates.stoppedAt('hanako', i))).toEqual([undefined, undefined, 'revoked'])
    expect(certificates.stoppedAt('taro', 9)).toBeUndefined()
  })

  it('is a suspension until its lifting begins', () => {
    const certificates = new Certificates()
    certificates.add('hanako', 'suspended', operation(3, 8))
    certificates.add('hanako', 'good', operation(13, 18))

    expect([10, 15, 20].map((i) => certificates.stoppedAt('hanako', i))).toEqual(['suspended', undefined, undefined])
  })

  it('is there from the beginning where the certificate began suspended', () => {
    const certificates = new Certificates()
    certificates.add('hanako', 'suspended')
    certificates.add('hanako', 'revoked', operation(3, 8))

    expect([1, 5, 9].map((i) => certificates.stoppedAt('hanako', i))).toEqual(['suspended', 'suspended', 'revoked'])
  })

  it('is not known from the first operation on whose end is missing', () => {
    const certificates = new Certificates()
    certificates.add('hanako', 'suspended')
    for (const began of [9, 5, 7]) certificates.addUnended('hanako', began)

    expect([3, 6, 8, 20].map((i) => certificates.stoppedAt('hanako', i))).toEqual(['suspended', undefined, undefined, undefined])
  })
})
