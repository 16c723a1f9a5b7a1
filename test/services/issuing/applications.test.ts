import { describe, expect, it } from 'vitest'
import type { Image } from '../../../contract/index.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { type Application, APPLICATIONS, attemptsOver, becomeFailed, becomeReady, beginPrinting, end } from '../../../services/issuing/applications.ts'
import type { World } from '../../../world/ports.ts'
import { HANAKO, ICHIRO } from '../../oracle/history-builder.ts'
import { APPLICATION, APPLICATION_ID } from '../application.ts'
import { CODE, ISSUING_NODE, MUNICIPALITY, PRINT_NODE, runSmall, wishOf } from '../small-system.ts'

const IMAGE: Image = { digest: 'digest', pages: 1, body: 'body' }

/** Runs `body` on the issuing site's database with one application in it. */
async function withApplication<T>(body: (world: World, other: World) => Promise<T>, state: Partial<Application> = {}): Promise<T> {
  const { result } = await runSmall({}, async ({ stage }) => {
    const world = stage.world(PRINT_NODE)
    await world.database.insert(APPLICATIONS, APPLICATION_ID, 'shop-1', { ...APPLICATION, ...state })
    return body(world, stage.world(ISSUING_NODE))
  })
  return result
}

const stateOf = async (world: World): Promise<Application> => (await world.database.get(APPLICATIONS, APPLICATION_ID))!.data

describe('the life of an application', () => {
  it('goes from received to printing to ready to closed, and keeps nothing of the certificate in the end', async () => {
    const states = await withApplication(async (world) => {
      const row = await beginPrinting(world, APPLICATION_ID)
      const printing = await stateOf(world)
      await becomeReady(world, row!, IMAGE, [HANAKO.id])
      const ready = await stateOf(world)
      await end(world, APPLICATION_ID, 'closed')
      return { printing, ready, closed: await stateOf(world) }
    })

    expect(states.printing).toMatchObject({ state: 'printing', attempt: 1 })
    expect(states.ready).toMatchObject({ state: 'ready', image: IMAGE, persons: [HANAKO.id] })
    expect(states.closed.state).toBe('closed')
    expect(states.closed).not.toHaveProperty('image')
  })

  it('gives a job to the second worker that begins it and fences the first off', async () => {
    const { late, inTime, after } = await withApplication(async (world) => {
      const first = await beginPrinting(world, APPLICATION_ID)
      const second = await beginPrinting(world, APPLICATION_ID)
      const late = await becomeReady(world, first!, { ...IMAGE, digest: 'late' }, [])
      const inTime = await becomeReady(world, second!, IMAGE, [])
      return { late, inTime, after: await stateOf(world) }
    })

    expect({ late, inTime }).toEqual({ late: false, inTime: true })
    expect(after).toMatchObject({ attempt: 2, image: { digest: 'digest' } })
  })

  it('is never claimed twice in one version, whoever of two workers reads and writes first (seeds 1 to 60)', async () => {
    const seen = new Set<number>()
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result } = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
        const world = stage.world(PRINT_NODE)
        await world.database.insert(APPLICATIONS, APPLICATION_ID, 'shop-1', APPLICATION)
        const claims = await Promise.all([beginPrinting(world, APPLICATION_ID), beginPrinting(stage.world(ISSUING_NODE), APPLICATION_ID)])
        return claims.flatMap((claim) => (claim === undefined ? [] : [claim.version]))
      })
      expect({ seed, versions: new Set(result).size }).toEqual({ seed, versions: result.length })
      seen.add(result.length)
    }
    expect(seen).toEqual(new Set([1, 2]))
  })

  it.each(['ready', 'closed', 'cancelled', 'failed'] as const)('is not begun again once it is %s', async (state) => {
    expect(await withApplication((world) => beginPrinting(world, APPLICATION_ID), { state })).toBeUndefined()
  })

  it('is not made ready after it was cancelled', async () => {
    const { ready, after } = await withApplication(async (world, kiosk) => {
      const row = await beginPrinting(world, APPLICATION_ID)
      await end(kiosk, APPLICATION_ID, 'cancelled')
      return { ready: await becomeReady(world, row!, IMAGE, []), after: await stateOf(world) }
    })

    expect(ready).toBe(false)
    expect(after).toMatchObject({ state: 'cancelled' })
    expect(after).not.toHaveProperty('image')
  })

  it('does not fail any more once it is over', async () => {
    const after = await withApplication(async (world) => {
      const row = await beginPrinting(world, APPLICATION_ID)
      await becomeReady(world, row!, IMAGE, [])
      await becomeFailed(world, row!, 'SERVER_TIMEOUT')
      return stateOf(world)
    })

    expect(after.state).toBe('ready')
  })

  it('ends once, however often it is said, and as it was said first', async () => {
    const ends = await withApplication(async (world) => [await end(world, APPLICATION_ID, 'cancelled'), await end(world, APPLICATION_ID, 'closed'), await end(world, APPLICATION_ID, 'closed')])

    expect(ends).toEqual(['cancelled', 'cancelled', 'cancelled'])
  })

  it('that nobody made does not end', async () => {
    expect(await withApplication((world) => end(world, 'application-shop-9-9', 'closed'))).toBeUndefined()
  })

  it('keeps the reason of a failure, and none of what was made', async () => {
    const after = await withApplication(async (world) => {
      const row = await beginPrinting(world, APPLICATION_ID)
      await becomeFailed(world, row!, 'GLYPH_PENDING')
      return stateOf(world)
    })

    expect(after).toMatchObject({ state: 'failed', code: 'GLYPH_PENDING' })
    expect(after).not.toHaveProperty('image')
  })

  it('ends in one state for everybody, whoever is faster of kiosk and worker (seeds 1 to 60)', async () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result } = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
        const world = stage.world(PRINT_NODE)
        await world.database.insert(APPLICATIONS, APPLICATION_ID, 'shop-1', APPLICATION)
        const work = beginPrinting(world, APPLICATION_ID).then(async (row) => (row === undefined ? 'not begun' : becomeReady(world, row, IMAGE, [])))
        const [made, ended] = await Promise.all([work, end(stage.world(ISSUING_NODE), APPLICATION_ID, 'cancelled')])
        return { made, ended, after: await stateOf(world) }
      })
      expect({ seed, ended: result.ended, state: result.after.state, image: result.after.image }).toEqual({ seed, ended: 'cancelled', state: 'cancelled', image: undefined })
      seen.add(String(result.made))
    }
    expect(seen).toEqual(new Set(['not begun', 'false', 'true']))
  })
})

describe('what a worker asks of applications', () => {
  it('is answered of one that nobody made: nothing to print, nothing left', async () => {
    expect(await withApplication(async (world) => [await beginPrinting(world, 'nobody-s'), await attemptsOver(world, 'nobody-s')])).toEqual([undefined, 0])
  })

  it.each([
    ['received', 0],
    ['printing', 0],
    ['ready', 3],
    ['failed', 3],
    ['cancelled', 3],
  ] as const)('counts the attempts of one that is %s as %i that are over', async (state, attempts) => {
    expect(await withApplication((world) => attemptsOver(world, APPLICATION_ID), { state, attempt: 3 })).toBe(attempts)
  })

  it('is kept without an image where there is none', async () => {
    const after = await withApplication(async (world) => {
      const row = await beginPrinting(world, APPLICATION_ID)
      await becomeReady(world, row!, undefined, [])
      return stateOf(world)
    })

    expect(after.state).toBe('ready')
    expect(after).not.toHaveProperty('image')
  })
})

describe('an application sent to the issuing server', () => {
  const request = { application: APPLICATION_ID, kiosk: 'shop-1', applicant: APPLICATION.applicant, wish: wishOf() }

  it('twice under one key is one application and one print job, its fee and number those of the first', async () => {
    const { result, events } = await runSmall({}, async ({ stage }) => {
      const world = stage.world('centre')
      const first = await world.network.call('issue', CODE, request)
      const row = await stateOf(stage.world(ISSUING_NODE))
      const second = await world.network.call('issue', CODE, { ...request, wish: wishOf({ copies: 9 }) })
      await stage.idle()
      const later = await world.network.call('issue', CODE, request)
      return { first, second, later, row, after: await stateOf(stage.world(ISSUING_NODE)) }
    })

    expect(result.first).toEqual({ application: APPLICATION_ID, state: 'received' })
    expect(['received', 'printing']).toContain(result.second.state)
    expect(result.later.state).toBe('ready')
    expect(result.after).toMatchObject({ feeYen: MUNICIPALITY.feesYen['residence-record'], issueNumber: result.row.issueNumber, attempt: 1 })
    expect(events.filter((event) => event.f === 'job' && event.op === 'start')).toHaveLength(1)
  })

  it('at the same moment twice is one, whatever the schedule (seeds 1 to 60)', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result, events } = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
        const send = () => stage.world('centre').network.call('issue', CODE, request)
        await Promise.all([send(), send(), send()])
        await stage.idle()
        return stateOf(stage.world(ISSUING_NODE))
      })
      const jobs = events.filter((event) => event.f === 'job' && event.op === 'start')
      expect({ seed, attempt: result.attempt, state: result.state, jobs: jobs.length }).toEqual({ seed, attempt: 1, state: 'ready', jobs: 1 })
    }
  })

  it('under a key that another person uses at the same moment is never answered as that person\'s (seeds 1 to 60)', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result } = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
        const send = (resident: string) =>
          stage.world('centre').network.call('issue', CODE, { ...request, applicant: { ...request.applicant, resident } }).then(
            ({ state }) => state,
            (error: unknown) => (error as Error).message,
          )
        const answers = await Promise.all([send(HANAKO.id), send(ICHIRO.id)])
        const { applicant } = await stateOf(stage.world(ISSUING_NODE))
        return { answers, loser: applicant.resident === HANAKO.id ? answers[1] : answers[0] }
      })
      expect({ seed, loser: result.loser }).toEqual({ seed, loser: 'APPLICATION_UNKNOWN' })
    }
  })

  it('costs the fee of all copies together', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const world = stage.world('centre')
      await world.network.call('issue', CODE, { ...request, wish: wishOf({ copies: 3 }) })
      await stage.idle()
      return world.network.call('issued', CODE, { application: APPLICATION_ID })
    })

    expect(result).toMatchObject({ state: 'ready', feeYen: 3 * MUNICIPALITY.feesYen['residence-record']!, image: { pages: 3 } })
  })

  it('is asked for in vain once it was closed, and by a name that nobody knows', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const world = stage.world('centre')
      const asking = (application: string) => world.network.call('issued', CODE, { application }).then(() => 'ready', (error: unknown) => (error as Error).message)
      await world.network.call('issue', CODE, request)
      const early = await world.network.call('issued', CODE, { application: APPLICATION_ID })
      await stage.idle()
      await world.network.call('issueOutcome', CODE, { application: APPLICATION_ID, outcome: 'printed' })
      const unknownEnd = await world.network.call('issueOutcome', CODE, { application: 'nobody-s', outcome: 'printed' }).then(() => 'ended', (error: unknown) => (error as Error).message)
      return { early, late: await asking(APPLICATION_ID), unknown: await asking('nobody-s'), unknownEnd }
    })

    expect(result).toEqual({ early: { state: 'pending' }, late: 'USER_CANCELLED', unknown: 'APPLICATION_UNKNOWN', unknownEnd: 'APPLICATION_UNKNOWN' })
  })
})
