import { type Image, type PrintedSheet, type Sheet, TorichigaeError, printedSheet } from '../../contract/index.ts'
import { ProcessorSharing } from '../engine-sharing.ts'
import { conversionMs, type EngineSettings } from '../node.ts'
import type { Engine } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { textHash } from '../hash.ts'
import { SLOW_TIMES } from './faults.ts'
import type { SimulatedProcess } from './process.ts'
import type { Scheduling } from './scheduling.ts'
import { NOTHING, type StepOwner } from './step.ts'
import type { SimulatedTimer } from './timers.ts'

/** Images of one run: here an image is its printed sheets, found by a digest over their words. */
export class ImageStore {
  private readonly sheets = new Map<string, readonly PrintedSheet[]>()

  make(sheets: readonly Sheet[]): Image {
    const printed = sheets.map(printedSheet)
    const digest = textHash(printed.map(({ text, provenance }) => `${text.join('\n')}\n${provenance ?? ''}`).join('\f'))
    this.sheets.set(digest, printed)
    return { digest, pages: sheets.length, body: digest }
  }

  /** The printed sheets of an image; an empty body is a print run without pages. */
  read(image: Image): readonly PrintedSheet[] {
    if (image.body === '') return []
    const printed = this.sheets.get(image.body)
    if (printed === undefined) throw new TorichigaeError('UNREADABLE_IMAGE', `no such image ${image.digest}`)
    return printed
  }
}

/** What the engine of a node is called among the resources that steps touch. */
const engineResource = (node: string): string => `engine:${node}`

interface Conversion {
  readonly process: SimulatedProcess
  readonly done: () => void
}

/** The conversions under way on one node: one timer, for the next to be done. */
export class SimulatedEngineRoom {
  private readonly sharing: ProcessorSharing
  private readonly running = new Map<string, Conversion>()
  private timer: SimulatedTimer | undefined
  private count = 0

  constructor(
    private readonly scheduler: Scheduling,
    readonly settings: EngineSettings,
    /** Conversions are done by the node's engine, a program of its own: its steps are not those of the job. */
    private readonly owner: StepOwner,
  ) {
    this.sharing = new ProcessorSharing(settings.capacity)
  }

  start(process: SimulatedProcess, workMs: number, done: () => void): string {
    const id = String(this.count++)
    this.running.set(id, { process, done })
    this.sharing.start(id, workMs, this.scheduler.nowMs)
    this.setTimer()
    return id
  }

  stop(id: string): void {
    if (!this.running.delete(id)) return
    this.sharing.stop(id, this.scheduler.nowMs)
    this.setTimer()
  }

  private setTimer(): void {
    this.scheduler.touched(engineResource(this.owner.node.name))
    if (this.timer !== undefined) this.timer.cancelled = true
    const next = this.sharing.next(this.scheduler.nowMs)
    this.timer =
      next === undefined
        ? undefined
        : this.scheduler.after(next.atMs - this.scheduler.nowMs, 'engine: a conversion is done', this.owner, () => {
            const conversion = this.running.get(next.id)
            this.stop(next.id)
            conversion?.done()
          })
  }
}

/** The engine port of one process. */
export class SimulatedEngine implements Engine {
  constructor(
    private readonly process: SimulatedProcess,
    private readonly room: SimulatedEngineRoom,
    private readonly images: ImageStore,
    private readonly onMade: (image: Image) => void,
  ) {}

  draw(sheets: readonly Sheet[]): Promise<Image> {
    return this.process.step(stepNames.draw(this.process.role), NOTHING, () => {
      const image = this.images.make(sheets)
      this.onMade(image)
      return image
    })
  }

  async convert(name: string, sheets: number, signal?: AbortSignal): Promise<void> {
    const { process, room } = this
    const begin = (): number => {
      signal?.throwIfAborted()
      return conversionMs(room.settings, sheets)
    }
    const workMs = await process.step(stepNames.convert(process.role, name), { writes: engineResource(process.node.name) }, begin, {
      kind: 'slow-engine',
      perform: () => begin() * SLOW_TIMES,
    })
    return new Promise((resolve, reject) => {
      const end = (stepName: string, settle: () => void): void => {
        signal?.removeEventListener('abort', kill)
        forget()
        process.submit(stepName, NOTHING, settle)
      }
      const id = room.start(process, workMs, () => {
        end(stepNames.converted(process.role, name), resolve)
      })
      const kill = (): void => {
        room.stop(id)
        end(stepNames.conversionKilled(process.role, name), () => {
          reject(signal?.reason instanceof Error ? signal.reason : new Error(String(signal?.reason)))
        })
      }
      signal?.addEventListener('abort', kill)
      const forget = process.onDeath(() => {
        room.stop(id)
      })
    })
  }

  read(image: Image): Promise<readonly PrintedSheet[]> {
    return this.process.step(stepNames.readImage(this.process.role), NOTHING, () => this.images.read(image))
  }
}
