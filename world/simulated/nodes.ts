import type { NodeDefinition, NodeInstance } from '../node.ts'
import { type Causer, DRIVER, type RunningNode, SimulatedProcess } from './process.ts'
import type { Scheduler } from './scheduler.ts'

/** The nodes of one run, their present incarnation, and how many tasks of the system are under way. */
export class NodeRegistry {
  private readonly nodes = new Map<string, { node: RunningNode; definition: NodeDefinition | undefined; instance: NodeInstance }>()
  private taskCount = 0
  /** Whoever drives the scenario: it stands outside every node. */
  readonly driver: SimulatedProcess

  constructor(
    private readonly scheduler: Scheduler,
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
    const instance = definition.start()
    this.nodes.set(name, { node, definition, instance })
    return { node, instance }
  }

  /** A kiosk is a node without services, made when a session first stands before it. */
  kiosk(kiosk: string): RunningNode {
    const known = this.nodes.get(kiosk)
    if (known !== undefined) return known.node
    const node: RunningNode = { name: kiosk, role: 'kiosk', site: `kiosk:${kiosk}`, incarnation: 0 }
    this.nodes.set(kiosk, { node, definition: undefined, instance: {} })
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
    return (node.forgets === true ? entry?.definition?.start() : entry?.instance) ?? {}
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
    entry.instance = entry.definition?.start() ?? {}
    this.whenQuiet()
    return entry.instance
  }
}

function nextName(node: RunningNode, by: Causer): string {
  by.begun = (by.begun ?? 0) + 1
  return by === node ? `${node.name}#${String(by.begun)}` : `${node.name}#${by.name}.${String(by.begun)}`
}
