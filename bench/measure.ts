/** Runs a part of a round: only its CPU time counts then. */
export type Measured = (part: () => Promise<void>) => Promise<void>

/** One contender of a comparison: runs once and says how much it did. */
export interface Contender {
  readonly name: string
  /** Does one round; gives the units done (steps, documents). What is put up and taken down around them can be left out. */
  round(measured: Measured): Promise<number>
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
      const { units, seconds } = await cpuOf(contender)
      if (round >= 0) rates[at]?.rates.push(units / seconds)
    }
  }
  return rates
}

/** One round, and the CPU seconds of what counts of it. */
async function cpuOf(contender: Contender): Promise<{ readonly units: number; readonly seconds: number }> {
  const since = (before: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }
  let seconds: number | undefined
  const begun = process.cpuUsage()
  const units = await contender.round(async (part) => {
    const before = process.cpuUsage()
    await part()
    seconds = (seconds ?? 0) + since(before)
  })
  return { units, seconds: seconds ?? since(begun) }
}

/** Lowest, median and highest. */
export function spread(values: readonly number[]): { readonly min: number; readonly median: number; readonly max: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN
  return { min: at(0), median: at(0.5), max: at(1) }
}

/** Ratios round by round of one contender to the baseline. */
export const ratios = (one: Rates, baseline: Rates): readonly number[] => one.rates.map((rate, round) => rate / (baseline.rates[round] ?? NaN))
