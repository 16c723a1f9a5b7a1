import { describe, expect, it } from 'vitest'
import { type FamilyMember, readSheet } from '../../../contract/index.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { ANSWERS, REQUESTS } from '../../../services/exchange/exchange.ts'
import { digitsOf } from '../../../services/exchange/request/by-time.ts'
import { ownId } from '../../../services/exchange/request/own-id.ts'
import { put } from '../../../services/rows.ts'
import { virtualMs, type World } from '../../../world/ports.ts'
import { FAMILIES, FAMILY_PEOPLE, JIRO, OF_HANAKO, WITH_FAMILIES } from '../families.ts'
import { replaced } from '../replaced.ts'
import { broken, buildOf, CODE, eventsOf, HOUR_MS, PRINT_NODE, runSmall } from '../small-system.ts'

const wish = { type: 'family-register', scope: 'household' } as const

/** Two family registers, the second asked for so many milliseconds after the first. */
const twoAsk = (variant: string, apartMs: number, startMs = 14 * HOUR_MS) =>
  runSmall({ people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES, startMs, build: buildOf({ 'exchange/request': variant }) }, async ({ stage, visit }) => {
    const first = visit(OF_HANAKO, { wish })
    await stage.world('link:munakata').clock.sleep(apartMs)
    const second = visit(JIRO, { kiosk: 'shop-2', wish })
    return Promise.all([first, second])
  })

describe('a request to the family-register system', () => {
  it.each(['second-of-the-clock', 'milliseconds', 'own-id'])('brings the applicant\'s own register, sheet by sheet (%s)', async (variant) => {
    const { events, judgement } = await twoAsk(variant, 60_000)

    const sheets = eventsOf(events, 'ok', 'print').map((print) => print.sheets.map(readSheet))
    expect(sheets).toMatchObject([
      [{ sheet: { type: 'family-register', k: 1, of: 1, head: OF_HANAKO.name, persons: [{ name: OF_HANAKO.name, bornAs: '長男' }] } }],
      [{ sheet: { k: 1, of: 3, head: JIRO.name } }, { sheet: { k: 2, of: 3 } }, { sheet: { k: 3, of: 3, persons: [{ name: '見本　jiro-d' }] } }],
    ])
    expect(judgement.wrongPapers).toBe(0)
    expect(broken(judgement)).toEqual(variant === 'own-id' ? [] : ['ECHO'])
  })

  it.each([
    { variant: 'second-of-the-clock', apartMs: 200, wrong: 1 },
    { variant: 'second-of-the-clock', apartMs: 1_000, wrong: 0 },
    { variant: 'milliseconds', apartMs: 200, wrong: 0 },
    { variant: 'milliseconds', apartMs: 0, wrong: 1 },
    { variant: 'own-id', apartMs: 200, wrong: 0 },
    { variant: 'own-id', apartMs: 0, wrong: 0 },
  ])('beside another $apartMs ms later is answered with the later one\'s register in $wrong of two cases ($variant)', async ({ variant, apartMs, wrong }) => {
    const { judgement } = await twoAsk(variant, apartMs)

    expect(judgement.wrongPapers).toBe(wrong)
    expect(broken(judgement).includes('UNIQUE')).toBe(wrong > 0)
  })

  it('0.9 s before another shares its second in one case out of ten', async () => {
    let shared = 0
    for (let phaseMs = 0; phaseMs < 1_000; phaseMs += 50) {
      const { judgement } = await twoAsk('second-of-the-clock', 900, 14 * HOUR_MS + phaseMs)
      shared += judgement.wrongPapers
    }

    expect(shared).toBe(2)
  })

  it('is stopped by the final match where it was answered with another\'s register', async () => {
    const { result, judgement } = await runSmall(
      { people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES, build: buildOf({ 'exchange/request': 'second-of-the-clock', 'issuing/final-match': 'compare-image' }) },
      ({ visit }) => Promise.all([visit(OF_HANAKO, { wish }), visit(JIRO, { kiosk: 'shop-2', wish })]),
    )

    expect(result.map(({ end }) => end).sort()).toEqual(['paper', 'refused'])
    expect(judgement.wrongPapers).toBe(0)
  })

  it('is refused to somebody who stands in no register here', async () => {
    const elsewhere = { ...OF_HANAKO, domicile: '東京都足立区千住1番' }
    const { domicile: _none, domicileHead: _noHead, ...foreign } = OF_HANAKO
    for (const who of [elsewhere, foreign]) {
      const { result } = await runSmall({ people: [who, JIRO], families: FAMILIES, municipality: WITH_FAMILIES }, ({ visit }) => visit(who, { wish }))

      expect(result).toEqual({ end: 'refused', code: 'NOT_IN_REGISTER' })
    }
  })

  it('that nobody has put down is an error of the exchange', async () => {
    const { result } = await runSmall({ people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES }, ({ stage }) =>
      stage.world(PRINT_NODE).network.call('exchange', CODE, { request: 'a-9#1' }).then(() => 'answered', (error: unknown) => (error as Error).message),
    )

    expect(result).toBe('SERVER_ERROR')
  })

  it('is called by day and time in digits', () => {
    const clock = { today: () => '2023-05-02', now: () => virtualMs(((7 * 60 + 31) * 60 + 5) * 1_000 + 42) }

    expect(digitsOf(clock, 0)).toBe('20230502073105')
    expect(digitsOf(clock, 3)).toBe('20230502073105042')
  })
})

describe('a request with an identity of its own (own-id)', () => {
  const question = { domicile: JIRO.domicile ?? '', head: JIRO.domicileHead ?? '', name: JIRO.name, birthDate: JIRO.birthDate }
  const ask = { application: 'a-1', attempt: 1, question }
  const OPTIONS = { people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES }

  /** What comes of a request, and what is on record of it; `before` has a hand in first. */
  async function asked(before: (world: World) => Promise<World>, given = ask): Promise<{ result: string; record: unknown[] }> {
    const { result, events } = await runSmall(OPTIONS, async ({ stage }) => {
      const world = await before(stage.world(PRINT_NODE))
      return ownId().ask(world, CODE, given).then(({ id }) => id, (error: unknown) => (error as Error).message)
    })
    const record = [...eventsOf(events, 'info', 'key'), ...eventsOf(events, 'info', 'answer')]
    return { result, record: record.map((event) => [event.f, event.key, event.application, ...(event.f === 'answer' ? [event.names, event.compared] : [])]) }
  }
  /** The exchange does something else than to answer. */
  const exchanging = (world: World, exchange: () => Promise<unknown>): World =>
    replaced<World>(world, { network: replaced<World['network']>(world.network, { call: (async () => { await exchange(); return {} }) as World['network']['call'] }) })

  it('is on record under its attempt, and its answer as compared', async () => {
    const { result, record } = await asked((world) => Promise.resolve(world), { ...ask, attempt: 2 })

    expect([result, record]).toEqual(['family-2', [['key', 'a-1#2', 'a-1'], ['answer', 'a-1#2', 'a-1', 'a-1', true]]])
  })

  it('is answered for each attempt anew', async () => {
    expect((await asked(async (world) => { await ownId().ask(world, CODE, ask); return world }, { ...ask, attempt: 2 })).result).toBe('family-2')
  })

  it('is never put down over another, nor answered where the same attempt has asked before', async () => {
    const { result, record } = await asked(async (world) => { await world.database.insert(REQUESTS, 'a-1#1', 'a-1#1', { application: 'a-2', question: { ...question, head: OF_HANAKO.name } }); return world })

    expect([result, record]).toEqual(['SERVER_ERROR', [['key', 'a-1#1', 'a-1']]])
  })

  it.each([
    ['there is none', undefined],
    ['it is for another application', { application: 'a-2', register: FAMILIES[0] }],
    ['it does not say for which application it is', { register: FAMILIES[0] }],
  ])('takes no answer where %s', async (_, answer) => {
    const { result, record } = await asked((world) => Promise.resolve(exchanging(world, () => (answer === undefined ? Promise.resolve() : put(world, ANSWERS, 'a-1#1', answer)))))

    expect([result, record]).toEqual(['SERVER_ERROR', [['key', 'a-1#1', 'a-1']]])
  })

  it('is answered whoever else is served, in whatever order (seeds 1 to 20)', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { result, judgement } = await runSmall({ ...OPTIONS, strategy: uniformStrategy(seed) }, ({ visit }) => Promise.all([visit(OF_HANAKO, { wish }), visit(JIRO, { kiosk: 'shop-2', wish })]))

      expect({ seed, ends: result.map(({ end }) => end), broken: broken(judgement) }).toEqual({ seed, ends: ['paper', 'paper'], broken: [] })
    }
  })
})

describe('an extract of a family register', () => {
  it.each([
    ['the applicant', 'applicant', ['田中　次郎']],
    ['members chosen', ['jiro-a', 'jiro-c'], ['見本　jiro-a', '見本　jiro-c']],
  ] as const)('is of %s', async (_, scope, names) => {
    const { events, judgement } = await runSmall({ people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES }, ({ visit }) =>
      visit(JIRO, { wish: { type: 'family-register-extract', scope: typeof scope === 'string' ? scope : [...scope] } }),
    )

    const [reading] = eventsOf(events, 'ok', 'print').flatMap(({ sheets }) => sheets.map(readSheet))
    expect(reading).toMatchObject({ sheet: { type: 'family-register-extract', persons: names.map((name) => ({ name })) } })
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
  })

  it('is of the applicant alone where somebody of the same name or of the same birth date stands there too, and of nobody where both are the same', async () => {
    const [, family] = FAMILIES
    const [first, second, third, ...others] = family.members
    const extract = async (...likes: Partial<FamilyMember>[]): Promise<unknown> => {
      const members = [first!, { ...second!, ...likes[0] }, { ...third!, ...likes[1] }, ...others]
      const { result, events } = await runSmall({ people: FAMILY_PEOPLE, families: [{ ...family, members }], municipality: WITH_FAMILIES }, ({ visit }) =>
        visit(JIRO, { wish: { type: 'family-register-extract', scope: 'applicant' } }),
      )
      return result.end === 'refused' ? result.code : eventsOf(events, 'ok', 'print').flatMap(({ sheets }) => sheets.map(readSheet))
    }

    expect(await extract({ name: JIRO.name, birthDate: '2001-01-01' }, { birthDate: JIRO.birthDate })).toMatchObject([{ sheet: { of: 1, persons: [{ name: JIRO.name, birthDate: JIRO.birthDate }] } }])
    expect(await extract({ name: JIRO.name, birthDate: JIRO.birthDate })).toBe('NOT_ENTITLED')
  })

  it('is refused where somebody was chosen who does not stand in it', async () => {
    const { result } = await runSmall({ people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES }, ({ visit }) =>
      visit(JIRO, { wish: { type: 'family-register-extract', scope: ['hanako'] } }),
    )

    expect(result).toEqual({ end: 'refused', code: 'NOT_ENTITLED' })
  })
})
