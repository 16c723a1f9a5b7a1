import { TorichigaeError } from '../contract/index.ts'

/** Municipalities with their builds, as `--municipality` names them. */
export type ChosenMunicipalities = readonly { readonly code: string; readonly build: string }[]

/** Collects an option that may be given again. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]

/**
 * Reads `code` and `code=build`. @param build of those that have none of their own
 * @throws TorichigaeError USAGE where one is given twice
 */
export function municipalitiesOf(given: readonly string[], build: string): ChosenMunicipalities {
  const chosen = given.map((each) => {
    const [code = '', own = build] = each.split('=')
    return { code, build: own }
  })
  const codes = chosen.map(({ code }) => code)
  const twice = codes.find((code, at) => codes.indexOf(code) !== at)
  if (twice !== undefined) throw new TorichigaeError('USAGE', `the municipality ${twice} is given twice`)
  return chosen
}
