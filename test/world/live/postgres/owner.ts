import { openPostgres } from '../../../../world/live/postgres/open-postgres.ts'

/** A program of its own for `open-postgres.test.ts`: opens a server, says where, and ends without closing it. */
const [, , folder = '', then] = process.argv
const server = await openPostgres({ folder })
console.log(server.url)
if (then !== 'end') setInterval(() => undefined, 1_000)
if (then === 'interrupt itself') process.kill(process.pid, 'SIGINT')
