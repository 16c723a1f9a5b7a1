import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../explore/strategies/uniform.ts'
import type { HistoryEvent } from '../../contract/index.ts'
import { HANAKO, ICHIRO, TARO } from '../oracle/history-builder.ts'
import { broken, eventsOf, namesOnPapers, runSmall } from '../services/small-system.ts'

/** Begin and end of each session of a kiosk, in order. */
const sessionsAt = (events: readonly HistoryEvent[], kiosk: string): string[] =>
  events.flatMap((event) => (event.f === 'session' && event.process === `kiosk:${kiosk}` ? [event.type] : []))

describe('a hall of kiosks', () => {
  it('lets one person at a time stand before a kiosk, in the order in which they came (seeds 1 to 20)', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { events, judgement } = await runSmall({ strategy: uniformStrategy(seed, 20) }, ({ visit }) => Promise.all([visit(HANAKO), visit(ICHIRO), visit(TARO)]))

      expect(sessionsAt(events, 'shop-1')).toEqual(['invoke', 'ok', 'invoke', 'ok', 'invoke', 'ok'])
      expect(eventsOf(events, 'invoke', 'session').map(({ resident }) => resident)).toEqual([HANAKO.id, ICHIRO.id, TARO.id])
      expect({ seed, broken: broken(judgement) }).toEqual({ seed, broken: [] })
    }
  })

  it('lets people at different kiosks stand there at the same time', async () => {
    const { events } = await runSmall({}, ({ visit }) => Promise.all([visit(HANAKO), visit(ICHIRO, { kiosk: 'shop-2' })]))
    const order = eventsOf(events, 'invoke', 'session').map(({ kiosk }) => kiosk)
    const firstEnd = eventsOf(events, 'ok', 'session')[0]!

    expect(order).toEqual(['shop-1', 'shop-2'])
    expect(eventsOf(events, 'invoke', 'session').every(({ i }) => i < firstEnd.i)).toBe(true)
  })

  it('lets the next one come when a session ended in a refusal', async () => {
    const { result, events } = await runSmall({}, ({ visit }) => Promise.all([visit(HANAKO, { pin: '0000' }), visit(ICHIRO)]))

    expect(result).toMatchObject([{ end: 'refused', code: 'PIN_WRONG' }, { end: 'paper' }])
    expect(namesOnPapers(events)).toEqual([[ICHIRO.name]])
  })

  it('has a kiosk that stopped while nobody stood there bring its journal in order before the next person comes, who is served', async () => {
    const { result, events, judgement } = await runSmall({}, async ({ stage, visit }) => {
      const first = await visit(HANAKO)
      stage.crash('shop-1')
      stage.crash('shop-1')
      return [first, ...(await Promise.all([visit(ICHIRO), visit(TARO)]))]
    })

    expect(result.map(({ end }) => end)).toEqual(['paper', 'paper', 'paper'])
    expect(sessionsAt(events, 'shop-1')).toEqual(['invoke', 'ok', 'invoke', 'ok', 'invoke', 'ok'])
    expect(judgement.verdict).toBe('pass')
  })
})
