import { execFile } from 'node:child_process'
import type { TestContext } from 'vitest'

/** The current LTS, or from there the oldest that is supported. */
const OTHER = process.versions.node.startsWith('24.') ? '20' : '24'
const LIMIT_MS = 60_000

/**
 * The program of another version of Node, out of npm's cache; under CI=true it is fetched into it. Where it is not to be
 * had the test is skipped and says how to get it.
 * @throws under CI
 */
export async function otherNode(context: TestContext): Promise<string> {
  const ci = process.env['CI'] === 'true'
  const fetching = ci ? [] : ['--offline']
  const path = await printed('npx', [...fetching, '--yes', '--package', `node@${OTHER}`, '--', 'node', '-p', 'process.execPath'])
  if (path !== undefined) return path
  const reason = `Node ${OTHER} is not in npm's cache ("npx --yes --package node@${OTHER} -- node --version" puts it there): the same bytes under two versions`
  if (ci) throw new Error(`${reason}. Under CI every test has to run.`)
  return context.skip(reason)
}

/** The last line that a program prints; undefined where it fails. */
const printed = (program: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: LIMIT_MS, encoding: 'utf8' }, (error, stdout) => {
      resolve(error === null ? stdout.trim().split('\n').at(-1) : undefined)
    })
  })
