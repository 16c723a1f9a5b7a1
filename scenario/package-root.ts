import { existsSync } from 'node:fs'

/** The package's folder, found upwards from this file: the same from the sources and from `dist`. */
export function packageRoot(): URL {
  let folder = new URL('./', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('../', folder)
    if (parent.href === folder.href) throw new Error('torichigae is not installed as a package')
    folder = parent
  }
  return folder
}
