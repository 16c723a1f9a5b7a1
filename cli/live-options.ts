import type { LiveHouseOptions } from '../scenario/live.ts'

/** Where a live run finds its servers: `DATABASE_URL` and `REDIS_URL`, else the embedded PostgreSQL for both. */
export function liveOptions(folder: string): LiveHouseOptions {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  return { folder, ...(databaseUrl === undefined ? {} : { databaseUrl }), ...(redisUrl === undefined ? {} : { redisUrl }) }
}
