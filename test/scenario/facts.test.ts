import { describe, expect, it } from 'vitest'
import { readCatalogue } from '../../scenario/catalogue.ts'

const incidents = [...readCatalogue().incidents.values()]
const facts = incidents.flatMap(({ id, facts: own }) => own.map((fact, at) => ({ of: `${id}, fact ${String(at + 1)}`, ...fact })))

describe.each(facts)('$of', (fact) => {
  it('says something of a row, and where it was found', () => {
    expect(fact.row).toMatch(/^[KN]\d+[ab]?$/)
    expect(fact.says.length).toBeGreaterThan(10)
    expect(fact.where).not.toBe('')
  })

  it('names publisher and day where it was published, and nobody where it is ours', () => {
    if (fact.kind === 'published') {
      expect(fact.publisher).not.toMatch(/^(nobody|we|ours)$/)
      expect(fact.published).toMatch(/^\d{4}(-\d{2}){0,2}$/)
      expect(fact.where).not.toMatch(/^(not found|reconstruction)$/)
    } else if (fact.kind === 'ours') {
      expect(fact).toMatchObject({ publisher: 'nobody', published: '' })
    }
  })
})

describe.each(incidents)('$id', (incident) => {
  it('rests on something that was published of its own row', () => {
    expect(incident.facts.some(({ kind, row }) => kind === 'published' && incident.row.startsWith(row))).toBe(true)
  })

  it('says that its mechanism is a reconstruction, and how well each piece of it fits', () => {
    expect(incident.mechanism).toContain('reconstruction')
    expect(incident.mechanism).toContain('never published')
    expect(Object.keys(incident.confidence).length).toBeGreaterThan(0)
  })

  it('states of each half-fix a metric, a relation and one script on which it still fails', () => {
    for (const { stillFails } of incident.halfFixes) expect(['SUBJECT', 'FRESH']).toContain(stillFails.expect[0])
  })
})
