/**
 * Who may know whom. Imports go one way: the contract knows nobody, the oracle only the contract, and what stands behind the
 * ports knows neither world's inside. `test/rules/imports.test.ts` holds the tree to it, and shows each rule catching a
 * violation. By hand: `npx depcruise contract world services kiosk-sim oracle seeds scenario explore load report cli scripts test`.
 */

/** Modules directly in world/: the ports and what both worlds share. What is in its folders is one world's own business. */
const PORTS = '^world/[^/]+\\.ts$'
const ALL_WORLD = '^world/'
const own = (...folders) => folders.map((folder) => `^${folder}/`)

const SYSTEM = ['services', 'kiosk-sim', 'oracle', 'seeds', 'scenario']

/** For each folder, the project's modules it may import. */
const MAY_IMPORT = {
  contract: own('contract'),
  world: [...own('contract'), ALL_WORLD],
  services: [...own('contract', 'services'), PORTS],
  'kiosk-sim': [...own('contract', 'kiosk-sim'), PORTS],
  oracle: own('contract', 'oracle'),
  seeds: [...own('contract', 'seeds'), '^world/keyed[^/]*\\.ts$'],
  // A scenario is a run set up from data. It names strategies, which themselves know nothing of scenarios; what searches and
  // minimises lies above it.
  scenario: [...own('contract', 'services', 'kiosk-sim', 'oracle', 'seeds', 'scenario', 'explore/strategies'), ALL_WORLD],
  explore: [...own('contract', ...SYSTEM, 'explore'), ALL_WORLD],
  load: [...own('contract', ...SYSTEM, 'explore', 'load', 'report'), ALL_WORLD],
  arbitraries: [...own('contract', ...SYSTEM, 'arbitraries'), ALL_WORLD],
  report: own('contract', 'oracle', 'report'),
  cli: [...own('contract', ...SYSTEM, 'explore', 'load', 'report', 'cli'), ALL_WORLD],
  bench: [...own('contract', ...SYSTEM, 'explore', 'load', 'report', 'bench'), ALL_WORLD],
  // What is run by hand and not shipped: it may judge all of the above.
  scripts: [...own('contract', ...SYSTEM, 'explore', 'scripts'), ALL_WORLD],
}
const PROJECT = `^(?:${Object.keys(MAY_IMPORT).join('|')}|test)/`
const SOURCE = `^(?:${Object.keys(MAY_IMPORT).join('|')})/`

const directions = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-knows-its-own`,
  comment: `${folder}/ may import only ${allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { path: PROJECT, pathNot: allowed },
}))

const PACKAGE = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown']

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'worlds-keep-apart',
      comment: 'Neither world knows the other; what both need lies directly in world/.',
      severity: 'error',
      from: { path: '^world/(live|simulated)/' },
      to: { path: '^world/(?:live|simulated)/', pathNot: '^world/$1/' },
    },
    {
      name: 'ports-know-no-world',
      comment: 'A port that knows one of its implementations is none.',
      severity: 'error',
      from: { path: PORTS },
      to: { path: '^world/.+/' },
    },
    {
      name: 'strategies-know-no-scenario',
      comment: 'A strategy chooses among the steps of any system, so that scenarios may name strategies.',
      severity: 'error',
      from: { path: '^explore/strategies/' },
      to: { path: ['^scenario/', '^explore/'], pathNot: '^explore/strategies/' },
    },
    {
      name: 'contract-needs-only-schemas',
      comment: 'Whoever judges or is judged loads the contract: typebox and a hash are all it may bring along.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { pathNot: ['^contract/', '^(?:node:)?crypto$', '(?:^|/)node_modules/typebox/'] },
    },
    {
      name: 'oracle-needs-nothing',
      comment: 'The judge reads a history and nothing else: no package, no part of Node.',
      severity: 'error',
      from: { path: '^oracle/' },
      to: { dependencyTypes: ['core', ...PACKAGE] },
    },
    {
      name: 'behind-ports-no-packages',
      comment: 'A package reaches clocks, sockets and random sources unseen; services and kiosk get them from ports.',
      severity: 'error',
      from: { path: '^(?:services|kiosk-sim)/' },
      to: { dependencyTypes: ['core', ...PACKAGE], pathNot: '(?:^|/)node_modules/typebox/' },
    },
    {
      name: 'no-development-packages',
      comment: 'Who installs the product gets no devDependencies; fast-check is for whoever imports the arbitraries to bring.',
      severity: 'error',
      from: { path: SOURCE, pathNot: '^(?:bench|arbitraries|scripts)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that came along with another one goes when that one goes.',
      severity: 'error',
      from: {},
      // Of a peer that is a development package as well the cruiser says both, and this besides.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module; put what they share into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports it and it imports nothing: nobody would miss it.',
      severity: 'error',
      from: { orphan: true, path: SOURCE, pathNot: ['^(?:cli|bench|scripts/mutants)/main\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
