import { Value } from 'typebox/value'
import { TorichigaeError } from '../contract/index.ts'
import { type Build, type PartChoice, withParts } from '../services/build.ts'
import { choiceOf } from './part-choice.ts'
import { Nodes, SettingsSchema } from './incident.ts'

/**
 * What makes a build another, in one word that a command line and a token can hold: `print/output=kept-buffer`,
 * `turnLimitMs=8000`, `nodes=2`, `offers=residence-record,seal-certificate`.
 */
export type BuildChange = string

/** Writes the changes that lead from one build to another, in one order; none where they are the same. */
export function changesBetween(from: Build, to: Build): readonly BuildChange[] {
  const parts = Object.entries(to.parts).filter(([name, variant]) => Object.entries(from.parts).every(([known, present]) => known !== name || present !== variant))
  const before = new Map<string, unknown>(Object.entries(from.settings))
  const settings = Object.entries(to.settings).filter(([name, value]) => String(before.get(name)) !== String(value))
  return [...parts, ...settings, ...(from.nodes === to.nodes ? [] : [['nodes', to.nodes] as const])].map(([name, value]) => `${name}=${String(value)}`).sort()
}

/** The build with its changes made. @throws TorichigaeError UNKNOWN_PART, UNKNOWN_BUILD naming the change that cannot be made */
export function changedBuild(build: Build, id: string, changes: readonly BuildChange[]): Build {
  return changes.reduce((changing, change) => changedBy(changing, change), { ...build, id })
}

/** A build by the name of what makes it another than the one that it rests on: `as-2023+print/output=kept-buffer`. */
export function namedByChanges(base: Build, build: Build): Build {
  const changes = changesBetween(base, build)
  return changedBuild(base, [base.id, ...changes].join('+'), changes)
}

/** The parts that changes choose. @throws TorichigaeError UNKNOWN_PART */
export const partsIn = (changes: readonly BuildChange[]): PartChoice =>
  choiceOf(Object.fromEntries(changes.filter((change) => change.includes('/')).map((change) => change.split('=')).map(([name = '', variant = '']) => [name, variant])))

function changedBy(build: Build, change: BuildChange): Build {
  const [name = '', text, ...more] = change.split('=')
  const bad = (): TorichigaeError => new TorichigaeError('UNKNOWN_BUILD', `${build.id}, for "${change}" is no change of a build`)
  if (text === undefined || more.length > 0) throw bad()
  if (name.includes('/')) return withParts(build, build.id, choiceOf({ [name]: text }))
  const value = valueOf(name, text)
  if (name === 'nodes' && Value.Check(Nodes, value)) return { ...build, nodes: value }
  const settings: unknown = { [name]: value }
  if (!Value.Check(SettingsSchema, settings)) throw bad()
  return withParts(build, build.id, {}, settings)
}

function valueOf(name: string, text: string): unknown {
  if (name === 'offers') return text.split(',')
  if (text === 'true' || text === 'false') return text === 'true'
  return Number(text)
}
