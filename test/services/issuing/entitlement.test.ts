import { describe, expect, it } from 'vitest'
import type { RefusalCode, Resident, Scope, Wish } from '../../../contract/index.ts'
import { applicantInReplica, entitledPersons, refuseUnderAge } from '../../../services/issuing/entitlement.ts'
import { HANAKO, ICHIRO, resident, sealOf, TARO } from '../../oracle/history-builder.ts'
import { taxesOf } from '../families.ts'
import { ISSUING_NODE, runSmall, type SmallOptions } from '../small-system.ts'

const CHILD = resident('child', { household: 'yamada', relation: '子', name: '山田　一' })

/** Who may be on the certificate, by register key, or the code of the refusal. */
async function entitled(scope: Scope, people: readonly Resident[], applicant: Resident = HANAKO, { type = 'residence-record', fiscalYear, ...options }: SmallOptions & Partial<Pick<Wish, 'type' | 'fiscalYear'>> = {}): Promise<readonly string[] | RefusalCode> {
  const { result } = await runSmall({ people, ...options }, async ({ stage }) => {
    const world = stage.world(ISSUING_NODE)
    try {
      const persons = await entitledPersons(world, await applicantInReplica(world, applicant.id), { type, scope, ...(fiscalYear === undefined ? {} : { fiscalYear }) })
      return persons.map(({ id }) => id)
    } catch (error) {
      return (error as Error).message as RefusalCode
    }
  })
  return result
}

const YAMADA = [CHILD, HANAKO, TARO, ICHIRO]

describe('who may be asked for', () => {
  it('is oneself', async () => {
    expect(await entitled('applicant', YAMADA)).toEqual([HANAKO.id])
  })

  it('is the whole household, the head first, and nobody of another', async () => {
    expect(await entitled('household', YAMADA)).toEqual([HANAKO.id, CHILD.id, TARO.id])
    expect(await entitled('household', YAMADA, CHILD)).toEqual([HANAKO.id, CHILD.id, TARO.id])
  })

  it('is any choice of the household, oneself left out or not', async () => {
    expect(await entitled([CHILD.id], YAMADA)).toEqual([CHILD.id])
    expect(await entitled([TARO.id, HANAKO.id], YAMADA)).toEqual([HANAKO.id, TARO.id])
  })

  it.each([
    ['somebody of another household', [ICHIRO.id]],
    ['somebody of the household beside another', [TARO.id, ICHIRO.id]],
    ['somebody nobody knows', ['nobody']],
  ])('is not %s', async (_, scope) => {
    expect(await entitled(scope, YAMADA)).toBe('NOT_ENTITLED')
  })

  it('is nobody who is in no register', async () => {
    expect(await entitled('applicant', [ICHIRO])).toBe('NOT_IN_REGISTER')
  })

  it.each([
    ['has moved out', { status: 'moved-out' as const }, 'MOVED_OUT'],
    ['has died', { status: 'deceased' as const }, 'DECEASED'],
    ['is under a protective measure', { restricted: true }, 'SUPPORT_MEASURE'],
  ])('is nobody at all where the applicant %s', async (_, change, code) => {
    const people = [{ ...HANAKO, ...change }, TARO, CHILD]

    expect(await entitled('applicant', people)).toBe(code)
    expect(await entitled([TARO.id], people)).toBe(code)
    expect(await entitled('household', people)).toBe(code)
  })

  it('is nobody of a household of which one who lives there is under a protective measure', async () => {
    const people = [HANAKO, { ...TARO, restricted: true }, CHILD]

    expect(await entitled('household', people)).toBe('SUPPORT_MEASURE')
    expect(await entitled([TARO.id], people)).toBe('SUPPORT_MEASURE')
    expect(await entitled([CHILD.id], people)).toEqual([CHILD.id])
  })

  it('is not a member who has moved out or died: the household is without, the member alone is refused', async () => {
    const people = [HANAKO, { ...TARO, status: 'moved-out' as const }, { ...CHILD, status: 'deceased' as const }]

    expect(await entitled('household', people)).toEqual([HANAKO.id])
    expect(await entitled([TARO.id], people)).toBe('NOT_ENTITLED')
    expect(await entitled([CHILD.id], people)).toBe('NOT_ENTITLED')
  })
})

describe('a notice of moving out', () => {
  const MOVING = { movingOutOn: '2023-07-01' }

  it('of anybody who lives there stops all of the household, and the applicant\'s own seal', async () => {
    for (const people of [[{ ...HANAKO, ...MOVING }, TARO], [HANAKO, { ...TARO, ...MOVING }]]) {
      expect(await entitled('applicant', people)).toBe('MOVE_OUT_NOTICE')
      expect(await entitled('household', people)).toBe('MOVE_OUT_NOTICE')
      expect(await entitled('applicant', people, HANAKO, { type: 'seal-certificate' })).toBe('MOVE_OUT_NOTICE')
    }
  })

  it('is over once the move is registered', async () => {
    expect(await entitled('household', [HANAKO, { ...TARO, ...MOVING, status: 'moved-out' }])).toEqual([HANAKO.id])
  })

  it('counts for less than what stands against the applicant', async () => {
    expect(await entitled('applicant', [{ ...HANAKO, status: 'deceased' }, { ...TARO, ...MOVING }])).toBe('DECEASED')
  })
})

describe('a seal certificate', () => {
  const forSeal = (scope: Scope, seals: SmallOptions['seals'] = []) => entitled(scope, YAMADA, HANAKO, { type: 'seal-certificate', seals })

  it('is given to whoever has a seal in force', async () => {
    expect(await forSeal('applicant', [sealOf(HANAKO)])).toEqual([HANAKO.id])
    expect(await forSeal('applicant', [sealOf(TARO)])).toBe('SEAL_NOT_REGISTERED')
    expect(await forSeal('applicant', [sealOf(HANAKO, { status: 'revoked' })])).toBe('SEAL_REVOKED')
  })

  it('is nobody\'s but one\'s own, with a seal or without', async () => {
    expect([await forSeal('household', [sealOf(HANAKO)]), await forSeal('household')]).toEqual(['NOT_ENTITLED', 'NOT_ENTITLED'])
  })
})

describe('a certificate of taxes', () => {
  const ofTaxes = (scope: Scope, given: Partial<SmallOptions & Pick<Wish, 'fiscalYear'>> = {}) => entitled(scope, YAMADA, HANAKO, { type: 'income-tax-certificate', ...given })

  it('is given of the newest year, and of no other that is asked for', async () => {
    expect(await ofTaxes('applicant', { taxes: [taxesOf(HANAKO)] })).toEqual([HANAKO.id])
    expect(await ofTaxes('applicant', { taxes: [taxesOf(HANAKO)], fiscalYear: 2023 })).toEqual([HANAKO.id])
    expect(await ofTaxes('applicant', { taxes: [taxesOf(HANAKO), { ...taxesOf(HANAKO), fiscalYear: 2022 }], fiscalYear: 2022 })).toBe('TAX_OLD_YEAR')
    expect(await ofTaxes('applicant')).toBe('TAX_NO_RECORD')
  })

  it('is nobody\'s but one\'s own, with a record or without', async () => {
    expect([await ofTaxes('household', { taxes: [taxesOf(HANAKO)] }), await ofTaxes('household')]).toEqual(['NOT_ENTITLED', 'NOT_ENTITLED'])
  })
})

describe('a family register', () => {
  it('is asked for by the applicant, of whom alone anything is known here', async () => {
    expect(await entitled('household', YAMADA, HANAKO, { type: 'family-register' })).toEqual([HANAKO.id])
    expect(await entitled(['somebody-of-it'], YAMADA, HANAKO, { type: 'family-register-extract' })).toEqual([HANAKO.id])
  })
})

describe('the minimum age', () => {
  it.each([
    ['2008-06-28', 'may'],
    ['2008-06-29', 'UNDER_AGE'],
  ])('of 15 on 28 June 2023, born on %s: %s', (birthDate, end) => {
    const asked = (): string => {
      try {
        refuseUnderAge({ birthDate }, 15, '2023-06-28')
        return 'may'
      } catch (error) {
        return (error as Error).message
      }
    }

    expect(asked()).toBe(end)
  })
})
