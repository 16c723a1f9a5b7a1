import { inject } from 'vitest'

/** The URL of the PostgreSQL that this run of the tests shares; each file works in schemas of its own. */
export async function testDatabaseUrl(): Promise<string> {
  const answer = await fetch(inject('databaseDesk'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}
