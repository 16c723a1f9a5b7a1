/**
 * Lint. Three circles, each with fewer liberties than the one around it: all TypeScript; what has to give the same bytes on
 * every machine; and what may reach the world only through its ports. The bans are explained where they are written, under
 * scripts/eslint, and tested in test/rules/lint-bans.test.ts.
 */
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import torichigae from './scripts/eslint/plugin.js'

/** Reaches nothing but ports. */
const BEHIND_PORTS = ['services/**/*.ts', 'kiosk-sim/**/*.ts']
/** Decides what a simulated run does or what a verdict says. */
const SAME_EVERYWHERE = [...BEHIND_PORTS, 'contract/**/*.ts', 'world/*.ts', 'world/simulated/**/*.ts', 'oracle/**/*.ts', 'seeds/**/*.ts', 'scenario/**/*.ts', 'explore/**/*.ts', 'report/**/*.ts']
const SOURCE = [...SAME_EVERYWHERE, 'world/**/*.ts', 'load/**/*.ts', 'cli/**/*.ts', 'bench/**/*.ts', 'arbitraries/**/*.ts']

/** Its signatures are random, so that no seed can repeat them: cards use Ed25519. */
const ECDSA = {
  selector: ':matches(CallExpression[callee.name=/^generateKeyPair(Sync)?$/], CallExpression[callee.property.name=/^generateKeyPair(Sync)?$/]) > Literal[value="ec"], Literal[value="ECDSA"]',
  message: 'ECDSA signatures are random. Use Ed25519.',
}
const DYNAMIC_IMPORT = {
  selector: 'ImportExpression',
  message: 'When a dynamic import() resolves is nobody\'s choice. Import at the top.',
}

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.torichigae/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { torichigae } },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'writable' } },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'no-unreachable': 'error', 'prefer-const': 'error', eqeqeq: 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A port may be asynchronous in one world and not in the other; `async` is then part of its type.
      '@typescript-eslint/require-await': 'off',
      // Sheets are read code point by code point on purpose; what the rule advises instead, Intl.Segmenter, is banned.
      '@typescript-eslint/no-misused-spread': 'off',
      // There is one certificate type so far, and what was read from a file may not be what its type says: comparisons that
      // look constant to the type checker are meant.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A type parameter used once still types what a row of a table, or an answer, holds for the caller.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A schema and the type of what it describes share one name.
      'no-redeclare': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: SOURCE,
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'no-restricted-syntax': ['error', ECDSA],
    },
  },
  {
    files: SAME_EVERYWHERE,
    rules: {
      'torichigae/no-locale': 'error',
      'torichigae/no-ambient': ['error', { only: ['Math', 'Intl'] }],
    },
  },
  {
    files: ['contract/**/*.ts', 'world/*.ts', 'world/simulated/**/*.ts', 'oracle/**/*.ts'],
    rules: { 'torichigae/no-module-state': ['error', { allowMemo: true }] },
  },
  {
    files: ['contract/**/*.ts', 'oracle/**/*.ts'],
    rules: {
      'torichigae/no-ambient': ['error', { only: ['Date', 'performance', 'Temporal', 'Math', 'Intl', 'process', 'crypto', 'fetch'] }],
      'torichigae/no-builtin': ['error', { allow: {} }],
      'no-restricted-syntax': ['error', ECDSA, DYNAMIC_IMPORT],
    },
  },
  {
    files: ['contract/**/*.ts'],
    rules: { 'torichigae/no-builtin': ['error', { allow: { 'node:crypto': ['createHash'] } }] },
  },
  {
    // The simulated world is the clock and the dice, so it may own a loop (`setImmediate`) and empty the microtask queue
    // (`process._tickCallback`); it may no more look at the machine than those it serves.
    files: ['world/simulated/**/*.ts'],
    rules: {
      'torichigae/no-ambient': ['error', { allow: ['setImmediate', 'clearImmediate', 'process'] }],
      'torichigae/no-builtin': ['error', { allow: { 'node:crypto': ['createHash', 'createHmac'] } }],
      'no-restricted-syntax': ['error', ECDSA, DYNAMIC_IMPORT],
    },
  },
  {
    // The guard watches over the globals it bans, so it has to name them; and globals are the process's, as its watch is.
    files: ['world/simulated/leak-guard.ts'],
    rules: { 'torichigae/no-ambient': 'off', 'torichigae/no-module-state': 'off' },
  },
  {
    files: BEHIND_PORTS,
    rules: {
      // The empty options matter: a severity alone would keep those of the wider circle.
      'torichigae/no-ambient': ['error', {}],
      'torichigae/no-builtin': ['error', {}],
      'torichigae/no-module-state': ['error', {}],
      'no-restricted-syntax': ['error', ECDSA, DYNAMIC_IMPORT],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tests say what is there; where it is not, the test fails at that line, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
)
