/**
 * Bans the globals through which time, chance and the machine leak in.
 *
 * Options: `only` names the globals to look at (default: all below), `allow` those to let through.
 */
import { globalUses, memberUsed } from './globals.js'

const CLOCK = 'Read scenario time from the world\'s clock port.'
const TIMER = 'Wait through the world\'s clock port (sleep, after).'
const CHANCE = 'Draw from the world\'s random or ids port, with a key that says what for.'
const CRYPTO = 'Sign, verify and make nonces through the world\'s crypto port.'
const SOCKET = 'Call other systems through the world\'s network port.'
const SCOPE = 'The global object hides what is reached; name what you need, or take it from a port.'
const ORDER = 'Its effect depends on garbage collection or threads, which no seed decides.'
const MACHINE = 'Services know nothing of the process they run in; take it from settings or a port.'
const LOG = 'Write through the world\'s log port.'
const CODE = 'Code made at run time is code nobody reads.'
const ICU = 'Its data differ between Node versions; write the rule out (contract/era.ts does so for eras).'

/** Globals no use of which is fine. */
const BANNED = {
  performance: CLOCK,
  Temporal: CLOCK,
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: TIMER,
  clearTimeout: TIMER,
  clearInterval: TIMER,
  clearImmediate: TIMER,
  queueMicrotask: TIMER,
  crypto: CRYPTO,
  Crypto: CRYPTO,
  SubtleCrypto: CRYPTO,
  fetch: SOCKET,
  WebSocket: SOCKET,
  EventSource: SOCKET,
  XMLHttpRequest: SOCKET,
  BroadcastChannel: SOCKET,
  MessageChannel: SOCKET,
  globalThis: SCOPE,
  global: SCOPE,
  WeakRef: ORDER,
  FinalizationRegistry: ORDER,
  Atomics: ORDER,
  SharedArrayBuffer: ORDER,
  process: MACHINE,
  console: LOG,
  require: CODE,
  eval: CODE,
  Function: CODE,
  Intl: ICU,
}

/** Globals some uses of which are fine: what is wrong with this use, or `undefined`. */
const PARTLY_BANNED = {
  Date: dateFault,
  Math: (identifier) => (isKnownMemberOtherThan(identifier, 'random') ? undefined : CHANCE),
  AbortSignal: (identifier) =>
    isKnownMemberOtherThan(identifier, 'timeout') || isTypeTest(identifier) ? undefined : TIMER,
}

/** The names this rule knows, for its options and its test. */
export const AMBIENT = [...Object.keys(BANNED), ...Object.keys(PARTLY_BANNED)]

/** @type {import('eslint').Rule.RuleModule} */
export const noAmbient = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: { only: { type: 'array', items: { enum: AMBIENT } }, allow: { type: 'array', items: { enum: AMBIENT } } },
        additionalProperties: false,
      },
    ],
    messages: { ambient: '{{name}} is not for here. {{remedy}}' },
  },
  create(context) {
    const { only = AMBIENT, allow = [] } = context.options[0] ?? {}
    const watched = new Set(only.filter((name) => !allow.includes(name)))
    return {
      'Program:exit'() {
        for (const { name, identifier } of globalUses(context.sourceCode)) {
          if (!watched.has(name)) continue
          const remedy = BANNED[name] ?? PARTLY_BANNED[name](identifier)
          if (remedy) context.report({ node: identifier, messageId: 'ambient', data: { name, remedy } })
        }
      },
    }
  },
}

function dateFault(identifier) {
  const { parent } = identifier
  if (['UTC', 'parse'].includes(memberUsed(identifier)) || isTypeTest(identifier)) return undefined
  if (parent.type !== 'NewExpression' || parent.callee !== identifier) return CLOCK
  const [first, second] = parent.arguments
  if (first === undefined || first.type === 'SpreadElement') return CLOCK
  return second ? 'Year, month and day are read in the machine\'s time zone; use Date.UTC.' : undefined
}

function isKnownMemberOtherThan(identifier, banned) {
  const member = memberUsed(identifier)
  return member !== undefined && member !== banned
}

function isTypeTest({ parent }) {
  return parent.type === 'BinaryExpression' && parent.operator === 'instanceof'
}
