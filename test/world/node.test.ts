import { describe, expect, it } from 'vitest'
import { conversionMs, nodeServing } from '../../world/node.ts'
import { node } from './simulated/small-stage.ts'

describe('the route of a call', () => {
  const nodes = [
    node('centre', { role: 'centre' }),
    node('issuing:munakata', { role: 'issuing', municipality: '40220' }),
    node('issuing:yokohama', { role: 'issuing', municipality: '14100' }),
  ]

  it('goes to the municipality\'s own server, or to the one that serves everybody', () => {
    expect(nodeServing(nodes, 'issuing', '14100')?.name).toBe('issuing:yokohama')
    expect(nodeServing(nodes, 'centre', '14100')?.name).toBe('centre')
  })

  it('goes nowhere where the municipality takes no part', () => {
    expect(nodeServing(nodes, 'issuing', '13121')).toBeUndefined()
    expect(nodeServing(nodes, 'register', '14100')).toBeUndefined()
  })
})

describe('a conversion at full speed', () => {
  it('takes the base and so much a sheet', () => {
    expect(conversionMs({ capacity: 2, baseMs: 400, perSheetMs: 150 }, 3)).toBe(850)
    expect(conversionMs({ capacity: 2, baseMs: 400, perSheetMs: 150 }, 0)).toBe(400)
  })
})
