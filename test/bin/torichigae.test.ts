import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const command = fileURLToPath(new URL('../../bin/torichigae.js', import.meta.url))

describe('the command', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'torichigae-bin-'))
    cpSync(command, join(folder, 'bin/torichigae.js'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const run = (...nodeOptions: string[]) =>
    spawnSync(process.execPath, [...nodeOptions, join(folder, 'bin/torichigae.js'), '--version'], { encoding: 'utf8' })

  const build = () => {
    mkdirSync(join(folder, 'dist/cli'), { recursive: true })
    writeFileSync(join(folder, 'dist/cli/main.js'), 'console.log("main ran", ...process.argv.slice(2))\n')
  }

  /** Makes the process look like one of another Node before the command runs. */
  const pretend = (version: string) => {
    const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
    return `--import=data:text/javascript,${encodeURIComponent(code)}`
  }

  it('runs what was built, with its arguments', () => {
    build()

    const { status, stdout } = run()

    expect({ status, stdout }).toEqual({ status: 0, stdout: 'main ran --version\n' })
  })

  it('says how to build where nothing was built', () => {
    const { status, stdout, stderr } = run()

    expect({ status, stdout }).toEqual({ status: 70, stdout: '' })
    expect(stderr).toBe('torichigae has not been built yet. Run "npm run build" in its folder, then run the command again.\n')
  })

  it.each(['18.20.8', '20.18.3'])('refuses Node %s in one sentence, and names what it needs', (version) => {
    build()

    const { status, stdout, stderr } = run(pretend(version))

    expect({ status, stdout }).toEqual({ status: 70, stdout: '' })
    expect(stderr).toBe(`torichigae needs Node 20.19 or later; this is Node ${version}. Install a newer Node and run the command again.\n`)
  })

  it.each(['20.19.0', '22.0.0', '26.1.0'])('takes Node %s', (version) => {
    build()

    expect(run(pretend(version)).status).toBe(0)
  })
})
