import { describe, expect, it } from 'vitest'
import type { Network } from '../../../world/ports.ts'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { crashAt } from '../crash-at.ts'
import { HANAKO, ICHIRO } from '../../oracle/history-builder.ts'
import { AUTHORITY, issueCertificate } from '../../../services/authority/authority.ts'
import { setCertificate } from '../../../services/authority/help-line.ts'
import { authorityNode } from '../../../services/system.ts'
import { simulatedKeyPair, simulatedSignature } from '../../../world/simulated/keys.ts'
import type { CardOddity } from '../../../scenario/cards.ts'
import { cardOf, CODE, type Drive, HOUR_MS, MUNICIPALITY, runSmall, type SmallOptions, wishOf } from '../small-system.ts'

const code = (error: unknown): string => (error as Error).message
const answer = <T>(promise: Promise<T>): Promise<T | string> => promise.catch(code)

/** In what a session request is not as a right card would make it. */
interface Given {
  readonly challenge?: string
  readonly signature?: string
  readonly certificate?: ReturnType<ReturnType<typeof cardOf>['read']>['certificate']
  readonly card?: CardOddity
  readonly kiosk?: string
  readonly municipality?: string
}

const certificateOf = (who = HANAKO) => cardOf(who).read().certificate

/** What a kiosk says to the centre, call by call. */
class Kiosk {
  readonly network: Network
  constructor(
    private readonly drive: Drive,
    readonly name: string,
  ) {
    this.network = drive.stage.kioskWorld(name, { purseYen: 0 }).network
  }

  challenge = async (): Promise<string> => (await this.network.call('challenge', CODE, { kiosk: this.name })).challenge

  /** A session request as a right card would make it, or wrong in what is given. */
  async signed(who = HANAKO, given: Given = {}) {
    const challenge = given.challenge ?? (await this.challenge())
    const card = cardOf(who, given.card)
    const signature = given.signature ?? (await card.sign(this.drive.stage.kioskWorld(this.name, { purseYen: 0 }).crypto, '1234', challenge))
    const { kiosk = this.name, municipality = CODE, certificate = card.read().certificate } = given
    return { kiosk, municipality, card: { face: card.face(), certificate }, challenge, signature }
  }

  async open(...given: Parameters<Kiosk['signed']>) {
    return this.network.call('openSession', CODE, await this.signed(...given))
  }
}

const atCentre = async <T>(body: (kiosk: Kiosk, drive: Drive) => Promise<T>, options: SmallOptions = {}): Promise<T> =>
  (await runSmall(options, (drive) => body(new Kiosk(drive, 'shop-1'), drive))).result

describe('a card at the centre', () => {
  it('opens a session with its signature and learns what may be asked for', async () => {
    const opened = await atCentre((kiosk) => kiosk.open())

    expect(opened).toMatchObject({ types: ['residence-record', 'seal-certificate'], members: [{ id: 'hanako', name: HANAKO.name }, { id: 'taro' }] })
  })

  it('can use a challenge once only', async () => {
    const twice = await atCentre(async (kiosk) => {
      const request = await kiosk.signed()
      return [await kiosk.network.call('openSession', CODE, request), await answer(kiosk.network.call('openSession', CODE, request))]
    })

    expect(twice).toMatchObject([{ types: ['residence-record', 'seal-certificate'] }, 'CARD_UNREADABLE'])
  })

  it('has used up its challenge by a wrong signature too', async () => {
    const ends = await atCentre(async (kiosk) => {
      const challenge = await kiosk.challenge()
      return [await answer(kiosk.open(HANAKO, { challenge, signature: 'forged' })), await answer(kiosk.open(HANAKO, { challenge }))]
    })

    expect(ends).toEqual(['CARD_UNREADABLE', 'CARD_UNREADABLE'])
  })

  it.each([
    ['with a challenge that the centre never gave', { challenge: 'nonce-shop-1-99' }, 'CARD_UNREADABLE'],
    ['with a forged signature', { signature: 'forged' }, 'CARD_UNREADABLE'],
    ['with a certificate that it changed', { certificate: { ...certificateOf(), notAfter: '2099-12-31' } }, 'CARD_UNREADABLE'],
    ['with a certificate that it signed itself', { certificate: issueCertificate(simulatedSignature, simulatedKeyPair('cert-hanako'), 'cert-hanako', 'key-of-cert-hanako', { notBefore: '2020-01-01', notAfter: '2030-01-01' }) }, 'CARD_UNREADABLE'],
    ['with a certificate over another\'s key', { certificate: { ...certificateOf(), publicKey: 'key-of-cert-ichiro' } }, 'CARD_UNREADABLE'],
    ['with another\'s certificate over its own signature', { certificate: certificateOf(ICHIRO) }, 'CARD_UNREADABLE'],
    ['with a certificate that the authority signed and never registered', { certificate: issueCertificate(simulatedSignature, simulatedKeyPair(AUTHORITY), 'cert-nobody', 'key-of-cert-hanako', { notBefore: '2020-01-01', notAfter: '2030-01-01' }) }, 'CERTIFICATE_REVOKED'],
    ['on the day before its certificate begins', { card: { validity: { notBefore: '2023-06-29' } } }, 'NOT_YET_ACTIVE'],
    ['on the day after its certificate ends', { card: { validity: { notAfter: '2023-06-27' } } }, 'CERTIFICATE_EXPIRED'],
    ['of another municipality', { municipality: 'yokohama' }, 'MUNICIPALITY_NOT_PARTICIPATING'],
  ])('is refused %s', async (_, given, refusal) => {
    expect(await atCentre((kiosk) => answer(kiosk.open(HANAKO, given)))).toBe(refusal)
  })

  it('is refused with a challenge that another kiosk had asked for', async () => {
    const end = await atCentre(async (kiosk, drive) => answer(kiosk.open(HANAKO, { challenge: await new Kiosk(drive, 'shop-2').challenge() })))

    expect(end).toBe('CARD_UNREADABLE')
  })

  it('opens a session on the first and on the last day of its certificate', async () => {
    const opened = await atCentre((kiosk) => kiosk.open(HANAKO, { card: { validity: { notBefore: '2023-06-28', notAfter: '2023-06-28' } } }))

    expect(opened).toMatchObject({ members: [{ id: 'hanako' }, { id: 'taro' }] })
  })

  it.each([
    ['revoked', 'CERTIFICATE_REVOKED'],
    ['suspended', 'CERTIFICATE_SUSPENDED'],
  ] as const)('is refused once its certificate is %s, from then on', async (status, code) => {
    const ends = await atCentre(async (kiosk, { stage }) => {
      const before = await answer(kiosk.open())
      await setCertificate(stage.world(authorityNode), 'cert-hanako', status)
      return [typeof before, await answer(kiosk.open()), typeof (await answer(kiosk.open(ICHIRO)))]
    })

    expect(ends).toEqual(['object', code, 'object'])
    expect(await atCentre((kiosk) => answer(kiosk.open()), { cards: { [HANAKO.id]: { status } } })).toBe(code)
  })

  it('works again once its suspension is lifted, and what is revoked stays so', async () => {
    const ends = await atCentre(async (kiosk, { stage }) => {
      const helpLine = stage.world(authorityNode)
      await setCertificate(helpLine, 'cert-hanako', 'suspended')
      await setCertificate(helpLine, 'cert-hanako', 'good')
      const lifted = typeof (await answer(kiosk.open()))
      await setCertificate(helpLine, 'cert-hanako', 'revoked')
      return [lifted, await answer(setCertificate(helpLine, 'cert-hanako', 'good')), await answer(setCertificate(helpLine, 'cert-nobody', 'good')), await answer(kiosk.open())]
    })

    expect(ends).toEqual(['object', 'CERTIFICATE_REVOKED', 'CARD_UNREADABLE', 'CERTIFICATE_REVOKED'])
  })

  it('is refused until it was continued after a move', async () => {
    expect(await atCentre((kiosk) => answer(kiosk.open()), { cards: { [HANAKO.id]: { continued: false } } })).toBe('MOVED_IN_NOT_CONTINUED')
  })

  it('is refused while the authority does not answer', async () => {
    const steps: string[] = []
    const open = (drive: Drive) => answer(new Kiosk(drive, 'shop-1').open())
    await runSmall({ onStep: ({ name }) => steps.push(name) }, open)
    const asked = steps.indexOf('authority: receive certificate status request')
    const crash = crashAt(authorityNode, asked, defaultStrategy())

    const { result } = await runSmall({ strategy: crash.strategy }, (drive) => {
      crash.arm(drive.stage)
      return open(drive)
    })

    expect(asked).toBeGreaterThan(0)
    expect(result).toBe('SERVER_TIMEOUT')
  })

  it('of somebody in no register is refused before anything is chosen', async () => {
    expect(await atCentre((kiosk) => answer(kiosk.open()), { replica: [ICHIRO] })).toBe('NOT_IN_REGISTER')
  })

  it('of somebody under a protective measure is refused before anything is chosen', async () => {
    expect(await atCentre((kiosk) => answer(kiosk.open()), { replica: [{ ...HANAKO, restricted: true }] })).toBe('SUPPORT_MEASURE')
  })
})

describe('service hours', () => {
  const openAt = (startMs: number, date = '2023-06-28') => atCentre((kiosk) => answer(kiosk.open()).then((end) => (typeof end === 'string' ? end : 'open')), { startMs, date })

  it.each([
    ['06:29:59.999', 6.5 * HOUR_MS - 1, 'OUT_OF_HOURS'],
    ['06:30', 6.5 * HOUR_MS, 'open'],
    ['22:59:59.999', 23 * HOUR_MS - 1, 'open'],
    ['23:00', 23 * HOUR_MS, 'OUT_OF_HOURS'],
    ['midnight', 0, 'OUT_OF_HOURS'],
    ['03:00 of the next day', 27 * HOUR_MS, 'OUT_OF_HOURS'],
    ['10:00 of the next day', 34 * HOUR_MS, 'open'],
  ])('at %s', async (_, startMs, expected) => {
    expect(await openAt(startMs)).toBe(expected)
  })

  it.each([
    ['2023-12-28', 'open'],
    ['2023-12-29', 'YEAR_END'],
    ['2023-12-31', 'YEAR_END'],
    ['2024-01-01', 'YEAR_END'],
    ['2024-01-03', 'YEAR_END'],
    ['2024-01-04', 'open'],
    ['2024-02-29', 'open'],
  ])('on %s', async (date, expected) => {
    expect(await openAt(12 * HOUR_MS, date)).toBe(expected)
  })

  it('turn to the year\'s end at midnight of the day after the 28th', async () => {
    expect(await openAt(36 * HOUR_MS, '2023-12-28')).toBe('YEAR_END')
  })

  const municipal = (given: Partial<typeof MUNICIPALITY>) => ({ municipality: { ...MUNICIPALITY, ...given } })
  const applyAt = (startMs: number, given: Partial<typeof MUNICIPALITY>, date = '2023-06-28') =>
    atCentre(
      async (kiosk) => {
        const { session } = await kiosk.open()
        return answer(kiosk.network.call('apply', CODE, { application: 'application-shop-1-1', session, wish: wishOf() })).then((end) => (typeof end === 'string' ? end : end.state))
      },
      { startMs, date, ...municipal(given) },
    )

  it.each([
    ['08:59', 9 * HOUR_MS - 1, '2023-06-28', 'OUT_OF_HOURS'],
    ['09:00', 9 * HOUR_MS, '2023-06-28', 'received'],
    ['16:59', 17 * HOUR_MS - 60_000, '2023-06-28', 'received'],
    ['17:00', 17 * HOUR_MS, '2023-06-28', 'OUT_OF_HOURS'],
    ['noon on a Saturday', 12 * HOUR_MS, '2023-07-01', 'OUT_OF_HOURS'],
    ['noon on a Sunday', 12 * HOUR_MS, '2023-07-02', 'OUT_OF_HOURS'],
    ['noon on a Monday', 12 * HOUR_MS, '2023-07-03', 'received'],
  ])('of a type that is issued on weekdays from 9 to 17, at %s', async (_, startMs, date, expected) => {
    expect(await applyAt(startMs, { hours: { 'residence-record': { opens: '09:00', closes: '17:00', weekdaysOnly: true } } }, date)).toBe(expected)
  })

  it('end on a municipality\'s closing day, for every type', async () => {
    const given = { closedDays: ['2023-06-28'] }

    expect(await atCentre((kiosk) => answer(kiosk.open()), municipal(given))).toBe('OUT_OF_HOURS')
    expect(await applyAt(12 * HOUR_MS, given, '2023-06-29')).toBe('received')
  })

  it.each([
    ['13:59', 14 * HOUR_MS - 1, 'received'],
    ['14:00', 14 * HOUR_MS, 'MAINTENANCE'],
    ['15:29', 15.5 * HOUR_MS - 1, 'MAINTENANCE'],
    ['15:30', 15.5 * HOUR_MS, 'received'],
  ])('are broken by announced maintenance from 14:00 to 15:30, at %s', async (_, startMs, expected) => {
    const end = await applyAt(startMs, { maintenance: [{ from: '2023-06-28T14:00', to: '2023-06-28T15:30' }] }).catch(code)

    expect(end).toBe(expected)
  })

  it('end for a person who had opened a session before', async () => {
    const end = await atCentre(
      async (kiosk, { stage }) => {
        const { session } = await kiosk.open()
        await stage.world('centre').clock.sleep(120_000)
        return answer(kiosk.network.call('apply', CODE, { application: 'application-shop-1-1', session, wish: wishOf() }))
      },
      { startMs: 23 * HOUR_MS - 60_000 },
    )

    expect(end).toBe('OUT_OF_HOURS')
  })

  it('are no hours in which a session lasts: an application comes within half an hour of the card, or not at all', async () => {
    const after = (ms: number) =>
      atCentre(async (kiosk, { stage }) => {
        const { session } = await kiosk.open()
        await stage.world('centre').clock.sleep(ms)
        return answer(kiosk.network.call('apply', CODE, { application: 'application-shop-1-1', session, wish: wishOf() })).then((end) => (typeof end === 'string' ? end : end.state))
      })

    expect(await after(1_800_000)).toBe('received')
    expect(await after(1_800_001)).toBe('SESSION_UNKNOWN')
  })
})

describe('a session at the centre', () => {
  const application = 'application-shop-1-1'

  it('that is not known gets nothing done', async () => {
    const ends = await atCentre(async ({ network }) => {
      const session = 'session-shop-1-77'
      return [
        await answer(network.call('apply', CODE, { application, session, wish: wishOf() })),
        await answer(network.call('fetchDocument', CODE, { application, session })),
        await answer(network.call('reportOutcome', CODE, { application, session, outcome: 'printed' })),
      ]
    })

    expect(ends).toEqual(['SESSION_UNKNOWN', 'SESSION_UNKNOWN', 'SESSION_UNKNOWN'])
  })

  it('gets at no application of another session, be it the same person\'s', async () => {
    const ends = await atCentre(async (kiosk, drive) => {
      const mine = await kiosk.open()
      await kiosk.network.call('apply', CODE, { application, session: mine.session, wish: wishOf() })
      await drive.stage.idle()
      const results: unknown[] = []
      for (const who of [ICHIRO, HANAKO]) {
        const { session } = await new Kiosk(drive, 'shop-2').open(who)
        results.push(await answer(kiosk.network.call('apply', CODE, { application, session, wish: wishOf() })))
        results.push(await answer(kiosk.network.call('fetchDocument', CODE, { application, session })))
        results.push(await answer(kiosk.network.call('reportOutcome', CODE, { application, session, outcome: 'cancelled' })))
      }
      results.push(await kiosk.network.call('fetchDocument', CODE, { application, session: mine.session }))
      return results
    })

    expect(ends.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'APPLICATION_UNKNOWN'))
    expect(ends[6]).toMatchObject({ state: 'ready' })
  })

  it('asks for an application that was never made in vain', async () => {
    const end = await atCentre(async (kiosk) => {
      const { session } = await kiosk.open()
      return answer(kiosk.network.call('fetchDocument', CODE, { application: 'application-shop-1-9', session }))
    })

    expect(end).toBe('APPLICATION_UNKNOWN')
  })

  it('may choose members of the household and nobody else', async () => {
    const ends = await atCentre(async (kiosk) => {
      const { session } = await kiosk.open()
      const apply = (name: string, scope: string[]) => answer(kiosk.network.call('apply', CODE, { application: name, session, wish: wishOf({ scope }) }))
      return [await apply('application-shop-1-1', ['taro']), await apply('application-shop-1-2', ['ichiro'])]
    })

    expect(ends).toEqual([{ application, state: 'received' }, 'NOT_ENTITLED'])
  })
})
