import type { Image } from '../contract/index.ts'
import type { Verdict } from '../oracle/index.ts'
import { PIN } from '../scenario/cards.ts'
import { liveSignature } from '../world/live/crypto.ts'
import { createLiveIds } from '../world/live/ids.ts'
import type { Metrics } from '../world/live/metrics.ts'
import { readPdf } from '../world/live/paper/read.ts'
import { Askers } from './askers.ts'
import { driveClosedLoop, type RequestFigures } from './closed-loop.ts'
import { Conversation, type Customer } from './conversation.ts'
import { Crowd } from './crowd.ts'
import { linesOf, type MunicipalityCounts, type MunicipalityLine } from './municipality-lines.ts'
import { ownershipOf } from './ownership.ts'
import { LatencyHistogram, type Percentiles } from './percentiles.ts'
import { type PerMillion, perMillion } from './tally.ts'
import { checkThresholds, type Limits, type Threshold } from './thresholds.ts'
import type { LoadGround, Venue } from './venue.ts'

/** A closed loop to be driven at a venue. */
export interface ClosedLoad {
  readonly seed: number
  readonly connections: number
  readonly durationMs: number
  readonly limits: Limits
  /** Counts wrong documents as they come. */
  readonly metrics: Metrics
}

/** What a closed loop found; `load --closed --json` prints it as it is. */
export interface ClosedReport {
  /** By ownership alone: a document of another person, or one that cannot be read, is a violation; none at all is unknown. */
  readonly verdict: Verdict
  readonly loop: 'closed'
  readonly world: Venue['world']
  /** The target's server. */
  readonly target?: string
  /** Of a target what it says of itself. */
  readonly build: string
  readonly municipalities: readonly MunicipalityLine[]
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

/** Keeps connections busy at a venue and holds every document against who asked for it. */
export async function performClosed(venue: Venue, { seed, connections, durationMs, limits, metrics }: ClosedLoad): Promise<ClosedReport> {
  const { world, target, build, ground } = venue
  const documents = new Documents(metrics)
  const nextCustomer = customersOf(ground, seed)
  // A target keeps what other loads have applied for: kiosks, and with them applications, need names that nobody else has.
  const kiosks = world === 'live' ? 'load' : createLiveIds().next('load', '')
  let requests: RequestFigures | undefined
  await venue.hold({
    rate: 'accelerated',
    purpose: `closed-seed-${String(seed)}`,
    drive: async (stage, url) => {
      requests = await driveClosedLoop({
        url,
        connections,
        durationMs,
        conversation: (index) =>
          new Conversation({
            kiosk: `${kiosks}-${String(index + 1)}`,
            crypto: { sign: (key: string, message: string) => Promise.resolve(liveSignature(key, message)) },
            nextCustomer,
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
    },
  })
  if (requests === undefined) throw new Error('the closed loop was not driven')
  const { municipalities, ...figures } = documents.figures(durationMs, limits)
  return {
    loop: 'closed',
    world,
    ...(target === undefined ? {} : { target }),
    build,
    municipalities: linesOf(ground, municipalities),
    seed,
    clockFactor: ground.clockFactor,
    connections,
    durationMs,
    requests,
    ...figures,
  }
}

/** Who comes next, over all connections. */
function customersOf(ground: LoadGround, seed: number): () => Customer {
  const crowd = new Crowd(ground, seed)
  const askers = new Askers(ground.places)
  let came = 0
  return () => {
    const { place, visitor: { resident, wish } } = crowd.arrival(came)
    came += 1
    return { municipality: place.municipality.code, card: place.cards.cardOf(resident), pin: PIN, wish, asker: askers.asking(resident.id, wish) }
  }
}

/** The documents that came, each read and held against its asker in threads of their own while the loop goes on. */
class Documents {
  private readonly took = new LatencyHistogram()
  private readonly reasons = new Map<string, number>()
  private readonly codes = new Map<string, number>()
  private readonly judging: Promise<void>[] = []
  private readonly places = new Map<string, { papers: number; wrong: number }>()
  private wrong = 0

  constructor(private readonly metrics: Metrics) {}

  /** Whoever was refused at last has waited like the others. */
  waitedInVain(tookMs: number): void {
    this.took.record(tookMs)
  }

  take({ municipality, asker }: Customer, image: Image, tookMs: number): void {
    this.took.record(tookMs)
    const place = this.places.get(municipality) ?? { papers: 0, wrong: 0 }
    this.places.set(municipality, place)
    place.papers += 1
    this.judging.push(
      ownershipIn(image, asker).then((why) => {
        if (why === undefined) return
        this.wrong += 1
        place.wrong += 1
        this.metrics.countWrongPrint()
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
    const municipalities: MunicipalityCounts = this.places
    return {
      municipalities,
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
