import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../scenario/package-root.ts'

const read = (name: string): string => readFileSync(new URL(name, packageRoot()), 'utf8')
const [english, japanese] = [read('README.md'), read('README.ja.md')]

/** Lines of code blocks that somebody would type. */
const typed = (text: string): string[] => [...text.matchAll(/^(?:npm ci && )?(?:npx torichigae|npm ci).*$/gm)].map(([line]) => line)
const headings = (text: string): string[] => [...text.matchAll(/^#+ .*/gm)].map(([line]) => line)
/** First cells of tables that are commands, builds or exit codes. */
const rows = (text: string): string[] => [...text.matchAll(/^\| (`torichigae [^`]*`|`[a-z ]+`|\d[\d, ]*) \|/gm)].map(([, cell]) => cell!)
const pages = (text: string): Set<string> => new Set([...text.matchAll(/docs\/[a-z-]+(?:\.md|\/)/g)].map(([page]) => page))

describe('the Japanese README', () => {
  it('has the headings of the English one, in its order and depth', () => {
    expect(headings(japanese).map((line) => line.split(' ')[0])).toEqual(headings(english).map((line) => line.split(' ')[0]))
    expect(headings(japanese).length).toBeGreaterThan(8)
  })

  it('has the same commands to type', () => {
    expect(typed(japanese)).toEqual(typed(english))
    expect(typed(japanese).length).toBeGreaterThan(4)
  })

  it('has a row for each command, build and exit code', () => {
    expect(rows(japanese)).toEqual(rows(english))
  })

  it('names the same pages', () => {
    expect([...pages(english)].filter((page) => !pages(japanese).has(page))).toEqual([])
  })

  it('is linked to and fro', () => {
    expect(english).toContain('(README.ja.md)')
    expect(japanese).toContain('(README.md)')
  })
})
