import { drawSheets } from '../world/live/paper/draw.ts'
import { readPdf } from '../world/live/paper/read.ts'

/** Fonts are parsed and a reader is started at first use: before the clock of a run begins, not in somebody's turn. */
export async function warmUp(): Promise<void> {
  const person = {
    name: '見本　太郎',
    kana: 'ミホン　タロウ',
    birthDate: '1980-01-01',
    sex: 'male',
    becameResident: '2000-01-01',
    addressFixed: '2000-01-01',
    notified: '2000-01-01',
    previousAddress: '見本県見本市一丁目１番',
  } as const
  const words = { municipality: '見本市', mayor: '見本　花子', address: '見本県見本市二丁目２番', issueNumber: 'no-0' }
  const sheet = { type: 'residence-record', form: 'single', k: 1, of: 1, certifiedOn: '2023-01-01', provenance: 'warm-up' } as const
  await readPdf(await drawSheets([{ ...sheet, ...words, persons: [person] }]))
}
