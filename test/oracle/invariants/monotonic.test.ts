import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { changed, HANAKO, HEADER, HistoryBuilder, PEOPLE, sealOf, TARO } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const second = changed(HANAKO, { address: '新しい所1番' })
const third = changed(second, { address: '新しい所2番' })
const check = (builder: HistoryBuilder) => verdictOf(builder.history(), 'MONOTONIC')
const twoChanges = () => new HistoryBuilder().counter('moveWithin', [second]).counter('moveWithin', [third])

describe('MONOTONIC', () => {
  it('is kept by versions that grow or stay', () => {
    expect(check(twoChanges().link([second, third]).link([third])).verdict).toBe('pass')
  })

  it('is broken by a version that goes back', () => {
    expect(check(twoChanges().link([third]).link([second]))).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('went back to version 2') as string,
    })
  })

  it('compares each person with nobody else', () => {
    expect(check(twoChanges().link([third, TARO])).verdict).toBe('pass')
  })

  it('is broken, once, by a change that no run carried over', () => {
    const { violations } = judge(twoChanges().link([]).link([]).history())

    expect(violations.map(({ invariant }) => invariant)).toEqual(['MONOTONIC', 'MONOTONIC'])
    expect(violations.map(({ explanation }) => /version \d of [^.]+/.exec(explanation)?.[0])).toEqual(['version 2 of 山田　花子', 'version 3 of 山田　花子'])
  })

  it('is kept by a change that was still under way when the run began', () => {
    const builder = new HistoryBuilder()
    builder.counter('moveWithin', [second], () => void builder.link([]))

    expect(check(builder).verdict).toBe('pass')
  })

  it('is kept where a change was carried over before its operation is recorded to have ended', () => {
    const builder = new HistoryBuilder()
    builder.counter('moveWithin', [second], () => void builder.link([second]))

    expect(check(builder.link([])).verdict).toBe('pass')
  })

  it('asks the replica of each register for itself', () => {
    const seal = sealOf(HANAKO)
    const revoked = sealOf(HANAKO, { status: 'revoked', version: 2 })
    const builder = new HistoryBuilder(PEOPLE, HEADER, [seal]).sealDesk('revoke seal', revoked)

    expect(check(builder.link([])).verdict).toBe('pass')
    expect(check(builder.sealLink([revoked])).verdict).toBe('pass')
    expect(check(builder.sealLink([seal])).why).toContain('the seal registration of 山田　花子')
  })

  it('asks only the municipality\'s own runs', () => {
    const builder = twoChanges()
    for (const type of ['invoke', 'ok'] as const) builder.add('link', { type, f: 'link', municipality: 'fukutsu', register: 'residents' })

    expect(check(builder).verdict).toBe('pass')
    expect(check(builder.link([])).verdict).toBe('violation')
  })

  it('is broken by the later of two changes where only the earlier was carried over, and kept once the later is there', () => {
    expect(check(twoChanges().link([second])).why).toContain('version 3 of 山田　花子')
    expect(check(twoChanges().link([third])).verdict).toBe('pass')
  })

  it('asks a run for what had ended before it began, and the next run for what ended meanwhile', () => {
    const meanwhile = () => {
      const builder = new HistoryBuilder()
      return builder.link([], () => void builder.counter('moveWithin', [second]))
    }

    expect(check(meanwhile()).verdict).toBe('pass')
    expect(check(meanwhile().link([])).verdict).toBe('violation')
    expect(check(meanwhile().link([second])).verdict).toBe('pass')
  })

  it('is broken by a run that carried nothing over, though the next one did', () => {
    expect(check(twoChanges().link([]).link([second, third])).verdict).toBe('violation')
  })

  it('says nothing of the change that was carried over', () => {
    expect(judge(twoChanges().link([second]).history()).violations).toHaveLength(1)
  })

  it('is broken by a change at the seal desk that no run carried over', () => {
    const builder = new HistoryBuilder(PEOPLE, HEADER, [sealOf(HANAKO)]).sealDesk('revoke seal', sealOf(HANAKO, { status: 'revoked', version: 2 }))

    expect(check(builder.sealLink([])).why).toContain('and the replica still had an older version')
  })

  it('is kept where a link run had nothing to carry over', () => {
    expect(check(new HistoryBuilder().link([]).counter('moveWithin', [second])).verdict).toBe('pass')
  })
})
