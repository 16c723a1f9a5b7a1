import { TorichigaeError } from '../contract/index.ts'
import type { Invariant } from '../oracle/index.ts'
import type { Build } from '../services/build.ts'
import { changedBuild } from './build-changes.ts'
import type { Catalogue } from './catalogue.ts'
import type { Incident } from './incident.ts'
import { buildsOf, halfFixedBuild } from './regress.ts'

/** A build as somebody names it, and what a search of it looks for. */
export interface NamedBuild {
  readonly name: string
  readonly build: Build
  /** All of these broken in one run; of a build that no incident is known for, anything broken. */
  readonly goal: readonly Invariant[]
}

/**
 * A build by its name: that of a file in `seeds/builds`, or of an incident with what was changed in it behind a stroke: a
 * half-fix, `repaired-twin`, or `with-net`. `yokohama-2023-03-27`, `K1/owner-checked`, `K1/repaired-twin`. Behind a plus sign may
 * stand changes of it: `as-2023+print/output=kept-buffer+nodes=2`; of such a build anything broken is looked for.
 * @throws TorichigaeError UNKNOWN_BUILD, UNKNOWN_PART
 */
export function namedBuild(name: string, catalogue: Catalogue): NamedBuild {
  const [first = '', ...changes] = name.split('+')
  if (changes.length > 0 && incidentOf(name, catalogue) === undefined) return { name, build: changedBuild(namedBuild(first, catalogue).build, name, changes), goal: [] }
  // An incident's own build may have changes, in which strokes belong to parts.
  const [id = '', change, ...more] = changes.length > 0 ? [name] : name.split('/')
  if (more.length > 0) throw new TorichigaeError('UNKNOWN_BUILD', name)
  const incident = incidentOf(id, catalogue)
  if (incident === undefined) {
    if (change !== undefined) throw new TorichigaeError('UNKNOWN_BUILD', name)
    return { name, build: catalogue.build(id), goal: [] }
  }
  const { deployed, twin, withNet } = buildsOf(incident, catalogue)
  const goal = goalOf(incident)
  if (change === undefined) return { name, build: deployed, goal }
  if (change === 'repaired-twin') return { name, build: twin, goal }
  if (change === 'with-net') return { name, build: withNet, goal }
  const halfFix = incident.halfFixes.find(({ variant }) => variant === change)
  if (halfFix === undefined) throw new TorichigaeError('UNKNOWN_BUILD', name)
  return { name, build: halfFixedBuild(deployed, halfFix), goal: halfFix.search ?? goal }
}

/** The builds in which something is to be found: each incident's as deployed, and each half-fix. One that two incidents have is there once. */
export function defectiveBuilds(catalogue: Catalogue): NamedBuild[] {
  const names = [...catalogue.incidents.values()].flatMap(({ id, build, halfFixes }) => [build, ...halfFixes.map(({ variant }) => `${build.includes('+') ? id : build}/${variant}`)])
  return [...new Set(names)].map((name) => namedBuild(name, catalogue))
}

/** By its id, its row, or the build that was deployed there. */
const incidentOf = (id: string, { incidents }: Catalogue): Incident | undefined =>
  incidents.get(id) ?? [...incidents.values()].find(({ row, build }) => row === id || build === id)

const goalOf = ({ search, expect }: Incident): readonly Invariant[] => search ?? expect.slice(0, 1)
