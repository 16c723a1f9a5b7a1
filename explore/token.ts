import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { TorichigaeError } from '../contract/index.ts'
import { type Catalogue, checkScenario } from '../scenario/catalogue.ts'
import { OrderingSchema } from '../scenario/incident.ts'
import { namedBuild } from '../scenario/named-build.ts'
import { Scenario } from '../scenario/scenario-file.ts'
import { FAULT_KINDS, type FaultKind } from '../world/simulated/faults.ts'
import type { StepRecord } from '../world/simulated/step.ts'

/** Changes with the simulated world: tokens of another version mean other schedules. */
export const TOKEN_VERSION = 1
const MARK = `tg${String(TOKEN_VERSION)}`

const DeviationSchema = Type.Object({
  step: Type.Integer({ minimum: 0 }),
  take: Type.Integer({ minimum: 0 }),
  process: Type.String(),
  name: Type.String(),
  fault: Type.Optional(Type.Enum([...FAULT_KINDS] as [FaultKind, ...FaultKind[]])),
})

/** All that one simulated run follows from. */
export const TokenContents = Type.Object({
  /** Version of torichigae that made it. */
  tool: Type.String(),
  build: Type.String(),
  seed: Type.Integer({ minimum: 0 }),
  scenario: Scenario,
  deviations: Type.Array(DeviationSchema),
  /** What the live world enforces. */
  orderings: Type.Array(OrderingSchema),
  broken: Type.Array(Type.String()),
  /** Digest of the first steps: says whether a run begins as the one that was recorded. */
  beginning: Type.String(),
})
export type TokenContents = Static<typeof TokenContents>

const validator = Compile(TokenContents)

/** Whether a text wants to be a token; what is in it may be anything. */
export const looksLikeToken = (text: string): boolean => /^\s*tg\d+\./.test(text)

/** `tg1.` and then the contents, as JSON in base64url, and a digest of them: the same text on every Node. */
export function writeToken(contents: TokenContents): string {
  const body = Buffer.from(JSON.stringify(contents)).toString('base64url')
  return `${MARK}.${body}.${digestOf(body)}`
}

/** @throws TorichigaeError BAD_TOKEN for one that is of another version, cut, changed or made by somebody else */
export function readToken(token: string, catalogue: Catalogue): TokenContents {
  const [mark = '', body = '', digest, ...more] = token.trim().split('.')
  if (mark !== MARK) throw new TorichigaeError('BAD_TOKEN', `it is of version "${mark}", and this is ${MARK}`)
  if (digest !== digestOf(body) || more.length > 0) throw new TorichigaeError('BAD_TOKEN', 'it was cut or changed')
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  } catch (error) {
    throw new TorichigaeError('BAD_TOKEN', 'there is no JSON in it', { cause: error })
  }
  if (validator.Check(value)) {
    inToken(() => {
      checkScenario({ path: 'its scenario', value: value.scenario }, catalogue)
      namedBuild(value.build, catalogue)
    })
    return value
  }
  const [fault] = validator.Errors(value)
  throw new TorichigaeError('BAD_TOKEN', `what is in it is no run, at ${fault?.instancePath || '/'}`)
}

/** What a token of somebody else's catalogue names may not be known here. */
function inToken(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof TorichigaeError)) throw error
    throw new TorichigaeError('BAD_TOKEN', error.detail, { cause: error })
  }
}

/** So many steps are the beginning of a run. */
const BEGINNING = 50

/** Digest of how a run begins. */
export const beginningOf = (steps: readonly Pick<StepRecord, 'process' | 'name'>[]): string =>
  digestOf(steps.slice(0, BEGINNING).map(({ process, name }) => `${process}: ${name}`).join('\n'))

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
