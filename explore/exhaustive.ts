import { conflict, type Footprint } from '../world/simulated/conflict.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import type { Choice, Strategy } from '../world/simulated/strategy.ts'
import { linearExtensions } from './linear-extensions.ts'

/** Which steps a search takes in every order; all others come by default, as soon as they can. */
export interface Scope {
  /** Whether the order of this step is searched. @param node of whoever makes it */
  includes(node: string, step: string): boolean
  /** How often time may pass while such a step is ready: until the next timer among them fires, or half a minute. */
  readonly timeJumps: number
  /** Holds the section's first steps until this is so; they are then all there. Left out: at once. */
  begins?(choice: Choice): boolean
}

/** How a run under a strategy of the search is made; called once for each schedule. */
export type ExhaustiveRun = (strategy: Strategy, watch: { readonly onStep: (step: StepRecord) => void; readonly onTouch: (resource: string) => void }) => Promise<void>

export interface ExhaustiveOptions {
  readonly scope: Scope
  /** False to take every order, whether or not it can matter. Default true. */
  readonly reduced?: boolean
  /** Schedules at most. Default 1,000,000. */
  readonly most?: number
  /** Asked after each schedule whether to end before all are covered. Default: never. */
  readonly until?: () => boolean
}

export interface ExhaustiveEnd {
  /** Whether every order was covered. */
  readonly complete: boolean
  /** Schedules that were run to their end. */
  readonly schedules: number
  /** Runs broken off because what would follow had been covered. */
  readonly redundant: number
  /** Orders that these stand for, each of which leads to one of the same ends. */
  readonly interleavings: bigint
}

/**
 * Takes the steps of a scope in every order that can matter, by running the scenario again and again, depth first. Two orders
 * that differ only in steps that commute ({@link conflict}) are the same; of these one is run, by sleep sets (Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", LNCS 1032, 1996). What the steps of a run touched is
 * known once they were made, so that nothing has to be declared beforehand.
 */
export async function exhaust(run: ExhaustiveRun, { scope, reduced = true, most = 1_000_000, until = () => false }: ExhaustiveOptions): Promise<ExhaustiveEnd> {
  const tree = new Tree(reduced)
  let schedules = 0
  let redundant = 0
  let interleavings = 0n
  do {
    const walk = new Walk(tree, scope)
    await run(walk.strategy, { onStep: walk.onStep, onTouch: walk.onTouch })
    if (walk.redundant) redundant += 1
    else {
      schedules += 1
      interleavings += reduced ? ordersAlike(walk.taken) : 1n
    }
    if (schedules + redundant >= most || until()) return { complete: !tree.backtrack(), schedules, redundant, interleavings }
  } while (tree.backtrack())
  return { complete: true, schedules, redundant, interleavings }
}

/** One choice of a scope, and all that followed from it up to the next. */
type Transition = readonly Footprint[]

/** Whether the order of two transitions can matter. Time passing is a step of everybody's. */
const dependent = (one: Transition, other: Transition): boolean =>
  one === TIME || other === TIME || one.some((step) => other.some((another) => conflict(step, another)))

/** A transition as a run took it. */
interface Taken {
  readonly transition: Transition
  /** What asked for it: without that it could not have been taken. */
  readonly cause: Taken | undefined
}

/** Orders that differ from this one only in what commutes. Nothing commutes with time, so they are counted between its steps. */
function ordersAlike(taken: readonly Taken[]): bigint {
  const inOrder = (one: Taken, other: Taken): boolean => other.cause === one || dependent(one.transition, other.transition)
  let orders = 1n
  let from = 0
  for (let at = 0; at <= taken.length; at += 1) {
    if (at < taken.length && taken[at]?.transition !== TIME) continue
    orders *= linearExtensions(taken.slice(from, at), inOrder)
    from = at + 1
  }
  return orders
}

const TIME: Transition = []
const TIME_KEY = 'time'

/** A place where the search has to choose: what was tried there, and what need not be. */
interface Branch {
  readonly enabled: readonly string[]
  readonly sleeping: Map<string, Transition>
  current: string
  transition: Transition
}

class Tree {
  readonly branches: Branch[] = []
  constructor(private readonly reduced: boolean) {}

  /** The choice at a depth: as the search goes on, or the first that is not asleep. Undefined where all of them are. */
  choose(depth: number, enabled: readonly string[]): string | undefined {
    const known = this.branches[depth]
    if (known !== undefined) return known.current
    const sleeping = this.sleepingBelow(this.branches[depth - 1])
    const current = enabled.find((key) => !sleeping.has(key))
    if (current === undefined) return undefined
    this.branches.push({ enabled, sleeping, current, transition: [] })
    return current
  }

  /** What was covered beside the branch above and commutes with what was chosen there is covered below it too. */
  private sleepingBelow(above: Branch | undefined): Map<string, Transition> {
    if (above === undefined || !this.reduced) return new Map()
    return new Map([...above.sleeping].filter(([, transition]) => !dependent(transition, above.transition)))
  }

  /** Goes on to the next that was not tried; false where there is none left. */
  backtrack(): boolean {
    for (let branch = this.branches.at(-1); branch !== undefined; branch = this.branches.at(-1)) {
      branch.sleeping.set(branch.current, branch.transition)
      const next = branch.enabled.find((key) => !branch.sleeping.has(key))
      if (next !== undefined) {
        branch.current = next
        branch.transition = []
        return true
      }
      this.branches.pop()
    }
    return false
  }
}

/** So long a choice of time lets it pass at most. */
const TIME_MS = 30_000

/** One run of the search: follows the tree down, and records what each transition touched. */
class Walk {
  redundant = false
  readonly taken: Taken[] = []
  /** What is ready, and after which transition it was. */
  private readonly causes = new Map<string, Taken | undefined>()
  private cause: Taken | undefined
  private depth = 0
  private jumps = 0
  private begun = false
  private timeWasLast = false
  private passing: { readonly untilMs: number } | undefined
  private footprints: Footprint[] = []
  private extra: string[] = []

  constructor(
    private readonly tree: Tree,
    private readonly scope: Scope,
  ) {
    this.begun = scope.begins === undefined
  }

  readonly onTouch = (resource: string): void => void this.extra.push(resource)

  readonly onStep = ({ memory, touch }: StepRecord): void => {
    this.settle()
    this.footprints.push({ memory, touch })
  }

  /** What the last step set off besides is its own. */
  private settle(): void {
    const last = this.footprints.at(-1)
    if (last !== undefined) for (const writes of this.extra) this.footprints.push({ memory: last.memory, touch: { writes } })
    this.extra = []
  }

  readonly strategy: Strategy = {
    timeJumps: Number.MAX_SAFE_INTEGER,
    choose: (choice) => this.choose(choice),
    atEnd: () => {
      this.close()
    },
  }

  private choose(choice: Choice): number {
    const { ready, timer } = choice
    const searched = ready.flatMap(({ process, name }, at) => (this.scope.includes(process.node.name, name) ? [at] : []))
    if (searched.length < ready.length) return environment(choice, searched)
    if (searched.length === 0) return this.timeAlone(choice)
    if (!this.begun) {
      this.begun = this.scope.begins?.(choice) ?? true
      if (!this.begun && timer !== undefined) return ready.length
    }
    if (this.passing !== undefined && timer !== undefined && timer.atMs < this.passing.untilMs) return this.timePasses(choice)
    this.passing = undefined
    return this.branch(choice, searched)
  }

  /** Nothing else can happen. Where time passes twice and nothing is searched in between, it passed once. */
  private timeAlone(choice: Choice): number {
    if (this.begun && !this.timeWasLast) this.descend([TIME_KEY])
    this.timeWasLast = true
    return this.timePasses(choice)
  }

  private branch(choice: Choice, searched: readonly number[]): number {
    const { ready, timer, nowMs } = choice
    const mayPass = timer !== undefined && this.jumps < this.scope.timeJumps
    const keys = searched.map((at) => keyOf(ready, at))
    const key = this.descend(mayPass ? [...keys, TIME_KEY] : keys)
    this.timeWasLast = key === TIME_KEY
    if (key !== TIME_KEY) return searched[keys.indexOf(key)] ?? 0
    this.jumps += 1
    this.passing = { untilMs: nowMs + TIME_MS }
    return this.timePasses(choice)
  }

  private descend(keys: readonly string[]): string {
    this.close()
    for (const one of keys) if (!this.causes.has(one)) this.causes.set(one, this.taken.at(-1))
    const key = this.tree.choose(this.depth, keys)
    if (key === undefined) {
      this.redundant = true
      throw new Redundant()
    }
    this.depth += 1
    this.cause = this.causes.get(key)
    this.causes.delete(key)
    return key
  }

  /** Fires the next timer; one of the searched steps' ends a passing of time. */
  private timePasses({ ready, timer }: Choice): number {
    if (timer !== undefined && this.scope.includes(timer.process.node.name, timer.words)) this.passing = undefined
    return ready.length
  }

  /** The transition that was under way is over. */
  private close(): void {
    const branch = this.depth === 0 ? undefined : this.tree.branches[this.depth - 1]
    this.settle()
    if (branch !== undefined) {
      branch.transition = branch.current === TIME_KEY ? TIME : this.footprints
      this.taken.push({ transition: branch.transition, cause: this.cause })
    }
    this.footprints = []
  }
}

/** What a run fails of that was broken off because all that could follow had been covered. */
export class Redundant extends Error {
  override readonly name = 'Redundant'
}

/** What is not searched comes by default: whoever ran last, else the longest waiting. */
function environment({ ready, byDefault }: Choice, searched: readonly number[]): number {
  if (byDefault < ready.length && !searched.includes(byDefault)) return byDefault
  return ready.findIndex((_, at) => !searched.includes(at))
}

/** Tasks are named by what caused them, so that a step is known by who makes it; two alike by which comes first. */
function keyOf(ready: Choice['ready'], at: number): string {
  const step = ready[at]
  const alike = ready.slice(0, at).filter(({ process, name }) => process.name === step?.process.name && name === step.name).length
  return `${step?.process.name ?? ''} ${step?.name ?? ''} ${String(alike)}`
}
