import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KioskMachine } from '../../../world/kiosk-devices.ts'
import { createLiveClock, taskClock } from '../../../world/live/clock.ts'
import { createDevices, emptyJournals } from '../../../world/live/devices.ts'
import { drawSheets } from '../../../world/live/paper/draw.ts'
import { closeReaders, readPdf } from '../../../world/live/paper/read.ts'
import { LiveTask, NodeLife } from '../../../world/live/task.ts'
import type { JournalEntry } from '../../../world/ports.ts'
import { DATE, NOON, worldWith } from './live-subject.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'torichigae-devices-'))
})
afterEach(async () => {
  await closeReaders()
  rmSync(folder, { recursive: true })
})

const APPLICATION = 'application-shop-1-1'
const entry = (state: JournalEntry['state']): JournalEntry => ({ application: APPLICATION, municipality: 'munakata', session: 's-1', state, yen: 300 })

/** The devices as one life of the kiosk's program has them. */
function devicesIn(machine: KioskMachine, life = new NodeLife()) {
  const task = new LiveTask({ role: 'kiosk', process: 'kiosk:shop-1', life })
  const clock = taskClock(createLiveClock({ startMs: NOON, date: DATE, factor: 100 }), task)
  return createDevices({ task, world: worldWith(task, { clock }), person: { purseYen: 1_000 }, paper: { drawSheets, readPdf }, kiosk: 'shop-1', machine, folder })
}

describe('the journal on disk', () => {
  it('is written on behind a line that a power failure cut off', async () => {
    const { journal } = devicesIn(new KioskMachine())
    await journal.append(entry('applied'))
    appendFileSync(join(folder, 'shop-1.journal'), '{"application":"application-sh')

    expect(await journal.entries()).toEqual([entry('applied')])
    const after = devicesIn(new KioskMachine()).journal
    await after.append(entry('cancelled'))

    expect(await after.entries()).toEqual([entry('applied'), entry('cancelled')])
  })

  it('is empty at the beginning of a run, and papers of an earlier one stay', async () => {
    await devicesIn(new KioskMachine()).journal.append(entry('feeding'))
    mkdirSync(join(folder, 'papers'))

    emptyJournals(folder)

    expect(await devicesIn(new KioskMachine()).journal.entries()).toEqual([])
    expect(readdirSync(folder)).toEqual(['papers'])
  })
})

describe('a refund', () => {
  it('is owed still where the kiosk stops while the ticket is being printed, and is given once', async () => {
    const machine = new KioskMachine()
    const life = new NodeLife()
    const { cash } = devicesIn(machine, life)
    await cash.take(APPLICATION, 300)
    void cash.refund(APPLICATION, 'PAPER_JAM')
    life.crash()
    const again = devicesIn(machine).cash

    expect([await again.refund(APPLICATION, 'PAPER_JAM'), await again.refund(APPLICATION, 'PAPER_JAM')]).toEqual([300, 0])
    expect(readdirSync(join(folder, 'slips'))).toEqual(['shop-1.1.pdf'])
    const [ticket] = await readPdf(readFileSync(join(folder, 'slips', 'shop-1.1.pdf')))
    expect(ticket?.text).toContain('返金額 300円')
  })
})

describe('an image that is none', () => {
  it('is refused before anybody pays', async () => {
    const { printer } = devicesIn(new KioskMachine())

    await expect(printer.prepare({ digest: 'd', pages: 1, body: Buffer.from('no PDF').toString('base64') })).rejects.toMatchObject({ name: 'Refusal', code: 'SERVER_ERROR' })
    await expect(printer.prepare({ digest: '', pages: 0, body: '' })).resolves.toBeUndefined()
  })
})
