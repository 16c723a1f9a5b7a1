import { describe, expect, it } from 'vitest'
import type { FamilyMember, FamilyRegister, Image, Resident, Sheet, Wish } from '../../../contract/index.ts'
import type { Application } from '../../../services/issuing/applications.ts'
import { compareImage } from '../../../services/issuing/final-match/compare-image.ts'
import { noFinalMatch } from '../../../services/issuing/final-match/none.ts'
import { familyRegisterForm } from '../../../services/print/family-register.ts'
import type { Unstamped } from '../../../services/print/sheet-frame.ts'
import { taxForm } from '../../../services/print/taxes.ts'
import { HANAKO, ICHIRO, PEOPLE, resident, sealOf, sheetsOf, TARO } from '../../oracle/history-builder.ts'
import { FAMILIES, FAMILY_PEOPLE, JIRO, OF_HANAKO, taxesOf, WITH_FAMILIES } from '../families.ts'
import { cardOf, PRINT_NODE, runSmall, type SmallOptions, wishOf } from '../small-system.ts'

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
async function recorded(printed: readonly Sheet[], workingFor?: string): Promise<unknown[]> {
  const { events } = await runSmall({ people: [...PEOPLE, NAMESAKE], seals: [sealOf(HANAKO)] }, async ({ stage }) => {
    const world = stage.world(PRINT_NODE, workingFor)
    await compareImage().check(world, application(), await world.engine.draw(printed)).catch(() => undefined)
  })
  return events.filter(({ f }) => f === 'comparison').map((event) => 'agreed' in event && [event.application, event.agreed])
}

describe('the comparison of the image with the application (compare-image)', () => {
  it('is on record, with what it came to', async () => {
    expect(await recorded(sheets(), 'a-7')).toEqual([['a-7', true]])
    expect(await recorded(sheets([ICHIRO]), 'a-7')).toEqual([['a-7', false]])
    expect(await recorded(sheets())).toEqual([])
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
      const ends = [[broken], [...sheets(), broken]].map(async (printed) => compareImage().check(world, application(), await world.engine.draw(printed)).then(() => 'through', (error: unknown) => (error as Error).message))
      return Promise.all(ends)
    })

    expect(result).toEqual(['PRINT_MISMATCH', 'PRINT_MISMATCH'])
  })
})

describe('the comparison of other certificates than records', () => {
  const FRAME = { municipality: '宗像市', mayor: '見本市長' }
  const STAMP = { certifiedOn: '2023-06-28', issueNumber: 'no-7', provenance: 'application 1 job 1' }
  const [, family] = FAMILIES
  const TAXES = taxesOf(JIRO)
  const OPTIONS: SmallOptions = { people: FAMILY_PEOPLE, families: FAMILIES, municipality: WITH_FAMILIES, seals: [sealOf(JIRO)], taxes: [TAXES] }

  /** What becomes of an image of these sheets, for an application of Jiro's. */
  async function passes(printed: readonly Unstamped<Sheet>[], wish: Partial<Wish>): Promise<string> {
    const { result } = await runSmall(OPTIONS, async ({ stage }) => {
      const world = stage.world(PRINT_NODE)
      const image = await world.engine.draw(printed.map((sheet) => ({ ...sheet, ...STAMP })))
      const of = application({ applicant: { resident: JIRO.id, face: cardOf(JIRO).face() }, wish: wishOf(wish) })
      return compareImage().check(world, of, image).then(() => 'through', (error: unknown) => (error as Error).message)
    })
    return result
  }
  const familySheets = (given: Partial<FamilyRegister> = {}) => familyRegisterForm(FRAME, 'family-register', { ...family, ...given }, JIRO, 'household')
  const members = (change: (member: FamilyMember) => FamilyMember) => family.members.map((member) => (member.name === JIRO.name ? change(member) : member))

  it.each([
    ['the applicant\'s own', {}, 'through'],
    ['of another domicile under the same head', { domicile: FAMILIES[0].domicile }, 'PRINT_MISMATCH'],
    ['of the same domicile under another head', { head: FAMILIES[0].head }, 'PRINT_MISMATCH'],
    ['one in which somebody of the same name stands who was born on another day', { members: members((member) => ({ ...member, birthDate: '1901-01-01' })) }, 'PRINT_MISMATCH'],
    ['one in which somebody of the same birth date stands who has another name', { members: members((member) => ({ ...member, name: '見本　他人' })) }, 'PRINT_MISMATCH'],
  ])('takes a family register that is %s: %s', async (_, given, end) => {
    expect(await passes(familySheets(given), { type: 'family-register', scope: 'household' })).toBe(end)
  })

  it('takes a certificate of taxes with the address of 1 January, which is not the one on the card', async () => {
    const moved = { ...TAXES, address: '福岡県宗像市東郷9番9号' }

    expect(await passes(taxForm(FRAME, 'income-tax-certificate', moved), { type: 'income-tax-certificate' })).toBe('through')
    expect(await passes(taxForm(FRAME, 'income-tax-certificate', { ...moved, name: OF_HANAKO.name }), { type: 'income-tax-certificate' })).toBe('PRINT_MISMATCH')
  })

  it('looks at the sex where the certificate shows it', async () => {
    const record = (people: readonly Resident[]) => sheetsOf(people, wishOf()).map(({ certifiedOn: _on, issueNumber: _number, provenance: _by, ...sheet }) => sheet)

    expect(await passes(record([JIRO]), {})).toBe('through')
    expect(await passes(record([{ ...JIRO, sex: 'female' }]), {})).toBe('PRINT_MISMATCH')
  })
})

describe('no comparison (none)', () => {
  it.each([['another\'s', sheets([ICHIRO])], ['empty', []], ['missing', undefined]])('lets a document through that is %s', async (_, printed) => {
    expect(await compared(printed, application(), noFinalMatch)).toBe('through')
  })
})
