import type { Consumer, Keep, NodeDefinition, NodeInstance } from '../node.ts'
import { observed } from './observed.ts'
import { type Causer, DRIVER, type RunningNode, SimulatedProcess } from './process.ts'
import type { Scheduling } from './scheduling.ts'

interface Entry {
  readonly node: RunningNode
  readonly definition: NodeDefinition | undefined
  instance: NodeInstance
  /** What its present incarnation shares among its tasks. */
  keep: Keep
}

/** The nodes of one run, their present incarnation, and how many tasks of the system are under way. */
export class NodeRegistry {
  private readonly nodes = new Map<string, Entry>()
  private taskCount = 0
  /** Whoever drives the scenario: it stands outside every node. */
  readonly driver: SimulatedProcess

  constructor(
    private readonly scheduler: Scheduling,
    private readonly whenQuiet: () => void,
  ) {
    const script: RunningNode = { name: DRIVER, role: 'kiosk', site: DRIVER, incarnation: 0 }
    this.driver = new SimulatedProcess(scheduler, script, DRIVER, undefined)
  }

  /** Tasks of the system that have not ended. */
  get tasks(): number {
    return this.taskCount
  }

  add(definition: NodeDefinition): { node: RunningNode; instance: NodeInstance } {
    const { name, role, site, forgets = false } = definition
    const node: RunningNode = { name, role, site, forgets, incarnation: 0 }
    const keep = this.memoryOf(node)
    const instance = definition.start(keep)
    this.nodes.set(name, { node, definition, instance, keep })
    return { node, instance }
  }

  /** A kiosk is a node without services, made when a session first stands before it. */
  kiosk(kiosk: string): RunningNode {
    const known = this.nodes.get(kiosk)
    if (known !== undefined) return known.node
    const node: RunningNode = { name: kiosk, role: 'kiosk', site: `kiosk:${kiosk}`, incarnation: 0 }
    this.nodes.set(kiosk, { node, definition: undefined, instance: {}, keep: this.memoryOf(node) })
    return node
  }

  running(name: string): RunningNode {
    const entry = this.nodes.get(name)
    if (entry === undefined) throw new RangeError(`no node "${name}"`)
    return entry.node
  }

  instance(node: RunningNode): NodeInstance {
    return this.nodes.get(node.name)?.instance ?? {}
  }

  /** What answers one call: the node's memory, or one of its own where the node keeps none. */
  answering(node: RunningNode): NodeInstance {
    const entry = this.nodes.get(node.name)
    return (node.forgets === true ? entry?.definition?.start(entry.keep) : entry?.instance) ?? {}
  }

  /** What handles a node's jobs: each in a memory of its own where the node keeps none. */
  consumer(node: RunningNode, consumes: Consumer): Consumer {
    if (node.forgets !== true) return consumes
    return { ...consumes, handle: (world, job) => (this.answering(node).consumes ?? consumes).handle(world, job) }
  }

  /** A new memory. Where somebody listens to what is touched, each use of what is kept there is. */
  private memoryOf(node: RunningNode): Keep {
    const { scheduler } = this
    const kept = new Map<string, unknown>()
    return <T extends object>(name: string, make: () => T): T => {
      if (!kept.has(name)) {
        node.keeps = true
        const resource = `memory:${node.name}/${name}`
        kept.set(name, scheduler.isListenedTo ? observed(make(), () => { scheduler.touched(resource) }) : make())
      }
      return kept.get(name) as T
    }
  }

  /**
   * Begins a task on `node`. Its name counts what its causer has caused, be that who called, the queue, or the node itself on
   * schedule: steps of one causer never commute, so that no schedule of others changes the name.
   */
  begin(node: RunningNode, application: string | undefined, by: Causer = node, name?: string): SimulatedProcess {
    const process = new SimulatedProcess(this.scheduler, node, name ?? nextName(node, by), application)
    process.counted = true
    node.tasks = (node.tasks ?? 0) + 1
    this.taskCount += 1
    return process
  }

  /** A task is over; said twice, or after a crash has ended it, it counts once. */
  ended(process: SimulatedProcess): void {
    if (!process.counted || !process.alive) return
    process.counted = false
    process.node.tasks = (process.node.tasks ?? 0) - 1
    this.taskCount -= 1
    process.live()
  }

  restart(node: RunningNode): NodeInstance {
    const entry = this.nodes.get(node.name)
    if (entry === undefined) throw new RangeError(`no node "${node.name}"`)
    node.incarnation += 1
    this.taskCount -= node.tasks ?? 0
    node.tasks = 0
    this.scheduler.dropDead()
    for (const process of [...(node.mortals ?? [])]) process.die()
    entry.keep = this.memoryOf(node)
    entry.instance = entry.definition?.start(entry.keep) ?? {}
    this.whenQuiet()
    return entry.instance
  }
}

function nextName(node: RunningNode, by: Causer): string {
  by.begun = (by.begun ?? 0) + 1
  return by === node ? `${node.name}#${String(by.begun)}` : `${node.name}#${by.name}.${String(by.begun)}`
}
