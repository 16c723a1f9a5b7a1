#!/usr/bin/env node
/**
 * The `torichigae` command. Plain JavaScript on purpose: it has to be understood by a Node too old for the rest, so that a
 * person with such a Node reads a sentence and not a stack trace.
 */
import { existsSync } from 'node:fs'

const OLDEST = [20, 19]
const EXIT_INTERNAL = 70
const main = new URL('../dist/cli/main.js', import.meta.url)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `torichigae needs Node ${OLDEST.join('.')} or later; this is Node ${process.versions.node}. Install a newer Node and run the command again.\n`,
  )
  process.exitCode = EXIT_INTERNAL
} else if (!existsSync(main)) {
  process.stderr.write('torichigae has not been built yet. Run "npm run build" in its folder, then run the command again.\n')
  process.exitCode = EXIT_INTERNAL
} else {
  await import(main.href)
}
