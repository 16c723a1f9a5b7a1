/**
 * `npm run campaign:mutants`: changes oracle, scheduler and repaired parts mechanically, one change at a time, and says which
 * changes no test and no search notices. See docs/mutants.md.
 *
 *   npm run campaign:mutants                        every target
 *   npm run campaign:mutants -- oracle              one target, by the beginning of its name
 *   npm run campaign:mutants -- oracle --file words only files whose path has "words" in it
 *   npm run campaign:mutants -- --json              the figures and all survivors as JSON
 *
 * Ends with 1 where a target has less than it must, or a list of accepted survivors names what is not there.
 */
import { parseArgs } from 'node:util'
import { acceptedReasons } from './accepted.ts'
import { runTarget } from './campaign.ts'
import { type Result, resultOf, tell } from './report.ts'
import { TARGETS } from './targets.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { file: { type: 'string' }, json: { type: 'boolean', default: false } } })
const results: Result[] = []
const reasons = acceptedReasons()
for (const target of TARGETS) {
  if (positionals.length > 0 && !positionals.some((name) => target.name.startsWith(name))) continue
  const files = target.files.filter((file) => file.includes(values.file ?? ''))
  const begunMs = Date.now()
  const fates = await runTarget(target, files, (line) => { process.stderr.write(`${line}\n`) })
  results.push(resultOf(target, fates, reasons, Math.round((Date.now() - begunMs) / 1000)))
}
process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : tell(results))
process.exit(results.every(({ passed }) => passed) ? 0 : 1)
