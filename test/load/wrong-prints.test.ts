import { describe, expect, it } from 'vitest'
import type { HistoryEvent, PrintedSheet } from '../../contract/index.ts'
import { Askers } from '../../load/askers.ts'
import { WrongPrints } from '../../load/wrong-prints.ts'
import { Metrics } from '../../world/live/metrics.ts'
import { HANAKO, ICHIRO, PEOPLE, paperOf, wish } from '../oracle/history-builder.ts'

/** What a kiosk's events would be; the count is read off the metrics, as a dashboard reads it. */
function watching() {
  const metrics = new Metrics()
  const wrongPrints = new WrongPrints(new Askers([{ population: PEOPLE, seals: new Map() }]), metrics)
  const envelope = { i: 0, atMs: 0, process: 'kiosk:shop-1' }
  return {
    wrongPrints,
    apply: (application: string, applicant: string): void => {
      wrongPrints.take({ ...envelope, type: 'invoke', f: 'apply', application, kiosk: 'shop-1', applicant, municipality: 'munakata', wish: wish({ scope: 'applicant' }) })
    },
    print: (application: string, sheets: readonly PrintedSheet[], type: 'ok' | 'fail' = 'ok'): void => {
      wrongPrints.take({ ...envelope, type, f: 'print', application, kiosk: 'shop-1', sheets } as HistoryEvent)
    },
    total: async (): Promise<string | undefined> => /^wrong_prints_total (\d+)$/m.exec((await metrics.exposition()).text)?.[1],
  }
}

describe('wrong_prints_total under load', () => {
  it('counts a paper of somebody else the moment it comes out, and none of one\'s own', async () => {
    const { apply, print, total } = watching()
    apply('a-1', HANAKO.id)
    apply('a-2', HANAKO.id)

    print('a-1', paperOf([HANAKO]))
    expect(await total()).toBe('0')
    print('a-2', paperOf([ICHIRO]))
    expect(await total()).toBe('1')
  })

  it('counts what came out before a jam, and a paper that nobody asked for, but no print without paper', async () => {
    const { apply, print, total } = watching()
    apply('a-1', HANAKO.id)
    apply('a-2', HANAKO.id)

    print('a-1', paperOf([ICHIRO]), 'fail')
    print('a-2', [], 'fail')
    print('a-9', paperOf([HANAKO]))

    expect(await total()).toBe('2')
  })

  it('is brought up to what the judge finds, and never below what was counted', async () => {
    const { apply, print, total, wrongPrints } = watching()
    apply('a-1', HANAKO.id)
    print('a-1', paperOf([ICHIRO]))

    expect(wrongPrints.reconcile(0)).toEqual({ counted: 1, judged: 0 })
    expect(await total()).toBe('1')
    expect(wrongPrints.reconcile(3)).toEqual({ counted: 1, judged: 3 })
    expect(await total()).toBe('3')
  })
})
