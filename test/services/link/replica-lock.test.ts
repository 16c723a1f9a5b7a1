import { describe, expect, it } from 'vitest'
import { APPLICATIONS } from '../../../services/issuing/applications.ts'
import { moveWithin } from '../../../services/register/counter.ts'
import { virtualMs } from '../../../world/ports.ts'
import { HANAKO } from '../../oracle/history-builder.ts'
import { APPLICATION, APPLICATION_ID } from '../application.ts'
import { buildOf, cardOf, CODE, ISSUING_NODE, REGISTER_NODE, runSmall, type SmallOptions } from '../small-system.ts'

const LINK = { everyMs: 60_000, takesMs: 20_000 }

/** When a job that is queued in the middle of a link run has its document, after the run began. */
async function readyAfterMs(lock: string, crashAtMs?: number): Promise<number> {
  const options: SmallOptions = { build: buildOf({ 'link/replica-lock': lock }), linkEveryMs: LINK.everyMs, linkTakesMs: LINK.takesMs }
  const { result } = await runSmall(options, async ({ stage }) => {
    const begunMs = stage.now() + LINK.everyMs
    await stage.waitUntil(virtualMs(begunMs + 5_000))
    const { database, queue } = stage.world(ISSUING_NODE)
    await database.insert(APPLICATIONS, APPLICATION_ID, 'shop-1', { ...APPLICATION, applicant: { ...APPLICATION.applicant, resident: HANAKO.id } })
    await queue.add('print', { id: APPLICATION_ID })
    if (crashAtMs !== undefined) {
      await stage.waitUntil(virtualMs(begunMs + crashAtMs))
      stage.crash(`link:${CODE}`)
    }
    for (;;) {
      if ((await database.get(APPLICATIONS, APPLICATION_ID))?.data.state === 'ready') return stage.now() - begunMs
      await stage.waitUntil(virtualMs(stage.now() + 1_000))
    }
  })
  return result
}

describe('a print job that comes while the link runs', () => {
  it('waits for its end where the link has the replica to itself (whole-run), and else does not (none)', async () => {
    expect(await readyAfterMs('whole-run')).toBeGreaterThanOrEqual(LINK.takesMs)
    expect(await readyAfterMs('none')).toBeLessThan(LINK.takesMs)
  })

  it('goes on where the link dies in the middle of its run', async () => {
    const ms = await readyAfterMs('whole-run', 8_000)

    expect(ms).toBeGreaterThanOrEqual(8_000)
    expect(ms).toBeLessThan(LINK.takesMs)
  })

  it('reads what the run brought where it has waited for that, and what was before where not', async () => {
    const address = '福岡県宗像市見本台一丁目2番3号'
    const ended = async (lock: string): Promise<unknown> => {
      const { result } = await runSmall({ build: buildOf({ 'link/replica-lock': lock }), linkEveryMs: LINK.everyMs, linkTakesMs: LINK.takesMs }, async ({ stage }) => {
        const begunMs = stage.now() + LINK.everyMs
        await moveWithin(stage.world(REGISTER_NODE), HANAKO.household, address)
        await stage.waitUntil(virtualMs(begunMs + 5_000))
        const { database, queue } = stage.world(ISSUING_NODE)
        await database.insert(APPLICATIONS, APPLICATION_ID, 'shop-1', { ...APPLICATION, applicant: { resident: HANAKO.id, face: cardOf({ ...HANAKO, address }).face() } })
        await queue.add('print', { id: APPLICATION_ID })
        await stage.waitUntil(virtualMs(begunMs + 2 * LINK.takesMs))
        return (await database.get(APPLICATIONS, APPLICATION_ID))?.data
      })
      return result
    }

    expect(await ended('whole-run')).toMatchObject({ state: 'ready' })
    expect(await ended('none')).toMatchObject({ state: 'failed', code: 'REGISTER_BEING_UPDATED' })
  })
})
