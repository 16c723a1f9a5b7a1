import { describe, expect, it } from 'vitest'
import { FAMILIES, FAMILY_PEOPLE, JIRO, OF_HANAKO, WITH_FAMILIES } from '../families.ts'
import { CODE, ISSUING_NODE, runSmall } from '../small-system.ts'

const QUESTION = { domicile: JIRO.domicile ?? '', head: JIRO.domicileHead ?? '', name: JIRO.name, birthDate: JIRO.birthDate }

/** The family registers with which the family-register system answers these questions, or what it refuses with. */
async function answers(...questions: (typeof QUESTION)[]): Promise<string[]> {
  const { result } = await runSmall({ people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES }, async ({ stage }) => {
    const { network } = stage.world(ISSUING_NODE)
    const given: string[] = []
    for (const question of questions) {
      given.push(await network.call('familyRecords', CODE, question).then(({ register }) => register.id, (error: unknown) => (error as Error).message))
    }
    return given
  })
  return result
}

describe('the family-register system', () => {
  it('answers with the whole register in which somebody stands', async () => {
    const [, child] = FAMILIES[1].members

    expect(await answers(QUESTION, { ...QUESTION, name: child?.name ?? '', birthDate: child?.birthDate ?? '' })).toEqual(['family-2', 'family-2'])
  })

  it('knows nobody by the name or the birth date alone, and no register by its domicile or its head alone', async () => {
    const others = [{ name: OF_HANAKO.name }, { birthDate: '1901-01-01' }, { domicile: OF_HANAKO.domicile ?? '' }, { head: OF_HANAKO.name }]

    expect(await answers(...others.map((other) => ({ ...QUESTION, ...other })))).toEqual(others.map(() => 'NOT_IN_REGISTER'))
  })
})
