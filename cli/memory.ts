/** The most memory that this process has had in RAM so far, in bytes (its peak resident set). */
export const peakMemoryBytes = (): number => process.resourceUsage().maxRSS * 1_024

/** `131 MiB`. */
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576).toLocaleString('en')} MiB`
