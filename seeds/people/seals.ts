import { SEAL_AGE_MIN, type Resident, type SealRegistration } from '../../contract/index.ts'
import { civilDay, isoDay } from './civil-days.ts'
import { type Draw, keyedRandom } from './keyed-random.ts'

/** How many of an age have a registered seal: no figure was found, so these are ours (`docs/parameters.md`). */
const SHARES = [
  { below: 20, share: 0.05 },
  { below: 30, share: 0.3 },
  { below: 40, share: 0.55 },
  { below: 150, share: 0.75 },
] as const

/** How many of those who ever registered a seal have had it revoked: ours. */
const REVOKED_SHARE = 0.03

/** A seal shows 2 to 6 characters, a character with its variation selector counted once. */
const CHARACTERS_MIN = 2
const CHARACTERS_MAX = 6

/**
 * The seal register of a population, in its order: who has registered a seal, and what it shows.
 * @param population household by household, as populations are
 * @param today ISO day on which ages count; nobody registered later
 */
export function sealsOf(population: readonly Resident[], seed: number, today: string): SealRegistration[] {
  return householdsIn(population).flatMap((household) => sealsOfHousehold(household, seed, today))
}

/**
 * The seal registrations of one household, in its order. A person's seal depends on nobody but the people of the same
 * household, of whom no two have the same impression, as the ordinances ask; so a household is all that has to be at hand.
 */
export function sealsOfHousehold(household: readonly Resident[], seed: number, today: string): SealRegistration[] {
  const taken = new Set<string>()
  return household.flatMap((resident) => {
    const draw = keyedRandom(seed, `seal/${resident.id}`)
    if (!hasRegistered(resident, draw(), today)) return []
    const impression = freeImpression(resident, draw, taken)
    if (impression === undefined) return []
    taken.add(impression)
    const revoked = draw() < REVOKED_SHARE
    const { id, municipality } = resident
    return [{ resident: id, municipality, impression, registeredOn: registrationDay(resident, draw(), today), status: revoked ? 'revoked' : 'active', version: revoked ? 2 : 1 }]
  })
}

/** Runs of people of one household. */
function householdsIn(population: readonly Resident[]): Resident[][] {
  const households: Resident[][] = []
  for (const resident of population) {
    const last = households.at(-1)
    if (last?.[0]?.household === resident.household) last.push(resident)
    else households.push([resident])
  }
  return households
}

/** What another seal of the same person may show: an impression that is not `present`. */
export function otherImpression(resident: Resident, present: string): string {
  const [other] = impressionsOf(resident).filter((impression) => impression !== present)
  return other ?? `${present}印`
}

function hasRegistered({ status, birthDate }: Resident, drawn: number, today: string): boolean {
  if (status !== 'resident' || birthday(birthDate, SEAL_AGE_MIN) > today) return false
  return drawn < (SHARES.find(({ below }) => birthday(birthDate, below) > today)?.share ?? 0)
}

function freeImpression(resident: Resident, draw: Draw, taken: ReadonlySet<string>): string | undefined {
  const free = impressionsOf(resident).filter((impression) => !taken.has(impression))
  return free[Math.floor(draw() * free.length)]
}

/** Ordinances allow family name, given name, both, and these with 印 or 之印; never empty. */
function impressionsOf({ name, kana }: Resident): string[] {
  const written = formsOf(name)
  const forms = written.length > 0 ? written : formsOf(kana)
  return forms.length > 0 ? forms : [charactersOf(kana.replaceAll('　', '')).slice(0, CHARACTERS_MAX).join('')]
}

function formsOf(name: string): string[] {
  const [family = '', given = ''] = name.split('　')
  const forms = [family, given, `${family}${given}`, `${family}印`, `${family}之印`]
  return [...new Set(forms)].filter((form) => {
    const { length } = charactersOf(form)
    return length >= CHARACTERS_MIN && length <= CHARACTERS_MAX && !form.startsWith('印') && !form.startsWith('之')
  })
}

const charactersOf = (text: string): readonly string[] => text.match(/.[\u3099\u309A\uFE00-\uFE0F\u{E0100}-\u{E01EF}]*/gsu) ?? []

/** Between the later of becoming a resident and the fifteenth birthday, and today. */
function registrationDay({ becameResident, birthDate }: Resident, drawn: number, today: string): string {
  const fifteenth = birthday(birthDate, SEAL_AGE_MIN)
  const from = civilDay(becameResident > fifteenth ? becameResident : realDay(fifteenth))
  return isoDay(from + Math.floor(drawn * (civilDay(today) - from + 1)))
}

/** The day after, where a year has no 29 February. */
const realDay = (day: string): string => (day.endsWith('02-29') ? `${day.slice(0, 4)}-03-01` : day)

/** As text, which sorts; somebody born on 29 February has it in name only in most years. */
const birthday = (birthDate: string, age: number): string => `${String(Number(birthDate.slice(0, 4)) + age)}${birthDate.slice(4)}`
