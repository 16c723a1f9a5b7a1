import { DRIVER } from './process.ts'
import type { Touch } from './step.ts'

/** What decides whether two steps commute: the memory they share, and what they touch besides. */
export interface Footprint {
  readonly memory: string
  readonly touch: Touch
}

/**
 * Whether the order of two steps can matter: they share memory, one of them is the driver's, or one writes what the other
 * reads or writes. The driver's steps begin sessions and end them, and may share memory with any kiosk. Resources are named by
 * paths: one that ends in `/` is everything under it.
 */
export function conflict(one: Footprint, other: Footprint): boolean {
  if (one.memory === other.memory || one.memory === DRIVER || other.memory === DRIVER) return true
  const { touch: a } = one
  const { touch: b } = other
  return overlap(a.writes, b.writes) || overlap(a.writes, b.reads) || overlap(a.reads, b.writes)
}

function overlap(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  return one === other || (one.endsWith('/') && other.startsWith(one)) || (other.endsWith('/') && one.startsWith(other))
}
