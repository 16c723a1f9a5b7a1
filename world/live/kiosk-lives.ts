import type { EventDraft } from '../../contract/index.ts'
import { type DeviceCondition, interruptedPrint, KioskMachine } from '../kiosk-devices.ts'
import { NodeLife } from './task.ts'

/** A kiosk as the live stage runs it: its program has a life, its devices outlive that. */
export interface LiveKiosk {
  readonly life: NodeLife
  readonly machine: KioskMachine
}

/** The kiosks of a live stage, each made when somebody first stands before it. */
export class KioskLives {
  private readonly kiosks = new Map<string, LiveKiosk>()

  constructor(private readonly conditions: Readonly<Record<string, DeviceCondition>> = {}) {}

  named(name: string): LiveKiosk {
    const known = this.kiosks.get(name)
    if (known !== undefined) return known
    const kiosk = { life: new NodeLife(), machine: new KioskMachine(this.conditions[name]) }
    this.kiosks.set(name, kiosk)
    return kiosk
  }

  /** Ends the life of a kiosk's program and begins another. Gives what had come out of a print that was under way. */
  crash(name: string): EventDraft | undefined {
    const { life, machine } = this.named(name)
    life.crash()
    this.kiosks.set(name, { life: new NodeLife(), machine })
    return interruptedPrint(name, machine)
  }
}
