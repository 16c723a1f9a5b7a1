/** The tables of a Markdown page, by the heading they stand under (`''` before the first); cells without backticks around them. */
export function tablesByHeading(markdown: string): Map<string, string[][]> {
  const tables = new Map<string, string[][]>()
  let heading = ''
  for (const line of markdown.split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '')
    if (!line.startsWith('|')) continue
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'))
    tables.set(heading, [...(tables.get(heading) ?? []), cells])
  }
  // The first two lines of a table are its head and the line beneath.
  return new Map([...tables].map(([name, rows]) => [name, rows.slice(2)]))
}
