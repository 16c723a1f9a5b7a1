import { afterAll, describe, expect, it } from 'vitest'
import { REFUSAL_CODES, REFUSALS, type Slip } from '../../../../contract/index.ts'
import { drawSlip } from '../../../../world/live/paper/draw.ts'
import { closeReaders, readPdf } from '../../../../world/live/paper/read.ts'

afterAll(closeReaders)

const slip = (given: Partial<Slip> = {}): Slip => ({ code: 'SEAL_REVOKED', kiosk: 'city-hall-1', at: '2023-06-28 14:50', application: 'application-city-hall-1-12', ...given })

/** What a reader reads off a slip, without the breaks that its width makes. */
const saidBy = async (of: Slip): Promise<string> => (await readPdf(await drawSlip(of))).flatMap(({ text }) => text).join('').replaceAll(' ', '')

describe('a slip', () => {
  it.each(REFUSAL_CODES)('says %s in both languages, with code, kiosk and time, and is a specimen', async (code) => {
    const said = await saidBy(slip({ code }))

    for (const words of ['見本', '発行できませんでした', REFUSALS[code].ja, REFUSALS[code].en, code, 'city-hall-1', '2023-06-2814:50', 'application-city-hall-1-12']) {
      expect(said).toContain(words.replaceAll(' ', ''))
    }
    expect(said).not.toContain('返金額')
  })

  it('over money is a refund ticket with the amount', async () => {
    const said = await saidBy(slip({ code: 'PAPER_JAM', refundYen: 3_000 }))

    expect(said).toContain('返金票')
    expect(said).toContain('返金額3000円')
    expect(said).not.toContain('発行できませんでした')
  })

  it('has room for the longest ids of the contract', async () => {
    const [kiosk, application] = [`k${'W'.repeat(63)}`, `a${'W'.repeat(63)}`]
    const said = await saidBy(slip({ kiosk, application, refundYen: 300 }))

    expect(said).toContain(`受付番号${application}`)
    expect(said).toContain(`端末${kiosk}`)
  })

  it('is the same bytes whenever it is drawn, and names no application where none was made', async () => {
    const { application: _none, ...rest } = slip()

    expect(Buffer.from(await drawSlip(slip())).equals(await drawSlip(slip()))).toBe(true)
    expect(await saidBy(rest)).not.toContain('受付番号')
  })
})
