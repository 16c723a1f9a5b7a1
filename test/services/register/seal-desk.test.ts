import { describe, expect, it } from 'vitest'
import { createSealDesk } from '../../../services/register/seal-desk.ts'
import { SEALS } from '../../../services/register/seal-register.ts'
import { SEAL_REPLICA } from '../../../services/link/replica.ts'
import { HANAKO, ICHIRO, resident, sealOf } from '../../oracle/history-builder.ts'
import { buildOf, type Drive, eventsOf, HOUR_MS, ISSUING_NODE, REGISTER_NODE, runSmall } from '../small-system.ts'

const desk = createSealDesk({ notices: false })
const seals = [sealOf(HANAKO)]
const atDesk = ({ stage }: Drive) => stage.world(REGISTER_NODE)
const refusalOf = (operation: Promise<unknown>): Promise<string> => operation.then(() => 'done', (error: unknown) => (error as Error).message)

describe('the seal desk', () => {
  it('registers, changes, revokes and registers again, a version each', async () => {
    const { result, events, judgement } = await runSmall({}, async (drive) => {
      const written = [
        await desk.register(atDesk(drive), { resident: ICHIRO.id, impression: '佐藤' }),
        await desk.change(atDesk(drive), { resident: ICHIRO.id, impression: '一郎' }),
        await desk.revoke(atDesk(drive), { resident: ICHIRO.id }),
        await desk.register(atDesk(drive), { resident: ICHIRO.id, impression: '佐藤印' }),
      ]
      return { written, row: await atDesk(drive).database.get(SEALS, ICHIRO.id) }
    })

    expect(result.written.map(({ version, status, impression }) => [version, status, impression])).toEqual([
      [1, 'active', '佐藤'],
      [2, 'active', '一郎'],
      [3, 'revoked', '一郎'],
      [4, 'active', '佐藤印'],
    ])
    expect(result.row?.data.seal).toEqual(result.written[3])
    expect(eventsOf(events, 'ok', 'counter').flatMap(({ seals: after }) => after)).toEqual(result.written)
    expect(judgement.verdict).toBe('pass')
  })

  it('registers one seal a person, and nobody under 15 or out of the register', async () => {
    const child = resident('child', { birthDate: '2008-06-29' })
    const fifteen = resident('fifteen', { birthDate: '2008-06-28' })
    const { result } = await runSmall({ people: [HANAKO, child, fifteen], seals }, async (drive) => {
      const register = (id: string) => refusalOf(desk.register(atDesk(drive), { resident: id, impression: '見本' }))
      return [await register(HANAKO.id), await register('child'), await register('fifteen'), await register('nobody')]
    })

    expect(result).toEqual(['REGISTER_BEING_UPDATED', 'UNDER_AGE', 'done', 'NOT_IN_REGISTER'])
  })

  it('has nothing to change or revoke where no registration is in force, and records that it failed', async () => {
    const { result, events } = await runSmall({ seals: [sealOf(HANAKO, { status: 'revoked' })] }, async (drive) => [
      await refusalOf(desk.revoke(atDesk(drive), { resident: HANAKO.id })),
      await refusalOf(desk.change(atDesk(drive), { resident: ICHIRO.id, impression: '佐藤' })),
    ])

    expect(result).toEqual(['SEAL_NOT_REGISTERED', 'SEAL_NOT_REGISTERED'])
    expect(eventsOf(events, 'fail', 'counter')).toHaveLength(2)
  })

  it('stamps a row with the time at which its operation began, and shows it when that has ended', async () => {
    const { result } = await runSmall({ seals }, async (drive) => {
      const revoking = desk.revoke(atDesk(drive), { resident: HANAKO.id, takesMs: 10_000 })
      await atDesk(drive).clock.sleep(5_000)
      const meanwhile = await atDesk(drive).database.get(SEALS, HANAKO.id)
      await revoking
      return { meanwhile, after: await atDesk(drive).database.get(SEALS, HANAKO.id) }
    })

    expect(result.meanwhile?.data.seal.status).toBe('active')
    expect(result.after?.data).toMatchObject({ seal: { status: 'revoked' }, stampedMs: 14 * HOUR_MS })
  })

  it('tells the issuing system at once where the site has notices', async () => {
    const { result } = await runSmall({ seals, build: buildOf({}, { sealNotices: true }) }, async (drive) => {
      await createSealDesk({ notices: true }).revoke(atDesk(drive), { resident: HANAKO.id })
      return drive.stage.world(ISSUING_NODE).database.get(SEAL_REPLICA, HANAKO.id)
    })

    expect(result?.data.status).toBe('revoked')
  })
})
