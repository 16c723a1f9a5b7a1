import { describe, expect, it } from 'vitest'
import { CERTIFICATE_TYPES, type CertificateType, readSheet, type Wish } from '../../../contract/index.ts'
import { judge } from '../../../oracle/index.ts'
import { sealOf, TARO } from '../../oracle/history-builder.ts'
import { FAMILIES, FAMILY_PEOPLE, JIRO, OF_HANAKO, taxesOf, WITH_FAMILIES } from '../families.ts'
import { broken, buildOf, eventsOf, NET, runSmall, type SmallOptions } from '../small-system.ts'

const ALL_TYPES = { ...WITH_FAMILIES, feesYen: Object.fromEntries(CERTIFICATE_TYPES.map((type) => [type, 300])) }
const OPTIONS: SmallOptions = { people: [...FAMILY_PEOPLE, TARO], families: FAMILIES, seals: [sealOf(JIRO)], taxes: [taxesOf(JIRO, 45_000), taxesOf(OF_HANAKO)], municipality: ALL_TYPES }
const SHOWN = { relation: true, domicile: true, individualNumber: true, recordCode: false, foreignItems: false }
const wishFor = (type: CertificateType): Partial<Wish> => ({ type, scope: ['residence-record', 'certificate-of-items', 'family-register', 'register-supplement'].includes(type) ? 'household' : 'applicant' })

describe('every type of certificate', () => {
  it.each(CERTIFICATE_TYPES)('is issued to somebody who may have it, and judged to be the person\'s own: %s', async (type) => {
    for (const parts of [{}, NET]) {
      const { result, judgement } = await runSmall({ ...OPTIONS, build: buildOf(parts) }, ({ visit }) => visit(JIRO, { wish: wishFor(type) }))

      expect(result).toMatchObject({ end: 'paper' })
      expect(judgement).toMatchObject({ verdict: 'pass', violations: [], wrongPapers: 0 })
    }
  })

  it.each(CERTIFICATE_TYPES.filter((type) => type !== 'seal-certificate'))('is another\'s in another\'s hand: %s', async (type) => {
    const { history } = await runSmall(OPTIONS, async ({ visit }) => [await visit(JIRO, { wish: wishFor(type) }), await visit(OF_HANAKO, { kiosk: 'shop-2', wish: wishFor(type) })])
    const [own, other] = eventsOf(history.events, 'ok', 'print')
    const mixed = { ...history, events: history.events.map((event) => (event === other ? { ...other, sheets: own!.sheets } : event)) }

    expect(judge(mixed).violations.map(({ invariant, explanation }) => ({ invariant, explanation }))[0]).toMatchObject({ invariant: 'SUBJECT', explanation: expect.stringContaining('田中　次郎') as string })
  })

  it('is refused where the municipality does not offer it', async () => {
    const { result } = await runSmall({ ...OPTIONS, municipality: WITH_FAMILIES }, ({ visit }) => visit(JIRO, { wish: wishFor('income-tax-certificate') }))

    expect(result).toEqual({ end: 'refused', code: 'TYPE_NOT_OFFERED' })
  })
})

describe('a certificate of items', () => {
  it('shows name, birth date, sex and what was chosen, and nothing else', async () => {
    const { events, judgement } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type: 'certificate-of-items', scope: 'applicant', show: SHOWN } }))

    const [reading] = eventsOf(events, 'ok', 'print').flatMap(({ sheets }) => sheets.map(readSheet))
    const { name, birthDate, sex, relation, domicile, domicileHead, individualNumber } = JIRO
    expect(reading).toMatchObject({ sheet: { type: 'certificate-of-items', headOfHousehold: name, persons: [{ name, birthDate, sex, relation, domicile, domicileHead, individualNumber }] } })
    expect(reading !== undefined && 'sheet' in reading && 'persons' in reading.sheet ? Object.keys(reading.sheet.persons[0]!) : []).toHaveLength(7)
    expect(judgement.verdict).toBe('pass')
  })

  it('breaks TYPE with an item that was not asked for', async () => {
    const { history } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type: 'certificate-of-items', scope: 'applicant', show: SHOWN } }))
    const events = history.events.map((event) => (event.type === 'invoke' && event.f === 'apply' ? { ...event, wish: { ...event.wish, show: { ...SHOWN, individualNumber: false } } } : event))

    expect(broken(judge({ ...history, events }))).toEqual(['TYPE'])
  })
})

describe('a certificate of taxes', () => {
  it.each([
    ['income-tax-certificate', { fiscalYear: 2023, totalYen: 3_040_000, cityTaxYen: 54_000, incomes: [{ kind: '給与', yen: 3_000_000 }, { kind: 'その他', yen: 40_000 }] }],
    ['tax-payment-certificate', { fiscalYear: 2023, dueYen: 90_000, paidYen: 45_000, unpaidYen: 45_000 }],
  ] as const)('says what the register of the newest year has: %s', async (type, shown) => {
    const { events } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type, scope: 'applicant' } }))

    const [reading] = eventsOf(events, 'ok', 'print').flatMap(({ sheets }) => sheets.map(readSheet))
    expect(reading).toMatchObject({ sheet: { type, name: JIRO.name, ...shown } })
  })

  it('is of the year before until June', async () => {
    const { result } = await runSmall({ ...OPTIONS, date: '2023-05-31' }, ({ visit }) => visit(JIRO, { wish: { type: 'income-tax-certificate', scope: 'applicant' } }))

    expect(result).toEqual({ end: 'refused', code: 'TAX_NO_RECORD' })
  })

  it('is of the applicant alone', async () => {
    const { result } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type: 'income-tax-certificate', scope: 'household' } }))

    expect(result).toEqual({ end: 'refused', code: 'NOT_ENTITLED' })
  })

  it.each([
    ['another fiscal year', 'TYPE', (line: string) => line.replace('2023年度', '2022年度')],
    ['another amount', 'SUBJECT', (line: string) => line.replace('市民税 54,000円', '市民税 54,100円')],
    ['another income', 'SUBJECT', (line: string) => line.replace('3,000,000円', '3,000,001円')],
    ['another address on 1 January', 'SUBJECT', (line: string) => line.replace(`住所 ${JIRO.address}`, '住所 福岡県宗像市東郷9番9号')],
  ])('with %s breaks %s', async (_, invariant, change) => {
    const { history } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type: 'income-tax-certificate', scope: 'applicant' } }))
    const events = history.events.map((event) => (event.f === 'print' && event.type === 'ok' ? { ...event, sheets: event.sheets.map((sheet) => ({ ...sheet, text: sheet.text.map(change) })) } : event))

    expect(broken(judge({ ...history, events }))).toContain(invariant)
  })
})

describe('the supplement of a family register', () => {
  it('has everybody of the register with where they have lived, and is not whole without one', async () => {
    const { history } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type: 'register-supplement', scope: 'household' } }))
    const [print] = eventsOf(history.events, 'ok', 'print')

    expect(print?.sheets.map(readSheet)).toMatchObject([{ sheet: { k: 1, of: 3, persons: [{ name: JIRO.name, addresses: [{ address: JIRO.address }] }, {}] } }, {}, { sheet: { persons: [{}] } }])
    const cut = history.events.map((event) => (event === print ? { ...print, sheets: print.sheets.slice(0, 2).map((sheet) => ({ ...sheet, text: sheet.text.map((line) => line.replace('3枚中', '2枚中')) })) } : event))
    expect(broken(judge({ ...history, events: cut }))).toEqual(['WHOLE'])
  })

  it('that shows another address is nobody\'s', async () => {
    const { history } = await runSmall(OPTIONS, ({ visit }) => visit(JIRO, { wish: { type: 'register-supplement', scope: 'household' } }))
    const events = history.events.map((event) => (event.f === 'print' && event.type === 'ok' ? { ...event, sheets: event.sheets.map((sheet) => ({ ...sheet, text: sheet.text.map((line) => line.replace('田熊3番3号', '田熊3番4号')) })) } : event))

    expect(broken(judge({ ...history, events }))).toContain('SUBJECT')
  })
})
