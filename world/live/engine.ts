import type { Image, PrintedSheet, Sheet } from '../../contract/index.ts'
import { ProcessorSharing } from '../engine-sharing.ts'
import { conversionMs, type EngineSettings } from '../node.ts'
import type { Clock, Engine, Timer } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { pdfDigest } from './files.ts'
import type { LiveTask } from './task.ts'

/** How paper is drawn and read: `world/live/paper/`. */
export interface Paper {
  /** @throws Refusal GLYPH_PENDING, TEXT_TOO_LONG */
  drawSheets(sheets: readonly Sheet[]): Promise<Uint8Array>
  /** @throws TorichigaeError UNREADABLE_IMAGE */
  readPdf(pdf: Uint8Array): Promise<readonly PrintedSheet[]>
}

/** The conversions under way on one node: one timer, for the next to be done. */
export class LiveEngineRoom {
  private readonly sharing: ProcessorSharing
  private readonly done = new Map<string, () => void>()
  private timer: Timer | undefined
  private count = 0

  /** @param clock of the run: the engine is a program of its own, and no gate holds it. */
  constructor(
    private readonly settings: EngineSettings,
    private readonly clock: Clock,
  ) {
    this.sharing = new ProcessorSharing(settings.capacity)
  }

  /** Starts a conversion of so many sheets; `done` is called unless the conversion is stopped before. */
  start(sheets: number, done: () => void): string {
    const id = String(this.count++)
    this.done.set(id, done)
    this.sharing.start(id, conversionMs(this.settings, sheets), this.clock.now())
    this.setTimer()
    return id
  }

  /** Kills a conversion and frees its share. */
  stop(id: string): void {
    if (!this.done.delete(id)) return
    this.sharing.stop(id, this.clock.now())
    this.setTimer()
  }

  private setTimer(): void {
    this.timer?.cancel()
    const nowMs = this.clock.now()
    const next = this.sharing.next(nowMs)
    if (next === undefined) return
    this.timer = this.clock.after(next.atMs - nowMs, 'engine: a conversion is done', () => {
      const done = this.done.get(next.id)
      this.stop(next.id)
      done?.()
    })
  }
}

/** What a task's engine is made of. */
export interface LiveEngineOptions {
  readonly task: LiveTask
  readonly room: LiveEngineRoom
  readonly paper: Paper
  /** Called with each image made, for the history. */
  readonly onMade?: (image: Image) => void
}

/** The engine port of one task: drawing and reading are real work, a conversion is time shared with the node's others. */
export function createLiveEngine(options: LiveEngineOptions): Engine {
  const { task, paper } = options
  return {
    draw: (sheets) =>
      task.step(stepNames.draw(task.role), async () => {
        const pdf = await paper.drawSheets(sheets)
        const image = { digest: pdfDigest(pdf), pages: sheets.length, body: Buffer.from(pdf).toString('base64') }
        options.onMade?.(image)
        return image
      }),
    convert: (name, sheets, signal) => convert(options, name, sheets, signal),
    read: (image) =>
      task.step(stepNames.readImage(task.role), async () =>
        // A print run without pages is no PDF at all; nothing lies in the tray.
        image.body === '' ? [] : paper.readPdf(Buffer.from(image.body, 'base64')),
      ),
  }
}

async function convert(options: LiveEngineOptions, name: string, sheets: number, signal?: AbortSignal): Promise<void> {
  const { task, room } = options
  await task.step(stepNames.convert(task.role, name), () => {
    signal?.throwIfAborted()
  })
  await new Promise<void>((resolve, reject) => {
    const end = (stepName: string, settle: () => void): void => {
      void task.step(stepName, () => {
        signal?.removeEventListener('abort', kill)
        forget()
        settle()
      })
    }
    const kill = (): void => {
      const reason: unknown = signal?.reason
      room.stop(id)
      end(stepNames.conversionKilled(task.role, name), () => {
        reject(reason instanceof Error ? reason : new Error(String(reason)))
      })
    }
    const id = room.start(sheets, () => {
      end(stepNames.converted(task.role, name), resolve)
    })
    const forget = task.life.onDeath(() => {
      room.stop(id)
    })
    signal?.addEventListener('abort', kill, { once: true })
    if (signal?.aborted === true) kill()
  })
}
