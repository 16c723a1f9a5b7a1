import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { packageRoot } from '../scenario/package-root.ts'
import { startCluster } from '../world/live/cluster/start-cluster.ts'
import { times } from './options.ts'
import { report } from './program.ts'

/**
 * `npm run cluster`: the cluster as processes of this machine, until Ctrl-C. What it does not know itself, it passes on to
 * `torichigae serve`.
 */
async function cluster(argv: readonly string[]): Promise<number> {
  const command = new Command('cluster')
    .option('--workers <n>', 'print workers', times, 2)
    .option('--port <n>', 'the port of the centre; the others have the next ones', times, 7_001)
    .option('--folder <dir>', 'logs, work files and the data of Redis')
    .allowUnknownOption()
    .allowExcessArguments()
    .parse([...argv])
  const { workers, port, folder = mkdtempSync(join(tmpdir(), 'torichigae-cluster-')) } = command.opts<{ workers: number; port: number; folder?: string }>()
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  const ending = new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const started = await startCluster({
    command: [process.execPath, fileURLToPath(new URL('bin/torichigae.js', packageRoot()))],
    serve: command.args,
    folder,
    workers,
    port,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
  })
  for (const { name, url, pid } of started.processes) process.stdout.write(`${name}  ${url}  process ${String(pid)}\n`)
  process.stdout.write(`logs: ${folder}\nready; Ctrl-C ends it\n`)
  await ending
  await started.stop()
  return 0
}

try {
  process.exitCode = await cluster(process.argv)
} catch (error) {
  process.exitCode = report(error)
}
