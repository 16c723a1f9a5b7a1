import type { Resident } from '../../contract/index.ts'

/** What may stand in no log: of each person the name as written and without its space, kana, addresses, numbers, birth date. */
export function personalDataOf(people: readonly Resident[]): ReadonlySet<string> {
  const data = people.flatMap(({ name, kana, address, individualNumber, recordCode, birthDate }) => [name, kana, address, individualNumber, recordCode, birthDate])
  return new Set([...data, ...data.map((text) => text.replaceAll('\u3000', ''))].filter((text) => text !== ''))
}

/** Those of the data that a text holds. */
export const foundIn = (text: string, data: ReadonlySet<string>): string[] => [...data].filter((each) => text.includes(each))
