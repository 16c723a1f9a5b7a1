import { KioskHall } from '../kiosk-sim/hall.ts'
import { virtualMs } from '../world/ports.ts'
import type { Stage } from '../world/stage.ts'

/** What is done to a system: whole sessions, begun when they are meant to be, on a given number of kiosks. */
export interface OpenLoop {
  /** Real milliseconds from the beginning at which each session is meant to begin, in order. */
  readonly starts: readonly number[]
  /** Scenario milliseconds to one real millisecond. */
  readonly clockFactor: number
  /** Kiosks named `shop-1` and so on; it never gets more. Whoever finds none free waits. */
  readonly kiosks: number
  /** Session number `index`, from stepping up to `kiosk` to going away. */
  readonly visit: (hall: KioskHall, kiosk: string, index: number) => Promise<unknown>
  /** Told of each session as it begins. */
  readonly onBegin?: (index: number) => void
}

/** One session as the driver saw it; all times in scenario milliseconds. */
export interface Begun {
  readonly index: number
  readonly kiosk: string
  /** When it was meant to begin. */
  readonly intendedMs: number
  /** When the driver got to it: what lies between the two is the driver's own fault, and what comes after is not. */
  readonly reachedMs: number
}

/**
 * Drives whole sessions on a stage in an open loop and waits until everybody has left and the system is idle.
 *
 * 1. Each session is begun at its intended start, whatever became of those before.
 * 2. It takes a free kiosk; if there is none it waits for one, and that wait is part of its latency.
 * 3. Time is never skipped: as long as the loop goes on, the stage is attended.
 *
 * @returns the sessions in the order in which they began at their kiosks
 */
export async function driveOpenLoop(stage: Stage, loop: OpenLoop): Promise<readonly Begun[]> {
  const begun: Begun[] = []
  const driven = drive(stage, loop, begun)
  // Whoever waits below hears of a failure; until then nobody listens.
  driven.catch(() => undefined)
  stage.attend(driven)
  await driven
  await stage.idle()
  return begun
}

async function drive(stage: Stage, { starts, clockFactor, kiosks, visit, onBegin }: OpenLoop, begun: Begun[]): Promise<void> {
  const hall = new KioskHall(stage)
  const pool = new KioskPool(kiosks)
  const startMs = stage.now()
  const going: Promise<unknown>[] = []
  const session = async (index: number, intendedMs: number, reachedMs: number): Promise<void> => {
    const kiosk = await pool.take()
    begun.push({ index, kiosk, intendedMs, reachedMs })
    onBegin?.(index)
    try {
      await visit(hall, kiosk, index)
    } finally {
      pool.giveBack(kiosk)
    }
  }
  for (const [index, start] of starts.entries()) {
    const intendedMs = startMs + start * clockFactor
    await stage.waitUntil(virtualMs(Math.ceil(intendedMs)))
    const performed = session(index, intendedMs, stage.now())
    performed.catch(() => undefined)
    going.push(performed)
  }
  await Promise.all(going)
}

/** Kiosks that are free, in the order in which they became so, and people who wait for one. */
class KioskPool {
  private readonly free: string[]
  private readonly waiting: ((kiosk: string) => void)[] = []

  constructor(kiosks: number) {
    this.free = Array.from({ length: kiosks }, (_, at) => `shop-${String(at + 1)}`)
  }

  take(): Promise<string> {
    const kiosk = this.free.shift()
    return kiosk === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(kiosk)
  }

  giveBack(kiosk: string): void {
    const next = this.waiting.shift()
    if (next === undefined) this.free.push(kiosk)
    else next(kiosk)
  }
}
