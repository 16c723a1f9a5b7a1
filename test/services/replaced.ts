/** A world, or a port of one, that does some things differently. */
export const replaced = <T extends object>(original: T, changes: Partial<T>): T =>
  Object.create(original, Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, { value }]))) as T
