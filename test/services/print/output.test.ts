import { describe, expect, it } from 'vitest'
import { type Image, Refusal } from '../../../contract/index.ts'
import { bufferPerJob } from '../../../services/print/output/buffer-per-job.ts'
import { clearedAfterSuccess } from '../../../services/print/output/cleared-after-success.ts'
import { keptBuffer } from '../../../services/print/output/kept-buffer.ts'
import type { Output, PrintJob } from '../../../services/print/output/output.ts'
import type { World } from '../../../world/ports.ts'
import { HANAKO, ICHIRO, sheetsOf } from '../../oracle/history-builder.ts'
import { broken, buildOf, cardOf, eventsOf, namesOnPapers, NET, PRINT_NODE, runSmall } from '../small-system.ts'

const imageOf = (name: string): Image => ({ digest: name, pages: 1, body: name })

/** A job of `name`; what it hands over goes to `handed`. */
function jobOf(name: string, handed: (string | undefined)[], faults: { compose?: Error; handOver?: Error } = {}): PrintJob {
  return {
    compose: () => (faults.compose === undefined ? Promise.resolve({ sheets: sheetsOf([HANAKO]), persons: [name] }) : Promise.reject(faults.compose)),
    print: () => Promise.resolve(imageOf(name)),
    handOver: (image) => {
      if (faults.handOver !== undefined) return Promise.reject(faults.handOver)
      handed.push(image?.digest)
      return Promise.resolve()
    },
  }
}

/** Puts jobs through one output stage, one after another; gives what was handed over, how each ended, and what was logged. */
async function produced(output: Output, jobs: (handed: (string | undefined)[]) => readonly PrintJob[]) {
  const handed: (string | undefined)[] = []
  const { result, events } = await runSmall({}, async ({ stage }) => {
    const world: World = stage.world(PRINT_NODE)
    const ends: string[] = []
    for (const job of jobs(handed)) ends.push(await output.produce(world, job).then(() => 'done', (error: unknown) => (error as Error).message))
    return ends
  })
  return { handed, ends: result, logged: eventsOf(events, 'info', 'log').map(({ level, code }) => `${level} ${code}`) }
}

const MISMATCH = new Refusal('REGISTER_BEING_UPDATED')

describe.each(Object.entries({ 'kept-buffer': keptBuffer, 'cleared-after-success': clearedAfterSuccess, 'buffer-per-job': bufferPerJob }))('an output stage (%s)', (_, factory) => {
  it('hands each job its own image as long as all can be laid out', async () => {
    const { handed } = await produced(factory(), (to) => [jobOf('first', to), jobOf('second', to), jobOf('third', to)])

    expect(handed).toEqual(['first', 'second', 'third'])
  })

  it('keeps nothing in a module: a new one knows nothing of the one before', async () => {
    await produced(factory(), (to) => [jobOf('first', to)])
    const { handed } = await produced(factory(), (to) => [jobOf('second', to, { compose: MISMATCH })])

    expect(handed).not.toContain('first')
  })
})

describe('an output stage that keeps its buffer (kept-buffer)', () => {
  it('swallows a mismatch and hands over the image that was issued just before', async () => {
    const { handed, ends, logged } = await produced(keptBuffer(), (to) => [jobOf('first', to), jobOf('second', to, { compose: MISMATCH })])

    expect(handed).toEqual(['first', 'first'])
    expect(ends).toEqual(['done', 'done'])
    expect(logged).toEqual(['error REGISTER_BEING_UPDATED'])
  })
})

describe('an output stage that is cleared after success (cleared-after-success)', () => {
  it('hands over nothing where the job before had ended well', async () => {
    const { handed, ends } = await produced(clearedAfterSuccess(), (to) => [jobOf('first', to), jobOf('second', to, { compose: MISMATCH })])

    expect(handed).toEqual(['first', undefined])
    expect(ends).toEqual(['done', 'done'])
  })

  it('hands over another\'s image where the job before had failed half way', async () => {
    const gone = new Refusal('USER_CANCELLED')
    const { handed } = await produced(clearedAfterSuccess(), (to) => [jobOf('first', to, { handOver: gone }), jobOf('second', to, { compose: MISMATCH })])

    expect(handed).toEqual(['first'])
  })
})

describe('an output stage with a buffer for each job (buffer-per-job)', () => {
  it('fails closed: a mismatch ends the job and nothing is handed over', async () => {
    const { handed, ends } = await produced(bufferPerJob(), (to) => [jobOf('first', to), jobOf('second', to, { compose: MISMATCH })])

    expect(handed).toEqual(['first'])
    expect(ends).toEqual(['done', 'REGISTER_BEING_UPDATED'])
  })
})

describe('an address changed at the counter and not yet carried over', () => {
  /** Ichirō prints his own record; then Hanako, whose card has the new address, asks for hers. */
  const munakata = (output: string, net = {}) => {
    const moved = { ...HANAKO, address: '福岡県宗像市見本台一丁目2番3号' }
    return runSmall({ build: buildOf({ 'print/output': output, ...net }) }, async ({ visit }) => {
      await visit(ICHIRO)
      return visit(HANAKO, { kiosk: 'city-hall-1', card: cardOf(moved) })
    })
  }

  it('lets the previous image come out where the buffer is kept', async () => {
    const { events, result, judgement } = await munakata('kept-buffer')

    expect(result).toMatchObject({ end: 'paper', sheets: 1 })
    expect(namesOnPapers(events)).toEqual([[ICHIRO.name], [ICHIRO.name]])
    expect(broken(judgement)).toEqual(['SUBJECT', 'STOPPED', 'PROVENANCE'])
  })

  it('takes the fee for nothing where the buffer is cleared after success', async () => {
    const { events, result, judgement } = await munakata('cleared-after-success')

    expect(result).toMatchObject({ end: 'paper', sheets: 0 })
    expect(namesOnPapers(events)).toEqual([[ICHIRO.name], []])
    expect(broken(judgement)).toEqual(expect.arrayContaining(['STOPPED', 'PAID']))
  })

  it('is refused before paying where each job has its buffer', async () => {
    const { events, result, judgement } = await munakata('buffer-per-job')

    expect(result).toEqual({ end: 'refused', code: 'REGISTER_BEING_UPDATED' })
    expect(eventsOf(events, 'ok', 'pay')).toHaveLength(1)
    expect(judgement.verdict).toBe('pass')
  })

  it.each(['kept-buffer', 'cleared-after-success'])('is refused before paying by the net under the defect (%s)', async (output) => {
    const { events, result } = await munakata(output, NET)

    expect(result).toEqual({ end: 'refused', code: 'PRINT_MISMATCH' })
    expect(namesOnPapers(events)).toEqual([[ICHIRO.name]])
  })

  it('needs somebody before: the very first job finds the buffer empty', async () => {
    const moved = { ...HANAKO, address: '福岡県宗像市見本台一丁目2番3号' }
    const { events } = await runSmall({ build: buildOf({ 'print/output': 'kept-buffer' }) }, ({ visit }) => visit(HANAKO, { card: cardOf(moved) }))

    expect(namesOnPapers(events)).toEqual([[]])
  })
})
