import { TorichigaeError } from '../contract/index.ts'
import type { PartChoice } from '../services/build.ts'
import { type PartName, VARIANTS } from '../services/parts.ts'

const isPart = (name: string): name is PartName => Object.hasOwn(VARIANTS, name)

/** Part choices as a file writes them. @throws TorichigaeError UNKNOWN_PART */
export function choiceOf(parts: Readonly<Record<string, string>>): PartChoice {
  for (const [name, variant] of Object.entries(parts)) {
    if (!isPart(name)) throw new TorichigaeError('UNKNOWN_PART', name)
    if (!Object.hasOwn(VARIANTS[name], variant)) throw new TorichigaeError('UNKNOWN_PART', `${name}: ${variant}`)
  }
  return parts
}
