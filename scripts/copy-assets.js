/**
 * Second half of the build: puts what is neither TypeScript nor a seed (pages, styles, scripts of the touch panel) beside the
 * compiled modules, so that `new URL('./panel.css', import.meta.url)` means the same file from source and from `dist/`.
 * Seeds stay where they are: the package carries them, and they are found from its root.
 */
import { cp, readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['world', 'services', 'kiosk-sim', 'explore', 'load', 'report', 'cli']
const COMPILED = new Set(['.ts', '.tsx'])

for (const folder of FOLDERS) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile() || COMPILED.has(extname(entry.name))) continue
    const from = join(entry.parentPath, entry.name)
    await cp(from, join(root, 'dist', from.slice(root.length)))
  }
}
