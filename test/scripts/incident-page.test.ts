import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { readCatalogue } from '../../scenario/catalogue.ts'
import type { Incident } from '../../scenario/incident.ts'
import { packageRoot } from '../../scenario/package-root.ts'
import { regressIncident } from '../../scenario/regress.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { incidentPage } from '../../scripts/incident-page.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'

const pages = new URL('docs/incidents/', packageRoot())
const seeds = mkdtempSync(join(tmpdir(), 'torichigae-seeds-'))
afterAll(() => { rmSync(seeds, { recursive: true }) })

describe('the pages of the incidents', () => {
  const catalogue = readCatalogue()

  it('are those that "npm run docs:incidents" writes, one for each file', () => {
    expect(readdirSync(pages).sort()).toEqual([...catalogue.incidents.keys()].map((id) => `${id}.md`).sort())
    for (const incident of catalogue.incidents.values()) expect(readFileSync(new URL(`${incident.id}.md`, pages), 'utf8')).toBe(incidentPage(incident, catalogue))
  })

  it.each([...catalogue.incidents.values()].map((incident) => [incident.row, incident] as const))('say of %s what is known and where it stands, the mechanism, why it was missed, and how to replay it', (row, incident) => {
    const page = incidentPage(incident, catalogue)

    for (const { says, publisher, where } of incident.facts) for (const words of [says, publisher, where]) expect(page).toContain(words)
    for (const words of [incident.mechanism, incident.whyMissed, `replay ${row}`, 'never published', ...incident.halfFixes.map(({ variant }) => variant)]) expect(page).toContain(words)
    expect(page.match(/^## .*/gm)).toEqual(['## What is known', '## Mechanism', '## Why it was missed', '## Half-fixes', '## What stops it', '## Replay it'])
  })
})

describe('an invented incident on parts that are there', () => {
  it('takes one file and no code: it runs, and has its page', async () => {
    cpSync(new URL('seeds/', packageRoot()), seeds, { recursive: true })
    const model = JSON.parse(readFileSync(join(seeds, 'incidents/munakata-2023-06-28.json'), 'utf8')) as Incident
    const invented = { ...model, id: 'mihon-2024-02-29', row: 'X1', title: 'An invented city: as at Munakata', municipality: 'mihon', build: 'as-2023+print/output=kept-buffer' }
    writeFileSync(join(seeds, 'incidents/mihon-2024-02-29.json'), JSON.stringify(invented))

    const catalogue = readCatalogue(pathToFileURL(`${seeds}/`))
    const incident = catalogue.incident('X1')
    const ground = layGround(incident, catalogue, simulatedPress)
    const outcome = await regressIncident(incident, catalogue, { world: 'simulated', ground: () => ground, perform: (plan) => performSimulated(plan) }, 1)

    expect(outcome).toMatchObject({ id: 'mihon-2024-02-29', expectation: 'met', unmet: [], wrongPapers: 1, repairedTwin: { found: [] }, withNet: { refused: 1 } })
    expect(incidentPage(incident, catalogue)).toContain('Parts as deployed: `print/output`: `kept-buffer`.')
  })
})
