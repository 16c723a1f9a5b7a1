import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { ROOT } from './source-tree.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the built command is to be had: a GET answers once it is built. */
    readonly buildDesk: string
  }
}

/**
 * Builds the command once for a whole run of the tests, when the first test asks for it (`builtCommand`), so that runs which
 * need none do not pay for it, and files that run at the same time do not build over each other.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  let built: Promise<string> | undefined
  const desk = createServer((_request, response) => {
    built ??= build()
    built.then(
      () => response.end(),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  const address = desk.address()
  project.provide('buildDesk', `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}`)
  return () => {
    desk.close()
  }
}

/** What the build printed. @throws with that where it failed. */
function build(): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`npm run build ended with ${String(code)}:\n${output}`))
    })
  })
}
