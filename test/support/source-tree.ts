import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git', '.torichigae'])
const TEXT = new Set(['.ts', '.js', '.cjs', '.mjs', '.json', '.md', '.yml', '.yaml', '.html', '.css', '.svg', '.sh', ''])

export interface TextFile {
  /** Path from the repository's folder. */
  readonly path: string
  readonly text: string
}

/** Every file of the repository a person would read; what is installed or built is left out. */
export async function textFiles(): Promise<TextFile[]> {
  const files: TextFile[] = []
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !NOT_OURS.has(entry.name)) await walk(path)
      else if (entry.isFile() && TEXT.has(extname(entry.name))) {
        files.push({ path: relative(ROOT, path), text: await readFile(path, 'utf8') })
      }
    }
  }
  await walk(ROOT)
  return files
}
