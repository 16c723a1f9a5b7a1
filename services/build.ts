import { type CertificateType, TorichigaeError } from '../contract/index.ts'
import { type PartName, type Parts, VARIANTS } from './parts.ts'

/** Choices of parts by name, as builds and incidents write them: `{ "print/turn": "release-on-timeout" }`. */
export type PartChoice = Readonly<Partial<Record<PartName, string>>>

/** Numbers of a build, and what its site has. All of them are ours: nothing was published (`docs/parameters.md`). */
export interface BuildSettings {
  /** How long a job may have the turn. */
  readonly turnLimitMs: number
  /** Jobs a worker takes at once; the turn is inside it. */
  readonly workerConcurrency: number
  /** Conversions that run at full speed at once. */
  readonly engineCapacity: number
  /** Full-speed time of a conversion: for the document, and for each sheet. */
  readonly engineBaseMs: number
  readonly enginePerSheetMs: number
  /** How long the exchange takes to open a session with the family-register system. */
  readonly exchangeSessionMs: number
  /** How long a sheet lies in the slot before the engine looks for it, where sheets pass through one. */
  readonly sheetSlotMs: number
  /** How long a form is kept, where forms are. */
  readonly formKeptMs: number
  /** Types of certificates that the site issues, of those that its municipality offers; all of them where absent. */
  readonly offers?: readonly CertificateType[]
  /** The seal desk tells the issuing system of each operation at once, beside the seal link's runs. */
  readonly sealNotices: boolean
}

export const DEFAULT_SETTINGS: BuildSettings = {
  turnLimitMs: 60_000,
  workerConcurrency: 8,
  engineCapacity: 1,
  engineBaseMs: 1_000,
  enginePerSheetMs: 1_000,
  exchangeSessionMs: 2_000,
  sheetSlotMs: 200,
  formKeptMs: 3_600_000,
  sealNotices: false,
}

/** A deployed build: which variant stands in each place, and its numbers. */
export interface Build {
  readonly id: string
  /** Print workers of a site, each a node of its own; they share the site's work folder. */
  readonly nodes: number
  readonly parts: Readonly<Record<PartName, string>>
  readonly settings: BuildSettings
}

/** The same build with other choices in some places. */
export function withParts(build: Build, id: string, parts: PartChoice, settings: Partial<BuildSettings> = {}): Build {
  return { ...build, id, parts: { ...build.parts, ...parts }, settings: { ...build.settings, ...settings } }
}

/** The variant that stands in one place of a build. @throws TorichigaeError UNKNOWN_PART */
export function partOf<P extends PartName>(build: Build, name: P): Parts[P] {
  const chosen = build.parts[name]
  const variant = Object.hasOwn(VARIANTS[name], chosen) ? VARIANTS[name][chosen] : undefined
  if (variant === undefined) throw new TorichigaeError('UNKNOWN_PART', `${name}: ${chosen}`)
  return variant
}
