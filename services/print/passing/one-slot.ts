import { type CertificateType, Refusal, type Sheet } from '../../../contract/index.ts'
import type { TableDefinition, World } from '../../../world/ports.ts'
import { put } from '../../rows.ts'
import type { PassingFactory } from './passing.ts'

/** Where a sheet lies between layout and engine. */
const SLOT: TableDefinition<Sheet> = { name: 'sheet-slot' }
const KEY = 'slot'

/**
 * As deployed at Tokushima, K4 (a reconstruction; confidence low: the cause was not found).
 *
 * Who would have written it: whoever split layout and engine into two programs when there was one type of certificate, and passed
 * sheet after sheet through one place, one document at a time. It looked right for as long as it was so. When family registers came,
 * long ones, each type got a line of its own, so that a residence record need not wait for three sheets of something else; the place
 * between the programs stayed one. A sheet of one line then lies where the other line puts and takes its own.
 */
export const oneSlot: PassingFactory = ({ lookMs }) => {
  const lines = new Map<CertificateType, Line>()
  return {
    pass(world, type, sheets) {
      const line = lines.get(type) ?? new Line()
      lines.set(type, line)
      return line.inLine(() => throughSlot(world, sheets, lookMs))
    },
  }
}

/** Each sheet in its turn: put by the layout, and taken by the engine when it looks there next. */
async function throughSlot(world: World, sheets: readonly Sheet[], lookMs: number): Promise<readonly Sheet[]> {
  const arrived: Sheet[] = []
  for (const sheet of sheets) {
    await put(world, SLOT, KEY, sheet)
    await world.clock.sleep(lookMs)
    const taken = await world.database.get(SLOT, KEY)
    if (taken === undefined) throw new Refusal('SERVER_ERROR')
    arrived.push(taken.data)
  }
  return arrived
}

/** One document after another. */
class Line {
  private last: Promise<unknown> = Promise.resolve()

  async inLine<T>(pass: () => Promise<T>): Promise<T> {
    const before = this.last
    const passed = before.then(pass)
    this.last = passed.catch(() => undefined)
    return passed
  }
}
