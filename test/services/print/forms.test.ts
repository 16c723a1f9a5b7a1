import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../../contract/index.ts'
import { partOf } from '../../../services/build.ts'
import type { Form } from '../../../services/print/forms/forms.ts'
import { moveWithin } from '../../../services/register/counter.ts'
import { virtualMs } from '../../../world/ports.ts'
import { HANAKO, resident, TARO } from '../../oracle/history-builder.ts'
import { buildOf, cardOf, eventsOf, REGISTER_NODE, runSmall, wishOf } from '../small-system.ts'

type Variant = 'none' | 'by-resident' | 'by-version'
const formsOf = (variant: Variant, keptMs = 1_000) => partOf(buildOf({ 'print/forms': variant }), 'print/forms')({ keptMs })

/** A form by which it can be told which it is. */
const form = (address: string): Form => [{ type: 'residence-record', form: 'single', municipality: '', mayor: '', address, k: 1, of: 1, persons: [] }]
const order = { resident: HANAKO.id, wish: wishOf(), people: [HANAKO] }
const changed = { ...HANAKO, version: HANAKO.version + 1 }

describe.each([
  ['none', 'now'],
  ['by-resident', 'before'],
  ['by-version', 'now'],
] as const)('forms (%s)', (variant, afterChange) => {
  it(`give a form as it is ${afterChange}, once the records it was made of have changed`, () => {
    const forms = formsOf(variant)
    forms.formOf(order, 0, () => form('before'))

    const [sheet] = forms.formOf({ ...order, people: [changed] }, 500, () => form('now'))

    expect(sheet?.address).toBe(afterChange)
  })

  it('give nobody another\'s, nor one that was asked for otherwise', () => {
    const forms = formsOf(variant)
    forms.formOf(order, 0, () => form('of Hanako alone'))

    const others = [
      { ...order, resident: TARO.id },
      { ...order, wish: wishOf({ scope: 'household' }) },
      { ...order, wish: wishOf({ scope: [HANAKO.id] }) },
      { ...order, wish: wishOf({ show: { ...order.wish.show, domicile: true } }) },
    ]
    for (const other of others) expect(forms.formOf(other, 500, () => form('another'))[0]?.address).toBe('another')
  })

  it('keep none for longer than they may', () => {
    const forms = formsOf(variant, 1_000)
    forms.formOf(order, 0, () => form('kept'))

    expect(forms.formOf(order, 999, () => form('anew'))[0]?.address).toBe(variant === 'none' ? 'anew' : 'kept')
    expect(forms.formOf(order, 1_000, () => form('anew at last'))[0]?.address).toBe('anew at last')
  })
})

describe('a form kept by version', () => {
  it('is another where anybody on it has changed, or one more is of it', () => {
    const forms = formsOf('by-version')
    const household = { ...order, people: [HANAKO, TARO] }
    forms.formOf(household, 0, () => form('two'))

    expect(forms.formOf(household, 1, () => form('anew'))[0]?.address).toBe('two')
    expect(forms.formOf({ ...household, people: [HANAKO, { ...TARO, version: TARO.version + 1 }] }, 1, () => form('Taro has changed'))[0]?.address).toBe('Taro has changed')
    expect(forms.formOf({ ...household, people: [HANAKO, TARO, resident('child')] }, 1, () => form('three'))[0]?.address).toBe('three')
  })

  it('is another where it would be of other people whose records have the same versions', () => {
    const forms = formsOf('by-version')
    forms.formOf({ ...order, people: [HANAKO, TARO] }, 0, () => form('of Taro'))

    expect(forms.formOf({ ...order, people: [HANAKO, resident('child', { version: TARO.version })] }, 1, () => form('of the child'))[0]?.address).toBe('of the child')
  })
})

describe('whoever prints, moves, and prints again once the link has run', () => {
  const ADDRESS = '福岡県宗像市見本台一丁目2番3号'

  const again = (forms: Variant, finalMatch: 'none' | 'compare-image' = 'none') =>
    runSmall({ build: buildOf({ 'print/forms': forms, 'issuing/final-match': finalMatch }), linkEveryMs: 60_000 }, async ({ stage, visit }) => {
      await visit(HANAKO)
      await moveWithin(stage.world(REGISTER_NODE), HANAKO.household, ADDRESS)
      await stage.waitUntil(virtualMs(stage.now() + 120_000))
      return visit(HANAKO, { card: cardOf({ ...HANAKO, address: ADDRESS }) })
    })
  const addresses = (events: readonly HistoryEvent[]): (string | undefined)[] =>
    eventsOf(events, 'ok', 'print').map(({ sheets: [sheet] }) => [ADDRESS, HANAKO.address].find((address) => sheet?.text.some((line) => line.includes(address))))

  it('gets the record of before where forms are kept by resident, her own and old', async () => {
    const { events, judgement } = await again('by-resident')

    expect(addresses(events)).toEqual([HANAKO.address, HANAKO.address])
    expect(judgement.violations.map(({ invariant }) => invariant)).toEqual(['FRESH'])
    expect(judgement).toMatchObject({ wrongPapers: 0, stalePapers: 1 })
  })

  it.each(['by-version', 'none'] as const)('gets the record of now (%s)', async (forms) => {
    const { events, judgement } = await again(forms)

    expect(addresses(events)).toEqual([HANAKO.address, ADDRESS])
    expect(judgement.verdict).toBe('pass')
  })

  it('is refused by the comparison of the image with the card, before paying', async () => {
    const { result, judgement, events } = await again('by-resident', 'compare-image')

    expect(result).toEqual({ end: 'refused', code: 'PRINT_MISMATCH' })
    expect(eventsOf(events, 'ok', 'pay')).toHaveLength(1)
    expect(judgement.verdict).toBe('pass')
  })
})
