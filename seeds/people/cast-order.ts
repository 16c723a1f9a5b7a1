import { badCast, rolesNamedBy, type Selector } from './selector.ts'

/**
 * The selectors so ordered that each comes after those it speaks of, otherwise as in the file.
 * @throws TorichigaeError BAD_FILE where a selector names a role that is not cast, itself, or roles name each other in a ring.
 */
export function inOrderOfNeed(selectors: readonly Selector[]): Selector[] {
  const byRole = new Map(selectors.map((selector) => [selector.role, selector]))
  const ordered = new Set<Selector>()
  const place = (selector: Selector, path: readonly string[]): void => {
    if (ordered.has(selector)) return
    if (path.includes(selector.role)) throw badCast(selector.role, selector.text, 'the roles name each other in a ring')
    for (const role of rolesNamedBy(selector)) {
      const named = byRole.get(role)
      if (named === undefined) throw badCast(selector.role, selector.text, `there is no role "${role}"`)
      place(named, [...path, selector.role])
    }
    ordered.add(selector)
  }
  for (const selector of selectors) place(selector, [])
  return [...ordered]
}

/** Selectors that speak of each other, directly or by way of others, each group in the given order. */
export function groupsOf(ordered: readonly Selector[]): Selector[][] {
  const rootOf = rootsBy(ordered, rolesNamedBy)
  const groups = new Map<string, Selector[]>()
  for (const selector of ordered) {
    const root = rootOf(selector.role)
    groups.set(root, [...(groups.get(root) ?? []), selector])
  }
  return [...groups.values()]
}

/** Says of two roles whether they have to live in one household; otherwise they have to live in two. */
export function liveTogether(ordered: readonly Selector[]): (one: string, other: string) => boolean {
  const rootOf = rootsBy(ordered, ({ sameHouseholdAs }) => sameHouseholdAs)
  return (one, other) => rootOf(one) === rootOf(other)
}

/** A representative for each set of connected roles. */
function rootsBy(ordered: readonly Selector[], linked: (selector: Selector) => readonly string[]): (role: string) => string {
  const parent = new Map<string, string>()
  const rootOf = (role: string): string => {
    const next = parent.get(role)
    return next === undefined ? role : rootOf(next)
  }
  for (const selector of ordered) {
    for (const role of linked(selector)) {
      if (rootOf(selector.role) !== rootOf(role)) parent.set(rootOf(selector.role), rootOf(role))
    }
  }
  return rootOf
}
