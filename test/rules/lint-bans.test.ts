import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SLOW_MS = 60_000

/** Lints with the project's configuration, without the rules that need types: the bans go by syntax and scope alone. */
const untyped = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] })
/** With types; only for a path that exists, for the type checker knows no other. */
const typed = new ESLint({ cwd: root })

async function rulesBroken(eslint: ESLint, code: string, filePath: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return [...new Set((result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message))]
}

interface Ban {
  /** What the ban is about; the test's title. */
  readonly about: string
  readonly rule: string
  readonly caught: readonly string[]
  readonly letThrough: readonly string[]
}

/** Bans that hold for everything behind the ports. */
const BEHIND_PORTS: readonly Ban[] = [
  {
    about: 'the time of day',
    rule: 'torichigae/no-ambient',
    caught: [
      'export const f = () => new Date()',
      'export const f = () => Date.now()',
      'export const f = () => Date()',
      'export const f = () => { const { now } = Date; return now }',
      'export const f = () => { const D = Date; return new D() }',
      'export const f = (a: []) => new Date(...a)',
      'export const f = () => performance.now()',
      'export const f = () => Temporal.Now.instant()',
      'export const f = () => globalThis.Date.now()',
    ],
    letThrough: [
      'export const f = (ms: number) => new Date(ms)',
      'export const f = () => Date.UTC(2023, 2, 27)',
      'export const f = (d: Date) => d instanceof Date',
      'export const f = (Date: { now(): number }) => Date.now()',
      'export const f = (world: { clock: { now(): number } }) => world.clock.now()',
    ],
  },
  {
    about: 'dates in the machine\'s time zone',
    rule: 'torichigae/no-ambient',
    caught: ['export const f = () => new Date(2023, 2, 27)'],
    letThrough: ['export const f = () => new Date(Date.UTC(2023, 2, 27))'],
  },
  {
    about: 'timers',
    rule: 'torichigae/no-ambient',
    caught: [
      'export const f = () => setTimeout(() => 1, 1)',
      'export const f = () => setInterval(() => 1, 1)',
      'export const f = () => setImmediate(() => 1)',
      'export const f = () => queueMicrotask(() => 1)',
      'export const f = () => process.nextTick(() => 1)',
      'export const f = () => AbortSignal.timeout(1)',
      'export const f = () => { const { timeout } = AbortSignal; return timeout }',
    ],
    letThrough: [
      'export const f = (clock: { sleep(ms: number): Promise<void> }) => clock.sleep(1)',
      'export const f = (a: AbortSignal) => AbortSignal.any([a])',
      'export const f = () => new AbortController().signal',
    ],
  },
  {
    about: 'chance',
    rule: 'torichigae/no-ambient',
    caught: [
      'export const f = () => Math.random()',
      'export const f = () => Math["random"]()',
      'export const f = () => { const { random } = Math; return random }',
      'export const f = (key: "floor") => Math[key](1)',
    ],
    letThrough: ['export const f = () => Math.floor(1.5)', 'export const f = (random: { next(k: string): number }) => random.next("k")'],
  },
  {
    about: 'WebCrypto',
    rule: 'torichigae/no-ambient',
    caught: [
      'export const f = () => crypto.randomUUID()',
      'export const f = () => crypto.subtle',
      'export const f = () => globalThis.crypto',
    ],
    letThrough: [
      'export const f = ({ crypto }: { crypto: { nonce(k: string): string } }) => crypto.nonce("k")',
      'export const f = (world: { crypto: { nonce(k: string): string } }) => world.crypto.nonce("k")',
    ],
  },
  {
    about: 'sockets, the log and the process',
    rule: 'torichigae/no-ambient',
    caught: [
      'export const f = () => fetch("https://example.invalid")',
      'export const f = () => console.log("x")',
      'export const f = () => process.env',
      'export const f = (x: object) => new WeakRef(x)',
      'export const f = () => eval("1")',
    ],
    letThrough: ['export const f = (network: { fetch(): void }) => network.fetch()'],
  },
  {
    about: 'eras and formats out of ICU',
    rule: 'torichigae/no-ambient',
    caught: ['export const f = () => new Intl.DateTimeFormat("ja-JP-u-ca-japanese")', 'export const f = () => Intl.Collator'],
    letThrough: ['export type F = Intl.DateTimeFormat'],
  },
  {
    about: 'comparing and formatting by language',
    rule: 'torichigae/no-locale',
    caught: [
      'export const f = (a: string, b: string) => a.localeCompare(b)',
      'export const f = (a: string) => a.toLocaleUpperCase()',
      'export const f = (d: Date) => d.toLocaleDateString()',
      'export const f = (a: string) => a["localeCompare"]',
      'export const f = ({ localeCompare }: string) => localeCompare',
      'export const f = (d: Date) => d.getHours()',
      'export const f = (d: Date) => d.getTimezoneOffset()',
    ],
    letThrough: ['export const f = (a: string, b: string) => (a < b ? -1 : 1)', 'export const f = (d: Date) => d.getUTCHours()'],
  },
  {
    about: 'Node\'s own modules',
    rule: 'torichigae/no-builtin',
    caught: [
      'import { setTimeout } from "node:timers/promises"\nexport { setTimeout }',
      'import timers from "timers"\nexport { timers }',
      'import { randomUUID } from "node:crypto"\nexport { randomUUID }',
      'import "node:fs"',
      'export * from "node:net"',
      'export { readFile } from "fs/promises"',
    ],
    letThrough: ['import type { Server } from "node:http"\nexport type S = Server', 'export { virtualMs } from "../../world/ports.ts"'],
  },
  {
    about: 'import()',
    rule: 'no-restricted-syntax',
    caught: ['export const f = () => import("../turn/turn.ts")'],
    letThrough: ['import { f } from "../turn/turn.ts"\nexport { f }'],
  },
  {
    about: 'ECDSA',
    rule: 'no-restricted-syntax',
    caught: [
      'export const f = (c: { generateKeyPairSync(t: string): void }) => c.generateKeyPairSync("ec")',
      'export const f = (generateKeyPair: (t: string) => void) => generateKeyPair("ec")',
      'export const f = () => ({ name: "ECDSA" })',
    ],
    letThrough: ['export const f = (c: { generateKeyPairSync(t: string): void }) => c.generateKeyPairSync("ed25519")'],
  },
  {
    about: 'state in a module',
    rule: 'torichigae/no-module-state',
    caught: [
      'let jobs = 0\nexport const f = () => ++jobs',
      'export let jobs = 0',
      'var jobs = 0\nexport const f = () => jobs',
      'const files = new Map<string, string>()\nexport const f = () => files',
      'export const files = new Set<string>() as Set<string>',
      'const memo = new WeakMap<object, string>()\nexport const f = (x: object) => memo.get(x)',
      'const waiting: string[] = []\nexport const f = () => waiting',
      'const cache = {}\nexport const f = () => cache',
      'const state = { turn: 1 }\nexport const f = () => { state.turn = 2 }',
      'const state = { turns: { a: 1 } }\nexport const f = () => { state.turns.a++ }',
      'const state: Record<string, number> = { a: 1 }\nexport const f = () => { delete state["a"] }',
      'const list = [1]\nexport const f = () => list.push(2)',
      'const next = (() => { let n = 0; return () => n++ })()\nexport { next }',
      'export class Turn { static holder = "" }',
      'export class Turn { static readonly waiting = new Set<string>() }',
    ],
    letThrough: [
      'export const makeTurn = () => { let holder = ""; const waiting = new Set<string>(); return { take: (id: string) => { waiting.add(id); holder = id; return holder } } }',
      'const FEES: ReadonlyMap<string, number> = new Map([["residence-record", 300]])\nexport { FEES }',
      'export const TYPES: ReadonlySet<string> = new Set(["residence-record"])',
      'export const TYPES = [] as const',
      'export const NONE: readonly string[] = []',
      'const LIMITS = { turnLimitMs: 10000 }\nexport const f = () => LIMITS.turnLimitMs',
      'export class Turn { static readonly limitMs = 10 ; holder = "" }',
      'const NAMES = ["b", "a"]\nexport const f = () => NAMES.toSorted()',
    ],
  },
]

describe.each(BEHIND_PORTS)('behind the ports, the ban on $about', ({ rule, caught, letThrough }) => {
  const files = ['services/print/invented.ts', 'kiosk-sim/invented.ts']

  it.each(caught)('catches %j', { timeout: SLOW_MS }, async (code) => {
    for (const file of files) expect(await rulesBroken(untyped, code, file), file).toContain(rule)
  })

  it.each(letThrough)('lets through %j', { timeout: SLOW_MS }, async (code) => {
    for (const file of files) expect(await rulesBroken(untyped, code, file), file).toEqual([])
  })
})

describe('the simulated world', () => {
  const file = 'world/simulated/invented.ts'

  it.each([
    ['torichigae/no-ambient', 'export const f = () => Date.now()'],
    ['torichigae/no-ambient', 'export const f = () => setTimeout(() => 1, 1)'],
    ['torichigae/no-ambient', 'export const f = () => Math.random()'],
    ['torichigae/no-ambient', 'export const f = () => crypto.randomUUID()'],
    ['torichigae/no-locale', 'export const f = (a: string) => a.localeCompare("b")'],
    ['torichigae/no-builtin', 'import { randomBytes } from "node:crypto"\nexport { randomBytes }'],
    ['torichigae/no-builtin', 'import * as crypto from "node:crypto"\nexport { crypto }'],
    ['torichigae/no-module-state', 'let now = 0\nexport const f = () => now++'],
  ])('breaks %s with %j', { timeout: SLOW_MS }, async (rule, code) => {
    expect(await rulesBroken(untyped, code, file)).toContain(rule)
  })

  it.each([
    'import { createHmac } from "node:crypto"\nexport { createHmac }',
    'export const f = () => setImmediate(() => 1)',
    'const memo = new WeakMap<object, string>()\nexport const f = (x: object) => memo.set(x, "")',
    'export const f = (g: () => void) => process.once("exit", g)',
  ])('may %j, being itself the clock and the dice', { timeout: SLOW_MS }, async (code) => {
    expect(await rulesBroken(untyped, code, file)).toEqual([])
  })
})

describe('what decides verdicts and tokens', () => {
  const files = ['contract', 'world', 'oracle', 'seeds', 'explore', 'report'].map((folder) => `${folder}/invented.ts`)

  it.each(files)('draws no chance and reads no ICU in %s', { timeout: SLOW_MS }, async (file) => {
    expect(await rulesBroken(untyped, 'export const f = () => Math.random()', file)).toEqual(['torichigae/no-ambient'])
    expect(await rulesBroken(untyped, 'export const f = () => Intl.Collator', file)).toEqual(['torichigae/no-ambient'])
    expect(await rulesBroken(untyped, 'export const f = (a: string) => a.localeCompare("b")', file)).toEqual(['torichigae/no-locale'])
  })

  it('keeps Node out of the oracle, and all of it but a hash out of the contract', { timeout: SLOW_MS }, async () => {
    const hash = 'import { createHash } from "node:crypto"\nexport { createHash }'

    expect(await rulesBroken(untyped, hash, 'oracle/invented.ts')).toEqual(['torichigae/no-builtin'])
    expect(await rulesBroken(untyped, hash, 'contract/invented.ts')).toEqual([])
    expect(await rulesBroken(untyped, 'import "node:fs"', 'contract/invented.ts')).toEqual(['torichigae/no-builtin'])
  })
})

describe('the live world', () => {
  it('may reach everything but ECDSA', { timeout: SLOW_MS }, async () => {
    const real = 'import { randomUUID } from "node:crypto"\nexport const f = () => [randomUUID(), Date.now(), Math.random()]'
    const ecdsa = 'import { generateKeyPairSync } from "node:crypto"\nexport const f = () => generateKeyPairSync("ec", { namedCurve: "P-256" })'

    expect(await rulesBroken(untyped, real, 'world/live/invented.ts')).toEqual([])
    expect(await rulesBroken(untyped, ecdsa, 'world/live/invented.ts')).toEqual(['no-restricted-syntax'])
  })
})

describe('size', () => {
  const lines = (count: number) => 'export const x = [\n' + '  1,\n'.repeat(count - 2) + ']\n'
  const lambda = (count: number) => 'export function f() {\n' + '  g()\n'.repeat(count - 2) + '}\ndeclare function g(): void\n'

  it('allows a source file 300 lines and not one more', { timeout: SLOW_MS }, async () => {
    expect(await rulesBroken(untyped, lines(300), 'cli/invented.ts')).toEqual([])
    expect(await rulesBroken(untyped, lines(301), 'cli/invented.ts')).toEqual(['max-lines'])
  })

  it('allows a function 70 lines and not one more', { timeout: SLOW_MS }, async () => {
    expect(await rulesBroken(untyped, lambda(70), 'cli/invented.ts')).toEqual([])
    expect(await rulesBroken(untyped, lambda(71), 'cli/invented.ts')).toEqual(['max-lines-per-function'])
  })
})

describe('the rules that need types', () => {
  const file = 'contract/index.ts'

  it.each([
    ['@typescript-eslint/no-floating-promises', 'export const f = (p: Promise<void>) => { p }'],
    ['@typescript-eslint/no-floating-promises', 'export const f = (p: PromiseLike<void>) => { p }'],
    ['@typescript-eslint/no-misused-promises', 'export const f = (p: Promise<boolean>) => (p ? 1 : 2)'],
    ['@typescript-eslint/switch-exhaustiveness-check', 'export const f = (x: "a" | "b") => { switch (x) { case "a": return 1 } return 2 }'],
    ['@typescript-eslint/no-explicit-any', 'export const f = (x: any) => { void x }'],
  ])('catch what %s is about', { timeout: SLOW_MS }, async (rule, code) => {
    expect(await rulesBroken(typed, code, file)).toContain(rule)
  })

  it('let through a promise that is awaited and a switch that knows every case', { timeout: SLOW_MS }, async () => {
    const awaited = 'export const f = async (p: Promise<void>) => { await p }'
    const complete = 'export const f = (x: "a" | "b") => { switch (x) { case "a": return 1; case "b": return 2 } }'

    expect(await rulesBroken(typed, awaited, file)).toEqual([])
    expect(await rulesBroken(typed, complete, file)).toEqual([])
  })
})
