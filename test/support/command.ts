import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { inject, vi } from 'vitest'
import { main } from '../../cli/program.ts'
import { ROOT } from './source-tree.ts'

/** How a run of the command ended. */
export interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Builds the command if that is still to be done, and gives its path. To be called in `beforeAll`, with time to build. */
export async function builtCommand(): Promise<string> {
  const answer = await fetch(inject('buildDesk'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return join(ROOT, 'bin/torichigae.js')
}

/** Time that a build may take on a slow machine. */
export const BUILD_MS = 120_000

/**
 * Runs the command in this process, from the sources: for what does not depend on the process, at a fraction of the time.
 * One at a time.
 */
export async function inProcess(...args: string[]): Promise<Ended> {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += typeof text === 'string' ? text : Buffer.from(text).toString()
      return true
    }),
  )
  try {
    return { exit: await main([process.execPath, 'torichigae', ...args]), ...written }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

export interface Surroundings {
  readonly node?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** The built command while it runs. */
export interface Running {
  readonly child: ChildProcess
  /** What it has said on standard error. */
  stderr(): string
  readonly ended: Promise<Ended>
}

/** Starts the built command with arguments, its output no terminal. */
export function started(args: readonly string[], { node = process.execPath, environment = {} }: Surroundings = {}): Running {
  const child = spawn(node, [join(ROOT, 'bin/torichigae.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exit) => {
      resolve({ exit, stdout, stderr })
    })
  })
  return { child, stderr: () => stderr, ended }
}

/** Runs the built command with arguments, its output no terminal. */
export const torichigae = (args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> => started(args, surroundings).ended

/** A message in lines of the terminal's width as one line again; a path that was broken is whole again in `joined`. */
export const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ')
export const joined = (text: string): string => text.replace(/\n/g, '')
