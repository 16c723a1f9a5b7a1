import { describe, expect, it } from 'vitest'
import type { RefusalCode, Resident, Scope } from '../../../contract/index.ts'
import { applicantInReplica, entitledPersons } from '../../../services/issuing/entitlement.ts'
import { HANAKO, ICHIRO, resident, TARO } from '../../oracle/history-builder.ts'
import { ISSUING_NODE, runSmall } from '../small-system.ts'

const CHILD = resident('child', { household: 'yamada', relation: '子', name: '山田　一' })

/** Who may be on the certificate, by register key, or the code of the refusal. */
async function entitled(scope: Scope, people: readonly Resident[], applicant: Resident = HANAKO): Promise<readonly string[] | RefusalCode> {
  const { result } = await runSmall({ people }, async ({ stage }) => {
    const world = stage.world(ISSUING_NODE)
    try {
      const persons = await entitledPersons(world, await applicantInReplica(world, applicant.id), { type: 'residence-record', scope })
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
