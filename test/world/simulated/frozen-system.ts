import type { NodeDefinition } from '../../../world/node.ts'
import { type TableDefinition, virtualMs, type World } from '../../../world/ports.ts'
import type { SimulatedStage } from '../../../world/simulated/stage.ts'
import { NOON, node } from './small-stage.ts'

/**
 * A small system that uses every port, for the golden traces. It is frozen: it depends on nothing of the services, and is not
 * changed when they are. Two kiosks ask a centre, a print node draws random numbers and shares its engine among two jobs
 * with a limit, a link counts on schedule; once the print node crashes.
 */
const COUNTS: TableDefinition<number> = { name: 'counts' }
const MUNICIPALITY = '40220'

async function count({ database }: World, key: string): Promise<number> {
  return database.transaction('count', async (tx) => {
    const next = ((await tx.get(COUNTS, key))?.data ?? 0) + 1
    await tx.put(COUNTS, key, 'group', next)
    return next
  })
}

async function print(world: World, id: string): Promise<void> {
  const killer = new AbortController()
  const limit = world.clock.after(850, 'the limit passes', () => {
    killer.abort(new Error('the limit'))
  })
  const name = `${world.ids.next('file', 'print')}.img`
  await world.files.write(name, { digest: id, pages: 1, body: '' })
  await world.clock.sleep(Math.floor(world.random.next(id) * 100))
  await world.engine.convert(name, 2, killer.signal)
  limit.cancel()
  const image = await world.files.read(name)
  await world.database.insert(COUNTS, `done ${image?.digest ?? ''}`, 'done', await count(world, 'printed'))
  await world.files.remove(name)
}

const nodes = (): readonly NodeDefinition[] => [
  node('centre', {
    role: 'centre',
    site: 'centre',
    start: () => ({
      serves: {
        challenge: async (world, { kiosk }) => {
          await count(world, kiosk)
          return { challenge: world.crypto.nonce(kiosk) }
        },
      },
    }),
  }),
  node('print:frozen/1', {
    engine: { capacity: 1, baseMs: 100, perSheetMs: 150 },
    start: () => ({ consumes: { queue: 'print', concurrency: 2, handle: (world, { id }) => print(world, id).then(() => 'ready') } }),
  }),
  node('link:frozen', {
    role: 'link',
    start: () => ({ schedules: [{ words: 'link run', everyMs: 20_000, run: (world) => count(world, 'runs').then(() => undefined) }] }),
  }),
]

async function session(stage: SimulatedStage, kiosk: string): Promise<void> {
  const world = stage.kioskWorld(kiosk, { purseYen: 200 })
  const { challenge } = await world.network.call('challenge', MUNICIPALITY, { kiosk })
  await world.crypto.verify('key', challenge, await world.crypto.sign('key', challenge))
  const application = world.ids.next('application', kiosk)
  const entry = { application, municipality: MUNICIPALITY, session: 'session' }
  await world.journal.append({ ...entry, state: 'applied', yen: 0 })
  await stage.world('link:frozen', application).queue.add('print', { id: application })
  await world.cash.take(application, 200)
  await world.clock.sleep(50)
  await world.journal.append({ ...entry, state: 'paid', yen: 200 })
}

async function drive(stage: SimulatedStage): Promise<void> {
  const sessions = ['shop-1', 'shop-2', 'shop-1'].map((kiosk) => session(stage, kiosk))
  await stage.waitUntil(virtualMs(NOON + 300))
  stage.crash('print:frozen/1')
  await Promise.all(sessions)
  await stage.idle()
}

export const frozen = { nodes, drive }
