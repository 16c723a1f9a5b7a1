import { describe, expect, it } from 'vitest'
import { readSheet } from '../../../contract/index.ts'
import { createSealDesk } from '../../../services/register/seal-desk.ts'
import { HANAKO, PEOPLE, sealOf, sealWish } from '../../oracle/history-builder.ts'
import { broken, buildOf, eventsOf, HOUR_MS, NET, REGISTER_NODE, runSmall } from '../small-system.ts'

const seals = [sealOf(HANAKO)]
const wish = sealWish()

describe('a seal certificate', () => {
  it('shows impression, name, birth date and address of the applicant', async () => {
    const { events, judgement } = await runSmall({ seals, build: buildOf(NET) }, ({ visit }) => visit(HANAKO, { wish }))

    const [reading] = eventsOf(events, 'ok', 'print').flatMap(({ sheets }) => sheets.map(readSheet))
    const { name, birthDate, address } = HANAKO
    expect(reading).toMatchObject({ sheet: { type: 'seal-certificate', k: 1, of: 1, impression: '山田', name, birthDate, address } })
    expect(judgement.verdict).toBe('pass')
  })

  it.each([
    ['who never registered a seal', [], 'SEAL_NOT_REGISTERED'],
    ['whose registration is revoked', [sealOf(HANAKO, { status: 'revoked' })], 'SEAL_REVOKED'],
  ])('is refused to somebody %s', async (_, registered, code) => {
    const { result, judgement } = await runSmall({ seals: registered }, ({ visit }) => visit(HANAKO, { wish }))

    expect(result).toEqual({ end: 'refused', code })
    expect(judgement.verdict).toBe('pass')
  })

  it('is of the applicant alone', async () => {
    const { result } = await runSmall({ seals }, ({ visit }) => visit(HANAKO, { wish: { ...wish, scope: 'household' } }))

    expect(result).toEqual({ end: 'refused', code: 'NOT_ENTITLED' })
  })

  it('says what no longer is so between the revocation and the next link run, unless the stop list is asked', async () => {
    const revokedBefore = (parts: Parameters<typeof buildOf>[0]) =>
      runSmall({ seals, people: PEOPLE, build: buildOf(parts), sealLink: { everyMs: HOUR_MS } }, async ({ stage, visit }) => {
        await createSealDesk({ notices: false }).revoke(stage.world(REGISTER_NODE), { resident: HANAKO.id })
        return visit(HANAKO, { wish })
      })

    const asIn2023 = await revokedBefore({})
    expect(broken(asIn2023.judgement)).toEqual(['FRESH'])
    expect(asIn2023.judgement.stalePapers).toBe(1)
    expect((await revokedBefore(NET)).result).toEqual({ end: 'refused', code: 'SEAL_REVOKED' })
  })
})
