import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import type { HistoryEvent } from '../../contract/index.ts'
import { judge, type Judgement } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { openTarget, type Target } from '../../scenario/target.ts'
import { type Application, APPLICATIONS } from '../../services/issuing/applications.ts'
import { issuingSite } from '../../services/system.ts'
import { type Cluster, type ClusterOptions, startCluster } from '../../world/live/cluster/start-cluster.ts'
import { connectDatabase, type DatabaseConnection } from '../../world/live/connection.ts'
import { createLogger } from '../../world/live/log.ts'
import { rowsOf, rowsOfTable } from '../../world/live/rows.ts'
import { dropSchema } from '../../world/live/schema.ts'
import type { Row } from '../../world/ports.ts'
import { builtCommand } from './command.ts'
import { testDatabaseUrl } from './postgres.ts'

/** For what takes as long as processes take. */
export const PATIENT = { timeout: 60_000, interval: 10 }

const SITE = issuingSite('munakata')

export interface SceneOptions extends Pick<ClusterOptions, 'queue' | 'workers'> {
  /** Names the run; the process is added to it. */
  readonly name: string
  readonly clockFactor: number
}

/** A job of a worker as its log tells it. */
export interface JobLine {
  readonly code: string
  readonly application: string
  readonly worker: number
  readonly requestId?: string
  readonly outcome?: string
}

/** A cluster of processes for a test, and what can be seen of it from outside: rows, work files, log lines. */
export class ClusterScene {
  private targets = 0

  private constructor(
    readonly cluster: Cluster,
    readonly database: DatabaseConnection,
    readonly run: string,
    readonly folder: string,
  ) {}

  static async open({ name, clockFactor, ...options }: SceneOptions): Promise<ClusterScene> {
    const run = `${name}_${String(process.pid)}`
    const command = [process.execPath, await builtCommand()] as const
    const databaseUrl = await testDatabaseUrl()
    const folder = mkdtempSync(join(tmpdir(), 'torichigae-cluster-test-'))
    const clock = ['--clock-factor', String(clockFactor), '--date', '2023-06-28', '--start', '10:00:00']
    const serve = ['--run', run, '--size', '300', '--seed', '7', '--takeover', '1000', ...clock]
    const cluster = await startCluster({ command, serve, folder, databaseUrl, ...options })
    return new ClusterScene(cluster, await connectDatabase({ url: databaseUrl, connectionsMax: 3 }), run, folder)
  }

  async close(): Promise<void> {
    await this.cluster.stop()
    for (const schema of [this.run, `${this.run}_queue`]) await dropSchema(this.database.kysely, schema)
    await this.database.close()
    rmSync(this.folder, { recursive: true })
  }

  /** Kiosks and people before the cluster, with a history of their own. */
  comeBefore(): Promise<Target> {
    this.targets += 1
    return openTarget({ url: this.cluster.centreUrl, folder: this.targetFolder, rate: 'script', logger: createLogger({ level: 'silent' }) }, readCatalogue())
  }

  /** Where the present target lays its history and papers. */
  get targetFolder(): string {
    return join(this.folder, `target-${String(this.targets)}`)
  }

  /** Ends the present target's history, and judges what is on disk. */
  judged({ stage }: Target): { judgement: Judgement; events: readonly HistoryEvent[] } {
    stage.close(true)
    const { history, problems } = readHistory(readFileSync(join(this.targetFolder, 'history.jsonl'), 'utf8'))
    expect(history.header.world).toBe('target')
    return { judgement: judge(history, problems), events: history.events }
  }

  /** All applications there have been, as the database has them. */
  async applications(): Promise<readonly Row<Application>[]> {
    return rowsOf(await rowsOfTable(this.database.kysely.withSchema(this.run), SITE, APPLICATIONS).execute())
  }

  /** The state of each of them, by kiosk. */
  async states(): Promise<Readonly<Record<string, string>>> {
    return Object.fromEntries((await this.applications()).map(({ data }) => [data.kiosk, data.state]))
  }

  /** Applications that have not ended, or of which the image was kept. */
  async unended(): Promise<readonly string[]> {
    const rows = await this.applications()
    return rows.filter(({ data }) => !['closed', 'cancelled', 'failed'].includes(data.state) || data.image !== undefined).map(({ key, data }) => `${key} ${data.state}`)
  }

  /** What lies in the work folder of the site. */
  workFiles(): readonly string[] {
    return readdirSync(join(this.folder, 'work', this.run, SITE.replaceAll(':', '-')))
  }

  /** Jobs that wait, as the issuing server's metrics have them. */
  async jobsWaiting(): Promise<number> {
    const text = await (await fetch(`${this.process('issuing').url}/metrics`)).text()
    return Number(/^torichigae_queue_jobs\{site="issuing:munakata",state="waiting"\} (\d+)$/m.exec(text)?.[1])
  }

  /** What the workers have logged of jobs, in the order of each log. */
  jobLines(): readonly JobLine[] {
    return this.cluster.workers.flatMap(({ name }, worker) =>
      readFileSync(join(this.folder, `${name}.log`), 'utf8')
        .split('\n')
        .filter((line) => line.includes('"JOB_'))
        .map((line) => ({ ...(JSON.parse(line) as Omit<JobLine, 'worker'>), worker })),
    )
  }

  process(name: string) {
    const found = this.cluster.processes.find((each) => each.name === name)
    if (found === undefined) throw new RangeError(`the cluster has no "${name}"`)
    return found
  }
}

/** Of which applications papers came out, one entry a paper. */
export const papersOf = (events: readonly HistoryEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'ok' && event.f === 'print' ? [event.application] : []))

/** For which applications a fee was taken. */
export const feesOf = (events: readonly HistoryEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'ok' && event.f === 'pay' ? [event.application] : []))
