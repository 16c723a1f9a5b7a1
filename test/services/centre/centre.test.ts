import { describe, expect, it } from 'vitest'
import type { Network } from '../../../world/ports.ts'
import { HANAKO, ICHIRO } from '../../oracle/history-builder.ts'
import { cardOf, CODE, type Drive, HOUR_MS, runSmall, type SmallOptions, wishOf } from '../small-system.ts'

const code = (error: unknown): string => (error as Error).message
const answer = <T>(promise: Promise<T>): Promise<T | string> => promise.catch(code)

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
  async signed(who = HANAKO, given: { challenge?: string; signature?: string; serial?: string; kiosk?: string; municipality?: string } = {}) {
    const challenge = given.challenge ?? (await this.challenge())
    const card = cardOf(who)
    const signature = given.signature ?? (await card.sign(this.drive.stage.kioskWorld(this.name, { purseYen: 0 }).crypto, '1234', challenge))
    const { serial = card.serial, kiosk = this.name, municipality = CODE } = given
    return { kiosk, municipality, card: { serial, face: card.face() }, challenge, signature }
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
    ['whose serial nobody knows', { serial: 'card-nobody' }, 'CARD_UNREADABLE'],
    ['with another\'s serial over its own signature', { serial: 'card-ichiro' }, 'CARD_UNREADABLE'],
    ['of another municipality', { municipality: 'yokohama' }, 'MUNICIPALITY_NOT_PARTICIPATING'],
  ])('is refused %s', async (_, given, refusal) => {
    expect(await atCentre((kiosk) => answer(kiosk.open(HANAKO, given)))).toBe(refusal)
  })

  it('is refused with a challenge that another kiosk had asked for', async () => {
    const end = await atCentre(async (kiosk, drive) => answer(kiosk.open(HANAKO, { challenge: await new Kiosk(drive, 'shop-2').challenge() })))

    expect(end).toBe('CARD_UNREADABLE')
  })

  it('is refused once its certificate is revoked', async () => {
    expect(await atCentre((kiosk) => answer(kiosk.open()), { revoked: [HANAKO.id] })).toBe('CERTIFICATE_REVOKED')
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
