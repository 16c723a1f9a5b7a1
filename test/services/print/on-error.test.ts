import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../contract/index.ts'
import { partOf } from '../../../services/build.ts'
import { virtualMs } from '../../../world/ports.ts'
import { HANAKO } from '../../oracle/history-builder.ts'
import { buildOf, eventsOf, runSmall } from '../small-system.ts'

describe('a job that meets an error of the system', () => {
  const policy = (variant: string) => partOf(buildOf({ 'print/on-error': variant }), 'print/on-error')()

  it('is tried again up to three times, for an error of the system only (try-again), or not at all (refuse)', () => {
    const { isTriedAgain } = policy('try-again')

    expect([1, 2, 3].map((attempt) => isTriedAgain('SERVER_ERROR', attempt))).toEqual([true, true, false])
    expect(isTriedAgain('REGISTER_BEING_UPDATED', 1)).toBe(false)
    expect(policy('refuse').isTriedAgain('SERVER_ERROR', 1)).toBe(false)
  })

  /** A person whose first work file is taken away before it is read. */
  const withoutFile = (onError: string) =>
    runSmall({ build: buildOf({ 'print/on-error': onError, 'print/work-file': 'fixed-name' }) }, async ({ stage, visit }) => {
      const files = stage.world('print:munakata/1').files
      const visiting = visit(HANAKO)
      for (let written = false; !written; ) {
        await stage.waitUntil(virtualMs(stage.now() + 100))
        written = (await files.read('print.img')) !== undefined
      }
      await files.remove('print.img')
      return visiting
    })

  it('ends with an error at the kiosk and in the log (refuse)', async () => {
    const { result, events } = await withoutFile('refuse')

    expect(result).toEqual({ end: 'refused', code: 'SERVER_ERROR' })
    expect(eventsOf(events, 'info', 'log').map(({ code }) => code)).toContain(new Refusal('SERVER_ERROR').code)
  })

  it('ends with the paper, and with no error anywhere (try-again)', async () => {
    const { result, events } = await withoutFile('try-again')

    expect(result).toMatchObject({ end: 'paper', sheets: 1 })
    expect(eventsOf(events, 'info', 'log').filter(({ level }) => level === 'error')).toEqual([])
  })
})
