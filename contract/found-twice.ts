import { NumberSet } from './number-set.ts'
import type { Household } from './population.ts'
import type { WrongField } from './schema-lines.ts'

/**
 * Finds who or what is in a population twice, household by household, in a memory that depends on the population's size only.
 * Ids and household keys have to ascend, so that only the last one is kept; numbers are kept as the numbers they are.
 */
export class FoundTwice {
  private readonly numbers: { readonly field: 'individualNumber' | 'recordCode'; readonly digits: RegExp; readonly set: NumberSet }[]
  private people = 0
  private lastKey = ''
  private lastId = ''

  /** @param size how many people there are to be; those beyond are not looked at */
  constructor(private readonly size: number) {
    this.numbers = [
      { field: 'individualNumber', digits: /^\d{12}$/, set: new NumberSet(size) },
      { field: 'recordCode', digits: /^\d{11}$/, set: new NumberSet(size) },
    ]
  }

  /** What is wrong with the next household. */
  in({ household, residents }: Household): WrongField[] {
    const wrong: WrongField[] = []
    const wrongKey = wrongAfter(household, this.lastKey)
    if (wrongKey === undefined) this.lastKey = household
    else wrong.push({ field: 'household', what: wrongKey })
    for (const [at, resident] of residents.entries()) {
      const place = `residents/${String(at)}`
      const wrongId = wrongAfter(resident.id, this.lastId)
      if (wrongId === undefined) this.lastId = resident.id
      else wrong.push({ field: `${place}/id`, what: wrongId })
      this.people += 1
      if (this.people > this.size) {
        wrong.push({ field: place, what: 'is one more than the size that the header says' })
        break
      }
      for (const { field, digits, set } of this.numbers) {
        if (!digits.test(resident[field])) wrong.push({ field: `${place}/${field}`, what: 'has not as many digits as it should, or something else' })
        else if (!set.add(Number(resident[field]))) wrong.push({ field: `${place}/${field}`, what: 'is somebody else\'s already' })
      }
    }
    return wrong
  }
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9:._#-]{0,63}$/

/** A key is said, unless it is none: then it may be anything. */
function wrongAfter(key: string, last: string): string | undefined {
  if (!KEY.test(key)) return 'has characters that no key has'
  if (key === last) return `is there twice: ${key}`
  return key < last ? `is there twice or out of order: ${key} after ${last}` : undefined
}
