/** `npm run docs:incidents`: writes `docs/incidents/`, a page for each file of `seeds/incidents/`, and removes pages that have none. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readCatalogue } from '../scenario/catalogue.ts'
import { packageRoot } from '../scenario/package-root.ts'
import { incidentPage } from './incident-page.ts'

const folder = new URL('docs/incidents/', packageRoot())
const catalogue = readCatalogue()
for (const name of readdirSync(folder)) if (!catalogue.incidents.has(name.replace(/\.md$/, ''))) rmSync(new URL(name, folder))
for (const incident of catalogue.incidents.values()) writeFileSync(new URL(`${incident.id}.md`, folder), incidentPage(incident, catalogue))
process.stdout.write(`${String(catalogue.incidents.size)} pages\n`)
