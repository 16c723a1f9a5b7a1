import { describe, expect, it } from 'vitest'
import type { RefusalCode } from '../../contract/index.ts'
import type { KioskHall, VisitEnd } from '../../kiosk-sim/hall.ts'
import { visitAgain } from '../../scenario/try-again.ts'
import { HANAKO } from '../oracle/history-builder.ts'
import { visitOf } from '../services/small-system.ts'

const refused = (code: RefusalCode): VisitEnd => ({ end: 'refused', code })
const PAPER: VisitEnd = { end: 'paper', application: 'application-shop-1-1', sheets: 1 }

/** How somebody is served whose visits end like this, and how many visits that took. */
async function served(ends: readonly VisitEnd[], triesAgain: number): Promise<readonly [VisitEnd, number]> {
  let visits = 0
  const hall: Pick<KioskHall, 'visit'> = { visit: () => Promise.resolve(ends[visits++]!) }
  return [await visitAgain(hall, { purseYen: 1_000 }, visitOf(HANAKO), triesAgain), visits]
}

describe('somebody who was refused', () => {
  it.each(['SERVER_ERROR', 'SERVER_TIMEOUT', 'CENTRE_TIMEOUT'] as const)('applies again after an error of the system (%s), as often as they would', async (code) => {
    expect(await served([refused(code), PAPER], 1)).toEqual([PAPER, 2])
    expect(await served([refused(code), refused(code), PAPER], 1)).toEqual([refused(code), 2])
    expect(await served([refused(code), PAPER], 0)).toEqual([refused(code), 1])
  })

  it('does not where the answer was about them, nor once there is a paper', async () => {
    expect(await served([refused('MOVED_OUT'), PAPER], 3)).toEqual([refused('MOVED_OUT'), 1])
    expect(await served([PAPER, PAPER], 3)).toEqual([PAPER, 1])
  })
})
