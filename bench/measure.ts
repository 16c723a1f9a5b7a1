/** One contender of a comparison: runs once and says how much it did. */
export interface Contender {
  readonly name: string
  /** Does one round; gives the units done (steps, documents). */
  round(): Promise<number>
}

export interface Rates {
  readonly name: string
  /** Units a second of CPU time of this process, one a round. */
  readonly rates: readonly number[]
}

/**
 * Runs contenders in turn, A B A B, so that a machine whose speed drifts slows both; one round of each is not counted. CPU
 * time and not wall time: the machine is shared.
 */
export async function alternate(contenders: readonly Contender[], rounds: number): Promise<readonly Rates[]> {
  const rates = contenders.map(({ name }) => ({ name, rates: [] as number[] }))
  for (let round = -1; round < rounds; round += 1) {
    for (const [at, contender] of contenders.entries()) {
      const before = process.cpuUsage()
      const units = await contender.round()
      const { user, system } = process.cpuUsage(before)
      if (round >= 0) rates[at]?.rates.push(units / ((user + system) / 1e6))
    }
  }
  return rates
}

/** Lowest, median and highest. */
export function spread(values: readonly number[]): { readonly min: number; readonly median: number; readonly max: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN
  return { min: at(0), median: at(0.5), max: at(1) }
}

/** Ratios round by round of one contender to the baseline. */
export const ratios = (one: Rates, baseline: Rates): readonly number[] => one.rates.map((rate, round) => rate / (baseline.rates[round] ?? NaN))
