import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, describe, expect, it } from 'vitest'
import type { Fleet } from '../../scenario/fleet.ts'
import { packageRoot } from '../../scenario/package-root.ts'
import { inProcess } from '../support/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'torichigae-inspect-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

/** A fleet of these sites alone, in a file of its own. */
function fleetOf(...names: string[]): string {
  const raw = JSON.parse(readFileSync(new URL('seeds/fleet-2023.json', packageRoot()), 'utf8')) as Fleet
  const path = join(folder, 'fleet.json')
  writeFileSync(path, JSON.stringify({ ...raw, sites: raw.sites.filter(({ name }) => names.includes(name)) }))
  return path
}

describe('inspect', () => {
  it('prints numbers, sites and evidence as one object, and ends with 1 where something was found', async () => {
    const { exit, stdout, stderr } = await inProcess('inspect', '--fleet', fleetOf('yokohama', 'munakata', 'site-023'), '--plan', 'known-defects', '--json')

    expect({ exit, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({ exit: 1, stderr: '', lines: 1 })
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ fleet: 'fleet-2023', plan: 'known-defects', on: '2023-07-14', seed: 1 },
      ...{ sites: 3, examined: 3, missedFixes: 2, wrongPerson: 1, clean: 1, unknown: 0, falseClaims: 2 },
      reports: [
        { site: 'yokohama', verdict: 'clean', failed: [] },
        { site: 'site-023', verdict: 'found', wrongPerson: false, failed: ['K5a'] },
        { site: 'munakata', verdict: 'found', wrongPerson: true, failed: ['K5a', 'K6', 'K9'], fork: true },
      ],
    })
  })

  it('prints a line a site as CSV', async () => {
    const { exit, stdout } = await inProcess('inspect', '--fleet', fleetOf('yokohama', 'munakata'), '--csv')
    const [head, yokohama, munakata, ...more] = stdout.split('\r\n')

    expect({ exit, more }).toEqual({ exit: 1, more: [''] })
    expect(head).toBe('site,product,version,fork,verdict,wrong_person,failed,false_claims,build,token')
    expect(yokohama).toMatch(/^yokohama,product-a,5\.0,,clean,no,,,"as-2023\+/)
    expect(munakata).toMatch(/^munakata,product-c,3\.4,fork,found,yes,K5a K6 K9,fail-closed seal-change-sequence form-by-version,as-2023\+.*,tg1\./)
  })

  it('tells a reader within 80 columns what was found and what was not looked at', async () => {
    const { stdout } = await inProcess('inspect', '--fleet', fleetOf('yokohama', 'munakata'))

    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([])
    expect(stdout).toMatch(/^fleet-2023: .*\n\nA reconstruction, fitted to published totals/)
    expect(stdout).toMatch(/ 1 {2}product-c 3\.4, fork {2}K5a K6 K9: wrong person/)
    expect(stdout).toMatch(/munakata, K6, the first: SUBJECT: At 14:50:/)
    expect(stdout.trimEnd().split('\n').slice(-2).join(' ')).toBe('2 sites, 2 examined: 1 with missed repairs, 1 able to hand out another person\'s paper, 1 clean')
  })

  it('ends with 0 where a plan finds nothing, and says of how many sites that says nothing', async () => {
    const { exit, stdout } = await inProcess('inspect', '--plan', 'after-yokohama', '--fleet', fleetOf('yokohama', 'kawasaki'))

    expect(exit).toBe(0)
    expect(stdout.replaceAll('\n', ' ')).toMatch(/ROLLED-OUT is unknown: .* Of 1 site this plan does not say whether a repair that is lacking there is needed\./)
    expect(stdout).toMatch(/2 sites, 1 examined: 0 with missed repairs/)
  })

  it('looks at one site, on another day', async () => {
    const { exit, stdout } = await inProcess('inspect', '--site', 'yokohama', '--on', '2023-03-26', '--json')

    expect(exit).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ on: '2023-03-26', sites: 1, wrongPerson: 1, reports: [{ site: 'yokohama', failed: ['K1'] }] })
  })

  it.each([
    [['--plan', 'magic'], /There is no inspection plan "magic, but only after-yokohama, full, known-defects, load-only"/],
    [['--site', 'edo'], /There is no site "edo" in the fleet/],
    [['--fleet', 'nowhere.json'], /cannot be read: .*nowhere\.json/],
    [['--on', '14 July'], /It has to be a day such as 2023-04-01/],
    [['--json', '--csv'], /cannot be used with/],
  ])('refuses %j in a sentence', async (args, words) => {
    const { exit, stdout, stderr } = await inProcess('inspect', ...args)

    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' })
    expect(stderr.replaceAll('\n', ' ')).toMatch(words)
  })
})
