/** One character as a person counts it: a base character, with the variation selector that follows it if there is one. */
export type Cluster = string

const SELECTED = /^[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]$/u

/** True for a variation selector (VS1-VS16, VS17-VS256). */
export function isSelector(character: string): boolean {
  return SELECTED.test(character)
}

/**
 * Splits a text into its characters. A selector without a base before it stands by itself, and so no font has it. Not
 * `Intl.Segmenter`, whose rules change with the version of ICU.
 */
export function clustersOf(text: string): Cluster[] {
  const clusters: Cluster[] = []
  let mayTakeSelector = false
  for (const character of text) {
    const last = clusters.length - 1
    if (mayTakeSelector && isSelector(character)) {
      clusters[last] = `${clusters[last] ?? ''}${character}`
      mayTakeSelector = false
    } else {
      clusters.push(character)
      mayTakeSelector = !isSelector(character)
    }
  }
  return clusters
}
