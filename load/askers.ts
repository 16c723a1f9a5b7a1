import type { Resident, Wish } from '../contract/index.ts'
import type { Asker } from './ownership.ts'
import type { Place } from './venue.ts'

/** Everybody who may ask for a document, with the household that may be on it. */
export class Askers {
  private readonly known = new Map<string, Omit<Asker, 'wish'>>()

  constructor(places: readonly Pick<Place, 'population' | 'seals'>[]) {
    for (const { population, seals } of places) {
      const households = new Map<string, Resident[]>()
      for (const resident of population) {
        const household = households.get(resident.household)
        if (household === undefined) households.set(resident.household, [resident])
        else household.push(resident)
      }
      for (const applicant of population) {
        const seal = seals.get(applicant.id)
        this.known.set(applicant.id, { applicant, household: households.get(applicant.household) ?? [], ...(seal === undefined ? {} : { impression: seal.impression }) })
      }
    }
  }

  /** Somebody with what he or she wants. @param resident key in the register @throws RangeError for somebody who lives elsewhere */
  asking(resident: string, wish: Wish): Asker {
    const asker = this.known.get(resident)
    if (asker === undefined) throw new RangeError(`nobody of the load is "${resident}"`)
    return { ...asker, wish }
  }
}
