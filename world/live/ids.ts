import { randomUUID } from 'node:crypto'
import type { Ids } from '../ports.ts'

/** The longest id the contract takes. */
const LENGTH_MAX = 64
/** Hexadecimal digits of chance at the end: 64 bits, so that no two nodes ever draw the same. */
const CHANCE_DIGITS = 16

const allowed = (text: string): string => text.replace(/[^A-Za-z0-9:._#-]/g, '-')

/**
 * Ids that nobody else can have: `application-shop-1-3f2a…`. What makes them unique is drawn from the machine's source of
 * chance, so neither a restart nor another node repeats one; kind and owner are for the reader, and the owner is cut where
 * the contract's 64 characters would not hold it.
 */
export const createLiveIds = (): Ids => ({
  next: (kind, owner) => {
    const chance = randomUUID().replaceAll('-', '').slice(0, CHANCE_DIGITS)
    const words = allowed(`${kind}-${owner}`).replace(/^[^A-Za-z0-9]+/, '')
    return `${words.slice(0, LENGTH_MAX - CHANCE_DIGITS - 1) || 'id'}-${chance}`
  },
})
