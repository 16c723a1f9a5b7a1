import type { LiveHouse } from '../scenario/live.ts'

/**
 * Opens the live world: `DATABASE_URL` and `REDIS_URL`, else the embedded PostgreSQL for both. Its modules are loaded here
 * and not before, since Fastify, BullMQ and the fonts take longer to load than a whole simulated regression.
 * @throws TorichigaeError NO_DATABASE, ORPHANED_DATABASE, OUT_NOT_WRITABLE
 */
export async function openLiveHouse(folder: string): Promise<LiveHouse> {
  const { LiveHouse: House } = await import('../scenario/live.ts')
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  return House.open({ folder, ...(databaseUrl === undefined ? {} : { databaseUrl }), ...(redisUrl === undefined ? {} : { redisUrl }) })
}
