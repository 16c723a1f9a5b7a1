import Type, { type Static } from 'typebox'
import { CertificateType, IsoDate, TorichigaeError } from '../contract/index.ts'
import { type Build, withParts } from '../services/build.ts'
import { PART_NAMES } from '../services/parts.ts'
import type { Catalogue } from './catalogue.ts'
import { choiceOf } from './part-choice.ts'
import { Fact, Nodes, PartChoiceSchema, SettingsSchema } from './incident.ts'
import { strict } from './script.ts'
import { inFile, placePart, readSeed } from './seed-file.ts'

const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]*$' })

/** A repair: what it puts in the place of what. A part that has another variant it leaves as it is. */
export const Fix = Type.Object(
  {
    id: Name,
    /** The incident that it is about. */
    row: Type.String(),
    says: Type.String(),
    parts: PartChoiceSchema,
    /** By part, the variants in whose place it comes. */
    replaces: Type.Record(Type.String(), Type.Array(Type.String(), { minItems: 1 })),
  },
  strict,
)
export type Fix = Static<typeof Fix>

/** What a site has of its own beside parts: its numbers, workers, and the types it issues. */
const Topology = Type.Object(
  { nodes: Type.Optional(Nodes), settings: Type.Optional(SettingsSchema), offers: Type.Optional(Type.Array(CertificateType, { minItems: 1 })) },
  strict,
)

const Version = Type.Object({ id: Name, build: Type.String(), parts: Type.Optional(PartChoiceSchema), topology: Type.Optional(Topology) }, strict)
const Product = Type.Object({ id: Name, says: Type.String(), versions: Type.Array(Version, { minItems: 1 }) }, strict)

/**
 * A repair on its way to sites: those of some products. It is made against the product's own source, so that it does not apply
 * where a site has a fork of it, unless somebody carried it over (`forksToo`).
 */
const RollOut = Type.Object({ fix: Name, on: IsoDate, products: Type.Array(Name, { minItems: 1 }), forksToo: Type.Optional(Type.Boolean()) }, strict)

export const Site = Type.Object(
  {
    name: Name,
    product: Name,
    version: Name,
    /** The site's own changes of the product. */
    fork: Type.Optional(Type.Object({ says: Type.String(), parts: Type.Optional(PartChoiceSchema) }, strict)),
    topology: Type.Optional(Topology),
    /** Repairs put in at this site alone. */
    applied: Type.Optional(Type.Array(Type.Object({ fix: Name, on: IsoDate }, strict))),
    /** Repairs that the site says it has. Nothing is believed of it. */
    claims: Type.Optional(Type.Array(Name)),
  },
  strict,
)
export type Site = Static<typeof Site>

/** A vendor's sites: the shape of `seeds/fleet-2023.json`. `docs/inspecting.md` explains it. */
export const Fleet = Type.Object(
  {
    id: Name,
    title: Type.String(),
    /** What it is: that its history is a reconstruction, and what it was fitted to. */
    says: Type.String(),
    facts: Type.Array(Fact, { minItems: 1 }),
    fixes: Type.Array(Fix),
    products: Type.Array(Product, { minItems: 1 }),
    rollOuts: Type.Array(RollOut),
    sites: Type.Array(Site, { minItems: 1 }),
  },
  strict,
)
export type Fleet = Static<typeof Fleet>

/** Reads a fleet and checks all that it names. @throws TorichigaeError NO_FILE; BAD_FILE, UNKNOWN_BUILD, UNKNOWN_PART with file and place */
export function readFleet(file: URL, catalogue: Catalogue): Fleet {
  const { path, value: fleet } = readSeed(file, Fleet)
  const bad = (place: string, what: string): TorichigaeError => new TorichigaeError('BAD_FILE', `${path} at ${place}: ${what}`)
  const once = (names: readonly string[], place: string): ReadonlySet<string> => {
    names.forEach((name, at) => {
      if (names.indexOf(name) < at) throw bad(`${place}/${String(at)}`, `"${name}" is there twice`)
    })
    return new Set(names)
  }
  const fixes = once(fleet.fixes.map(({ id }) => id), '/fixes')
  const products = once(fleet.products.map(({ id }) => id), '/products')
  once(fleet.sites.map(({ name }) => name), '/sites')
  const known = (names: ReadonlySet<string>, name: string, place: string): void => {
    if (!names.has(name)) throw bad(place, `there is no "${name}" among ${[...names].join(', ')}`)
  }
  const parts = (choice: Readonly<Record<string, string>> | undefined, place: string): void => {
    for (const [name, variant] of Object.entries(choice ?? {})) inFile(path, `${place}/${placePart(name)}`, () => choiceOf({ [name]: variant }))
  }
  fleet.fixes.forEach((fix, at) => {
    parts(fix.parts, `/fixes/${String(at)}/parts`)
    for (const [name, variants] of Object.entries(fix.replaces)) {
      const place = `/fixes/${String(at)}/replaces/${placePart(name)}`
      variants.forEach((variant, each) => { inFile(path, `${place}/${String(each)}`, () => choiceOf({ [name]: variant })) })
      if (fix.parts[name] === undefined || variants.includes(fix.parts[name])) throw bad(place, 'the repair has nothing else to put there')
    }
    inFile(path, `/fixes/${String(at)}/row`, () => catalogue.incident(fix.row))
  })
  fleet.products.forEach(({ versions }, at) => {
    once(versions.map(({ id }) => id), `/products/${String(at)}/versions`)
    versions.forEach((version, each) => {
      const place = `/products/${String(at)}/versions/${String(each)}`
      inFile(path, `${place}/build`, () => catalogue.build(version.build))
      parts(version.parts, `${place}/parts`)
    })
  })
  fleet.rollOuts.forEach(({ fix, products: to }, at) => {
    known(fixes, fix, `/rollOuts/${String(at)}/fix`)
    to.forEach((product, each) => { known(products, product, `/rollOuts/${String(at)}/products/${String(each)}`) })
  })
  fleet.sites.forEach((site, at) => {
    const place = `/sites/${String(at)}`
    known(products, site.product, `${place}/product`)
    known(new Set(versionsOf(fleet, site).map(({ id }) => id)), site.version, `${place}/version`)
    parts(site.fork?.parts, `${place}/fork/parts`)
    site.applied?.forEach(({ fix }, each) => { known(fixes, fix, `${place}/applied/${String(each)}/fix`) })
    site.claims?.forEach((fix, each) => { known(fixes, fix, `${place}/claims/${String(each)}`) })
  })
  return fleet
}

const versionsOf = ({ products }: Fleet, { product }: Site): readonly Static<typeof Version>[] => products.find(({ id }) => id === product)?.versions ?? []

/** The repairs that had reached a site by a day. */
export function fixesAt({ fixes, rollOuts }: Fleet, site: Site, day: string): readonly Fix[] {
  const reaches = ({ on, products, forksToo = false }: Static<typeof RollOut>): boolean => on <= day && products.includes(site.product) && (site.fork === undefined || forksToo)
  const come = new Set([...rollOuts.filter(reaches), ...(site.applied ?? []).filter(({ on }) => on <= day)].map(({ fix }) => fix))
  return fixes.filter(({ id }) => come.has(id))
}

function versionOf(fleet: Fleet, site: Site): Static<typeof Version> {
  const version = versionsOf(fleet, site).find(({ id }) => id === site.version)
  if (version === undefined) throw new RangeError(`no version "${site.version}" of "${site.product}"`)
  return version
}

/** What a site's version of its product rests on. */
export const baseOf = (fleet: Fleet, site: Site, catalogue: Catalogue): Build => catalogue.build(versionOf(fleet, site).build)

/** What runs at a site on a day: its version of the product, the changes of its fork, and the repairs that had come. */
export function buildAt(fleet: Fleet, site: Site, day: string, catalogue: Catalogue): Build {
  const version = versionOf(fleet, site)
  const forked = withParts(baseOf(fleet, site, catalogue), site.name, choiceOf({ ...version.parts, ...site.fork?.parts }))
  const repaired = fixesAt(fleet, site, day).reduce(withFix, forked)
  return [version.topology, site.topology].reduce<Build>((build, { nodes, settings, offers } = {}) => {
    const given = { ...settings, ...(offers === undefined ? {} : { offers }) }
    return { ...withParts(build, site.name, {}, given), nodes: nodes ?? build.nodes }
  }, repaired)
}

/** The build with a repair put in, where it has what the repair replaces. */
export function withFix(build: Build, { parts, replaces }: Fix): Build {
  const replaced = PART_NAMES.filter((name) => replaces[name]?.includes(build.parts[name]) === true)
  return withParts(build, build.id, choiceOf(Object.fromEntries(replaced.map((name) => [name, parts[name] ?? '']))))
}

/** Whether nothing is left in a build that a repair replaces. */
export const hasFix = (build: Build, { replaces }: Fix): boolean => PART_NAMES.every((name) => replaces[name]?.includes(build.parts[name]) !== true)
