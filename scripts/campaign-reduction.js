/**
 * `npm run campaign:reduction [-- <build> ...]`: sections of small scenarios in every order, with the reduction and without it, for
 * every defect and for the repaired builds. Both have to come to their end, to the same ends, and to as many interleavings. About an
 * hour on two cores, nearly all of it for K1's builds without the reduction.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../bin/torichigae.js', import.meta.url))

/** A section in which each of these can go wrong, and how often time may pass in it. */
const SECTIONS = [
  { section: 'exchange', scenario: 'two-registers', timeJumps: 1, builds: ['kawasaki-2023-05-02', 'kawasaki-2023-05-02/milliseconds', 'K3/repaired-twin'] },
  { section: 'slot', scenario: 'register-and-record', timeJumps: 1, builds: ['tokushima-2023-03-27', 'tokushima-2023-03-27/counted', 'K4/repaired-twin'] },
  { section: 'links', scenario: 'again-after-move', timeJumps: 0, builds: ['own-old-data', 'own-old-data/shorter'] },
  { section: 'files', scenario: 'two-sessions', timeJumps: 1, builds: ['adachi-2023', 'adachi-2023/try-again', 'K2/repaired-twin'] },
  { section: 'links', scenario: 'one-revocation', timeJumps: 1, builds: ['seal-watermark', 'seal-watermark/watermark-at-start', 'seal-watermark/nightly-copy', 'seal-snapshot', 'repaired'] },
  { section: 'print', scenario: 'two-sessions', timeJumps: 0, builds: ['repaired'] },
  { section: 'print', scenario: 'move-and-print', timeJumps: 1, builds: ['munakata-2023-06-28', 'munakata-2023-06-28/cleared-after-success'] },
  { section: 'print', scenario: 'two-sessions', timeJumps: 1, builds: ['yokohama-2023-03-27', 'yokohama-2023-03-27/owner-checked', 'yokohama-2023-03-27/longer-limit', 'K1/repaired-twin'] },
]

const search = (build, { section, scenario, timeJumps }, ...more) => {
  const args = ['explore', '--build', build, '--scenario', scenario, '--exhaustive', section, '--time-jumps', String(timeJumps), '--runs', '10000000', '--json', ...more]
  const { stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const only = process.argv.slice(2)
let failed = 0
for (const section of SECTIONS) {
  for (const build of section.builds) {
    if (only.length > 0 && !only.includes(build)) continue
    const reduced = search(build, section)
    const whole = search(build, section, '--no-reduction')
    const ends = ({ ends }) => JSON.stringify(Object.keys(ends).sort())
    const good = reduced.complete && whole.complete && ends(reduced) === ends(whole) && reduced.interleavings === String(whole.schedules)
    if (!good) failed += 1
    const broken = Object.keys(whole.ends).filter((end) => end !== 'nothing').length
    console.log(`${good ? 'good' : 'BAD '}  ${build}, ${section.section} of ${section.scenario}: ${whole.schedules} schedules without, ${reduced.schedules} with (${reduced.redundant} broken off), for ${reduced.interleavings}; ${broken} ways to break something`)
  }
}
console.log(failed === 0 ? 'all good' : `${failed} were not`)
process.exitCode = failed > 0 ? 1 : 0
