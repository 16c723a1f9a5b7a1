import { describe, expect, it } from 'vitest'
import { readSheet } from '../../../contract/index.ts'
import { FAMILIES, FAMILY_PEOPLE, JIRO, OF_HANAKO, WITH_FAMILIES } from '../families.ts'
import { broken, buildOf, eventsOf, runSmall } from '../small-system.ts'

/** Jiro asks for his family register of three sheets, and somebody so much later for a certificate. */
const meeting = (variant: string, afterMs: number, type: 'residence-record' | 'family-register') =>
  runSmall({ people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES, build: buildOf({ 'print/passing': variant }) }, async ({ stage, visit }) => {
    const first = visit(JIRO, { kiosk: 'shop-2', wish: { type: 'family-register', scope: 'household' } })
    await stage.world('link:munakata').clock.sleep(afterMs)
    return Promise.all([first, visit(OF_HANAKO, { wish: { type, scope: type === 'family-register' ? 'household' : 'applicant' } })])
  })

describe.each(['one-slot', 'counted', 'whole-document'])('sheets on their way from layout to engine (%s)', (variant) => {
  const mixes = variant !== 'whole-document'

  it('arrive as they were laid out where nobody else asks', async () => {
    const { events, judgement } = await meeting(variant, 60_000, 'residence-record')

    expect(eventsOf(events, 'ok', 'print').map(({ sheets }) => sheets.length)).toEqual([3, 1])
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
  })

  it(`${mixes ? 'are another\'s' : 'are one\'s own'} where two lines meet`, async () => {
    const { events, judgement } = await meeting(variant, 2_100, 'residence-record')

    const [residence] = eventsOf(events, 'ok', 'print').filter(({ kiosk }) => kiosk === 'shop-1').flatMap(({ sheets }) => sheets.map(readSheet))
    expect(residence).toMatchObject({ sheet: mixes ? { type: 'family-register', k: 2, of: 3 } : { type: 'residence-record' } })
    expect(broken(judgement)).toEqual(mixes ? ['SUBJECT', 'TYPE', 'WHOLE'] : [])
  })

  it('come one document after another where both are of one type', async () => {
    const { judgement } = await meeting(variant, 300, 'family-register')

    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
  })
})
