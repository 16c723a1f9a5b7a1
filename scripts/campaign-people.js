/**
 * `npm run campaign:people`: makes 10,000, 100,000 and 1,000,000 people as a file, checks each, and prints time and peak
 * memory side by side, each command a process of its own. Ends with 1 where a million takes more memory than it may: then
 * somebody keeps people. Needs some 750 MB for the file.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SIZES = [10_000, 100_000, 1_000_000]
/** What a garbage collector may leave lying between the smallest size and the largest; a list of a million takes 900 MiB. */
const SLACK_MIB = 64
/** The two sets of numbers that a check keeps: 12 bytes a number. */
const KEPT_BYTES_A_PERSON = 24
const MIB = 1_048_576

const command = fileURLToPath(new URL('../bin/torichigae.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'torichigae-people-'))
const file = join(folder, 'people.jsonl')

/** Runs the command and gives the object that it sums up in. */
function people(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'people', ...args, '--json'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`"people ${args[0]}" ended with ${status}: ${stderr}${stdout}`)
  return JSON.parse(stdout)
}

try {
  console.log(['people'.padStart(10), 'file'.padStart(9), 'make'.padStart(8), 'peak'.padStart(9), 'check'.padStart(8), 'peak'.padStart(9)].join(' '))
  const rows = SIZES.map((size) => {
    const made = people('make', '--municipality', 'yokohama', '--size', String(size), '--seed', '1', '--out', file)
    const bytes = statSync(file).size
    const checked = people('check', file)
    const seconds = ({ ms }) => `${(ms / 1_000).toFixed(1)} s`.padStart(8)
    const mib = (amount) => `${Math.round(amount / MIB)} MiB`.padStart(9)
    console.log([size.toLocaleString('en').padStart(10), mib(bytes), seconds(made), mib(made.peakMemoryBytes), seconds(checked), mib(checked.peakMemoryBytes)].join(' '))
    return { size, made: made.peakMemoryBytes, checked: checked.peakMemoryBytes }
  })
  const [first, last] = [rows[0], rows[rows.length - 1]]
  const more = { make: last.made - first.made, check: last.checked - first.checked - KEPT_BYTES_A_PERSON * (last.size - first.size) }
  const flat = Object.values(more).every((bytes) => bytes <= SLACK_MIB * MIB)
  const said = Object.entries(more).map(([name, bytes]) => `${name} ${Math.round(bytes / MIB)} MiB`)
  console.log(`a million more than ten thousand, beside the numbers that a check keeps: ${said.join(', ')}; at most ${SLACK_MIB} MiB: ${flat ? 'flat' : 'NOT FLAT'}`)
  process.exitCode = flat ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}
