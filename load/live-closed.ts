import type { Image, Resident } from '../contract/index.ts'
import type { Verdict } from '../oracle/index.ts'
import { PIN } from '../scenario/cards.ts'
import type { LiveHouse } from '../scenario/live.ts'
import type { Ground, Scene } from '../scenario/setting.ts'
import { Visitors } from '../scenario/visitors.ts'
import type { Build } from '../services/build.ts'
import { liveSignature } from '../world/live/crypto.ts'
import { readPdf } from '../world/live/paper/read.ts'
import { driveClosedLoop, type RequestFigures } from './closed-loop.ts'
import { Conversation, type Customer } from './conversation.ts'
import { ownershipOf } from './ownership.ts'
import { LatencyHistogram, type Percentiles } from './percentiles.ts'
import { type PerMillion, perMillion } from './tally.ts'
import { checkThresholds, type Limits, type Threshold } from './thresholds.ts'

/** A closed loop to be driven on a live house. */
export interface LiveClosed {
  readonly ground: Ground<Scene>
  readonly build: Build
  readonly seed: number
  readonly connections: number
  readonly durationMs: number
  readonly limits: Limits
}

/** What a closed loop found; `load --closed --json` prints it as it is. */
export interface ClosedReport {
  /** By ownership alone: a document of another person, or one that cannot be read, is a violation; none at all is unknown. */
  readonly verdict: Verdict
  readonly loop: 'closed'
  readonly world: 'live'
  readonly build: string
  readonly seed: number
  readonly clockFactor: number
  readonly connections: number
  readonly durationMs: number
  readonly requests: RequestFigures
  readonly documents: number
  readonly documentsPerSecond: number
  /** From sending the application to having the document; by itself, for in a closed loop there is no intended start. */
  readonly applyToDocumentMs: Percentiles
  /** Documents that are not their asker's. */
  readonly wrong: number
  /** Why, each reason with how often. */
  readonly reasons: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  readonly perMillion: { readonly wrong: PerMillion | null }
  readonly thresholds: readonly Threshold[]
}

/** Keeps connections busy on a live house and holds every document against who asked for it. */
export async function performClosed(house: LiveHouse, { ground, build, seed, connections, durationMs, limits }: LiveClosed): Promise<ClosedReport> {
  const { incident, municipality } = ground
  const documents = new Documents()
  const customers = customersOf(ground, seed)
  const crypto = { sign: (key: string, message: string) => Promise.resolve(liveSignature(key, message)) }
  let requests: RequestFigures | undefined
  await house.performWith({ ground, build, seed, start: incident.start, rate: 'accelerated', orderings: [] }, `${build.id}-closed-seed-${String(seed)}`, async (stage) => {
    requests = await driveClosedLoop({
      url: stage.directory('challenge', municipality.code) ?? '',
      connections,
      durationMs,
      conversation: (index) =>
        new Conversation({
          kiosk: `load-${String(index + 1)}`,
          municipality: municipality.code,
          crypto,
          nextCustomer: customers,
          onDocument: (customer, image, tookMs) => {
            documents.take(customer, image, tookMs)
          },
          onWaitedInVain: (tookMs) => {
            documents.waitedInVain(tookMs)
          },
          onRefused: (code) => {
            documents.refused(code)
          },
          now: () => performance.now(),
        }),
    })
    await stage.idle()
    await documents.judged()
  })
  if (requests === undefined) throw new Error('the closed loop was not driven')
  return { loop: 'closed', world: 'live', build: build.id, seed, clockFactor: incident.live.clockFactor, connections, durationMs, requests, ...documents.figures(durationMs, limits) }
}

/** Who comes next, over all connections, with the household that may be on the paper. */
function customersOf(ground: Ground<Scene>, seed: number): () => Customer {
  const visitors = new Visitors(ground, ground.profile.mix, seed)
  const households = new Map<string, Resident[]>()
  for (const resident of ground.population) {
    const household = households.get(resident.household)
    if (household === undefined) households.set(resident.household, [resident])
    else household.push(resident)
  }
  let came = 0
  return () => {
    const { resident, wish } = visitors.visitor(came)
    came += 1
    const seal = ground.seals.get(resident.id)
    const asker = { applicant: resident, household: households.get(resident.household) ?? [], wish, ...(seal === undefined ? {} : { impression: seal.impression }) }
    return { card: ground.cards.cardOf(resident), pin: PIN, wish, asker }
  }
}

/** The documents that came, each read and held against its asker in threads of their own while the loop goes on. */
class Documents {
  private readonly took = new LatencyHistogram()
  private readonly reasons = new Map<string, number>()
  private readonly codes = new Map<string, number>()
  private readonly judging: Promise<void>[] = []
  private wrong = 0

  /** Whoever was refused at last has waited like the others. */
  waitedInVain(tookMs: number): void {
    this.took.record(tookMs)
  }

  take({ asker }: Customer, image: Image, tookMs: number): void {
    this.took.record(tookMs)
    this.judging.push(
      ownershipIn(image, asker).then((why) => {
        if (why === undefined) return
        this.wrong += 1
        count(this.reasons, why)
      }),
    )
  }

  refused(code: string): void {
    count(this.codes, code)
  }

  async judged(): Promise<void> {
    await Promise.all(this.judging)
  }

  figures(durationMs: number, limits: Limits) {
    const documents = this.judging.length
    const { wrong } = this
    const verdict: Verdict = wrong > 0 ? 'violation' : documents === 0 ? 'unknown' : 'pass'
    const applyToDocumentMs = this.took.percentiles
    return {
      verdict,
      documents,
      documentsPerSecond: documents / (durationMs / 1_000),
      applyToDocumentMs,
      wrong,
      reasons: Object.fromEntries(this.reasons),
      refused: Object.fromEntries(this.codes),
      perMillion: { wrong: perMillion('wrong', wrong, documents) },
      thresholds: checkThresholds(limits, { wrong, p99Ms: applyToDocumentMs.p99 }),
    }
  }
}

const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)

/** Why a document is not its asker's; `undefined` if it is. */
async function ownershipIn({ body }: Image, asker: Customer['asker']): Promise<string | undefined> {
  try {
    const ownership = ownershipOf(await readPdf(Buffer.from(body, 'base64')), asker)
    return ownership.owned ? undefined : ownership.why
  } catch {
    return 'it cannot be read'
  }
}
