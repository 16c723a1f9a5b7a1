import { readFileSync } from 'node:fs'
import { packageRoot } from './package-root.ts'

/** The package's version, as histories and `--version` show it. */
export const VERSION: string = (JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8')) as { version: string }).version
