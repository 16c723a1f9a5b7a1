import type { Catalogue } from '../scenario/catalogue.ts'
import type { Fact, HalfFix, Incident } from '../scenario/incident.ts'

/** The page of an incident, made of its file and of nothing else: `npm run docs:incidents` writes them, and a test compares. */
export function incidentPage(incident: Incident, catalogue: Catalogue): string {
  const { row, id, title, date, municipality, mechanism, whyMissed, confidence, facts, repairs, halfFixes, expect, build } = incident
  const place = catalogue.municipalities.get(municipality)
  return [
    `# ${row}: ${title}`,
    `Made from \`seeds/incidents/${id}.json\` by \`npm run docs:incidents\`. **The vendor's code was never published**: the mechanism below is a reconstruction. Everybody in a replay is invented.`,
    `Day of the scenario: ${date}, ${place?.prefecture ?? ''}${place?.name ?? municipality}. Build as deployed: \`${build}\`.`,
    '## What is known',
    factTable(facts),
    '## Mechanism',
    mechanism,
    `How well its pieces fit what was published: ${Object.entries(confidence).map(([piece, fit]) => `${piece} ${fit}`).join(', ')}.`,
    `Parts as deployed: ${choiceWords(catalogue.ownParts(build))}. What has to be found on that build: ${expect.join(', ')}.`,
    '## Why it was missed',
    whyMissed,
    '## Half-fixes',
    halfFixes.length === 0 ? 'None is known, and none was made up.' : halfFixTable(halfFixes),
    '## What stops it',
    `The repair: ${choiceWords(repairs)}. The repaired twin, this build with nothing else changed, has to be clean. With the defect still there, the comparison before release and the stop list of base \`repaired\` have to turn a wrong paper into a refusal.`,
    '## Replay it',
    ['```', `npx torichigae replay ${row}                       # step by step, in the simulated world`, `npx torichigae replay ${row} --world live`, `npx torichigae replay ${row} --build repaired-twin`, `npx torichigae regress ${row}                      # as deployed, half-fixed, repaired, in both worlds`, `npx torichigae explore --build ${id}`, '```'].join('\n'),
    '',
  ].join('\n\n').trimEnd() + '\n'
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')
}

const factTable = (facts: readonly Fact[]): string =>
  tableOf(['When', 'What', 'Kind', 'Source'], facts.map(({ at, says, kind, publisher, published, where }) => [at, says, kind, [publisher, published, where].filter((part) => part !== '').join(', ')]))

const choiceWords = (parts: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(parts).map(([part, variant]) => `\`${part}\`: \`${variant ?? ''}\``).join(', ')

function halfFixTable(halfFixes: readonly HalfFix[]): string {
  const changed = ({ parts = {}, settings = {} }: HalfFix): string =>
    [...(Object.keys(parts).length === 0 ? [] : [choiceWords(parts)]), ...Object.entries(settings).map(([name, value]) => `\`${name}\`: ${String(value)}`)].join(', ')
  return tableOf(
    ['Half-fix', 'Changes', 'Stands to what was deployed', 'Still breaks, on its script'],
    halfFixes.map((halfFix) => [halfFix.variant, changed(halfFix), `${halfFix.relation}, by ${halfFix.metric}`, halfFix.stillFails.expect.join(', ')]),
  )
}
