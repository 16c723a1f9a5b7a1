import { execFileSync } from 'node:child_process'
import type { TestContext } from 'vitest'

/**
 * Tools that some tests need and a machine may lack. Without one a test is skipped and says so in the closing lines of
 * the run (`not run: …`); under CI=true a missing tool is a failure, for there everything has to run.
 */
export const TOOLS = {
  'redis-server': { arguments: ['--version'], what: 'the queue on Redis' },
  pdftotext: { arguments: ['-v'], what: 'PDFs read by another program' },
} as const
export type Tool = keyof typeof TOOLS

const found = new Map<Tool, boolean>()

/** Whether the tool is on the PATH and starts. */
export function hasTool(tool: Tool): boolean {
  let there = found.get(tool)
  if (there === undefined) {
    try {
      execFileSync(tool, TOOLS[tool].arguments, { stdio: 'ignore' })
      there = true
    } catch {
      there = false
    }
    found.set(tool, there)
  }
  return there
}

/** Why what needs `tool` cannot run; `undefined` if it can. */
export const missingTool = (tool: Tool): string | undefined =>
  hasTool(tool) ? undefined : `${tool} is not installed: ${TOOLS[tool].what}`

/** To be called first in a test that needs `tool`. @throws under CI if it is missing; elsewhere the test is skipped. */
export function requireTool(tool: Tool, context: TestContext): void {
  const reason = missingTool(tool)
  if (reason === undefined) return
  if (process.env['CI'] === 'true') throw new Error(`${reason}. Under CI every test has to run.`)
  context.skip(reason)
}
