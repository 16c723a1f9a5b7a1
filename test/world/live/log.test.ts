import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { createLiveLog, createLogger, withoutPersonalData } from '../../../world/live/log.ts'
import type { Log } from '../../../world/ports.ts'
import { printTask } from './live-subject.ts'

function logged(write: (log: Log) => void, application?: string): { lines: Record<string, unknown>[]; events: EventDraft[] } {
  const lines: Record<string, unknown>[] = []
  const events: EventDraft[] = []
  const logger = createLogger({ destination: { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) } })
  write(createLiveLog(printTask(1, application), logger, { record: (event) => events.push(event) - 1 }))
  return { lines, events }
}

describe('the live log', () => {
  it('writes code, process and application, and no host or process id', () => {
    const { lines } = logged((log) => { log.warn('TURN_LIMIT_OVER', { detail: '8000 ms' }) }, 'application-1')

    expect(lines).toEqual([
      { level: 40, time: expect.any(Number) as number, code: 'TURN_LIMIT_OVER', process: 'print:munakata/1#1', application: 'application-1', detail: '8000 ms' },
    ])
  })

  it('goes into the history without its detail', () => {
    const { events } = logged((log) => {
      log.info('JOB_STARTED')
      log.error('JOB_FAILED', { application: 'application-2', detail: 'timeout' })
    }, 'application-1')

    expect(events).toEqual([
      { type: 'info', f: 'log', level: 'info', code: 'JOB_STARTED', application: 'application-1' },
      { type: 'info', f: 'log', level: 'error', code: 'JOB_FAILED', application: 'application-2' },
    ])
  })

  it('says nothing of an application where there is none', () => {
    const { lines, events } = logged((log) => { log.info('LINK_RUN') })

    expect(lines[0]).not.toHaveProperty('application')
    expect(events).toEqual([{ type: 'info', f: 'log', level: 'info', code: 'LINK_RUN' }])
  })

  it.each(['見本　花子', 'moved to 見本町１番地', '令和5年3月27日', 'number 123456789018', '12345678901'])('withholds the detail "%s"', (detail) => {
    expect(withoutPersonalData(detail)).toBe('(withheld)')
  })

  it.each(['', 'ECONNRESET', '8000 ms', 'application-shop-1-3'])('keeps the detail "%s"', (detail) => {
    expect(withoutPersonalData(detail)).toBe(detail)
  })
})
