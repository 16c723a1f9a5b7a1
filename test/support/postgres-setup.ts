import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { openPostgres, type PostgresServer } from '../../world/live/postgres/open-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the run's database is to be had: a GET answers with its URL. */
    readonly databaseDesk: string
  }
}

/**
 * One PostgreSQL for a whole run of the tests, started when the first test asks for it (`testDatabaseUrl`), so that runs
 * which need none do not pay for it. Test files run in processes of their own and ask over a loopback port.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['DATABASE_URL']
  let server: Promise<PostgresServer> | undefined
  const desk = createServer((_request, response) => {
    server ??= openPostgres(url === undefined ? {} : { url })
    server.then(
      (opened) => response.end(opened.url),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  const address = desk.address()
  project.provide('databaseDesk', `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}`)
  return async () => {
    desk.close()
    await server?.then((opened) => opened.close())
  }
}
