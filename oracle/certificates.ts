import type { CertificateStatus } from '../contract/index.ts'
import { type CounterOperation, RecordStates, statesAt } from './states.ts'

/** What became of the certificates of people's cards. Of whose card nothing is said, it is in force. */
export class Certificates {
  private readonly states = new RecordStates<{ readonly status: CertificateStatus; readonly version: number }>()
  private readonly unended = new Map<string, number>()

  add(resident: string, status: CertificateStatus, operation?: CounterOperation): void {
    const known = this.states.of(resident)
    // Before the first operation that says something of a card, it was in force.
    if (known.length === 0 && operation !== undefined) this.states.add(resident, { status: 'good', version: 1 })
    this.states.add(resident, { status, version: this.states.of(resident).length + 1 }, operation)
  }

  /** Notes an operation that began and of which no end was recorded: what it did is not known. */
  addUnended(resident: string, invokedI: number): void {
    this.unended.set(resident, Math.min(invokedI, this.unended.get(resident) ?? invokedI))
  }

  /** What stopped the card when event `i` happened; `undefined` where it was, or may have been, in force. */
  stoppedAt(resident: string, i: number): CertificateStatus | undefined {
    if ((this.unended.get(resident) ?? Infinity) < i) return undefined
    const states = statesAt(this.states.of(resident), i)
    return states.some(({ record }) => record.status === 'good') ? undefined : states[0]?.record.status
  }
}
