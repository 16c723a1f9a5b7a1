import { describe, expect, it } from 'vitest'
import type { Image, Sheet } from '../../../contract/index.ts'
import type { Application } from '../../../services/issuing/applications.ts'
import { compareImage } from '../../../services/issuing/final-match/compare-image.ts'
import { noFinalMatch } from '../../../services/issuing/final-match/none.ts'
import { HANAKO, ICHIRO, PEOPLE, resident, sealOf, sheetsOf, TARO } from '../../oracle/history-builder.ts'
import { cardOf, PRINT_NODE, runSmall, wishOf } from '../small-system.ts'

const application = (given: Partial<Application> = {}): Application => ({
  kiosk: 'shop-1',
  applicant: { resident: HANAKO.id, face: cardOf(HANAKO).face() },
  wish: wishOf({ scope: 'household' }),
  issueNumber: 'no-7',
  feeYen: 300,
  state: 'printing',
  attempt: 1,
  receivedMs: 0,
  ...given,
})
const sheets = (people = [HANAKO, TARO], issueNumber = 'no-7') => sheetsOf(people, wishOf({ scope: 'household' }), issueNumber)
/** Namesake of Hanako, born on the same day: her record shows the same name, birth date and sex. */
const NAMESAKE = resident('namesake', { name: HANAKO.name, birthDate: HANAKO.birthDate, sex: HANAKO.sex })

/** Whether the comparison lets an image of these sheets through. */
async function compared(printed: readonly Sheet[] | undefined, of: Application = application(), match = compareImage): Promise<string> {
  const { result } = await runSmall({ people: [...PEOPLE, NAMESAKE], seals: [sealOf(HANAKO)] }, async ({ stage }) => {
    const world = stage.world(PRINT_NODE)
    const image: Image | undefined = printed === undefined ? undefined : await world.engine.draw(printed)
    return match().check(world, of, image).then(() => 'through', (error: unknown) => (error as Error).message)
  })
  return result
}

/** What the history says of a comparison for one application. */
async function recorded(printed: readonly Sheet[]): Promise<unknown[]> {
  const { events } = await runSmall({ people: [...PEOPLE, NAMESAKE], seals: [sealOf(HANAKO)] }, async ({ stage }) => {
    const world = stage.world(PRINT_NODE, 'a-7')
    await compareImage().check(world, application(), await world.engine.draw(printed)).catch(() => undefined)
  })
  return events.filter(({ f }) => f === 'comparison').map((event) => 'agreed' in event && [event.application, event.agreed])
}

describe('the comparison of the image with the application (compare-image)', () => {
  it('is on record, with what it came to', async () => {
    expect(await recorded(sheets())).toEqual([['a-7', true]])
    expect(await recorded(sheets([ICHIRO]))).toEqual([['a-7', false]])
  })


  it('lets a document through that shows everyone chosen once a copy, and nobody else', async () => {
    expect(await compared(sheets())).toBe('through')
    expect(await compared([...sheets(), ...sheets()], application({ wish: wishOf({ scope: 'household', copies: 2 }) }))).toBe('through')
    expect(await compared(sheets([TARO]), application({ wish: wishOf({ scope: [TARO.id] }) }))).toBe('through')
  })

  it.each([
    ['another\'s', sheets([ICHIRO])],
    ['another\'s beside the right ones', sheets([HANAKO, TARO, ICHIRO])],
    ['one person short', sheets([HANAKO])],
    ['one person twice', sheets([HANAKO, TARO, TARO])],
    ['one copy too many', [...sheets(), ...sheets()]],
    ['of the right people under another issue number', sheets([HANAKO, TARO], 'no-8')],
    ['of an address that is not on the card', sheets().map((sheet) => ({ ...sheet, address: `${sheet.address}の1` }))],
    ['half under another issue number', [...sheets([HANAKO]), ...sheets([TARO], 'no-8')]],
    ['empty', []],
  ])('stops a document that is %s', async (_, printed) => {
    expect(await compared(printed)).toBe('PRINT_MISMATCH')
  })

  it('stops a residence record of the right person where a seal certificate was asked for', async () => {
    const seal = application({ wish: { ...wishOf(), type: 'seal-certificate' } })

    expect(await compared(sheets([HANAKO]), seal)).toBe('PRINT_MISMATCH')
  })

  it('counts twins whom a paper does not tell apart', async () => {
    const twin = resident('twin', { ...HANAKO, id: 'twin', relation: '子' })
    const printed = async (people: (typeof HANAKO)[]) => {
      const { result } = await runSmall({ people: [HANAKO, twin] }, async ({ stage }) => {
        const world = stage.world(PRINT_NODE)
        return compareImage().check(world, application(), await world.engine.draw(sheets(people))).then(() => 'through', (error: unknown) => (error as Error).message)
      })
      return result
    }

    expect([await printed([HANAKO, twin]), await printed([HANAKO]), await printed([HANAKO, twin, twin])]).toEqual(['through', 'PRINT_MISMATCH', 'PRINT_MISMATCH'])
  })

  it('stops a job that has no image at all', async () => {
    expect(await compared(undefined)).toBe('PRINT_MISMATCH')
  })

  it('stops a namesake born on the same day by the issue number', async () => {
    const alone = application({ wish: wishOf() })

    expect(await compared(sheets([HANAKO]), alone)).toBe('through')
    expect(await compared(sheets([NAMESAKE], 'no-8'), alone)).toBe('PRINT_MISMATCH')
  })

  it('stops an image on which a sheet cannot be read', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const world = stage.world(PRINT_NODE)
      const broken = { ...sheets()[0]!, certifiedOn: '2023-06-28', persons: [{ ...HANAKO, name: '山田 花子' }] }
      return compareImage().check(world, application(), await world.engine.draw([broken])).then(() => 'through', (error: unknown) => (error as Error).message)
    })

    expect(result).toBe('PRINT_MISMATCH')
  })
})

describe('no comparison (none)', () => {
  it.each([['another\'s', sheets([ICHIRO])], ['empty', []], ['missing', undefined]])('lets a document through that is %s', async (_, printed) => {
    expect(await compared(printed, application(), noFinalMatch)).toBe('through')
  })
})
