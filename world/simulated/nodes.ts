import type { NodeDefinition, NodeInstance } from '../node.ts'
import { type RunningNode, SimulatedProcess } from './process.ts'
import type { Scheduler } from './scheduler.ts'

/** The nodes of one run, their present incarnation, and the tasks that are alive on each. */
export class NodeRegistry {
  private readonly nodes = new Map<string, { node: RunningNode; definition: NodeDefinition | undefined; instance: NodeInstance }>()
  private readonly alive = new Map<RunningNode, Set<SimulatedProcess>>()
  private taskCount = 0
  private begun = 0
  /** Whoever drives the scenario: it stands outside every node. */
  readonly driver: SimulatedProcess

  constructor(
    private readonly scheduler: Scheduler,
    private readonly whenQuiet: () => void,
  ) {
    const script: RunningNode = { name: 'script', role: 'kiosk', site: 'script', incarnation: 0 }
    this.driver = new SimulatedProcess(scheduler, script, 'script', undefined)
  }

  /** Tasks of the system that have not ended. */
  get tasks(): number {
    return this.taskCount
  }

  add(definition: NodeDefinition): { node: RunningNode; instance: NodeInstance } {
    const { name, role, site } = definition
    const node: RunningNode = { name, role, site, incarnation: 0 }
    const instance = definition.start()
    this.nodes.set(name, { node, definition, instance })
    this.alive.set(node, new Set())
    return { node, instance }
  }

  /** A kiosk is a node without services, made when a session first stands before it. */
  kiosk(kiosk: string): RunningNode {
    const known = this.nodes.get(kiosk)
    if (known !== undefined) return known.node
    const node: RunningNode = { name: kiosk, role: 'kiosk', site: `kiosk:${kiosk}`, incarnation: 0 }
    this.nodes.set(kiosk, { node, definition: undefined, instance: {} })
    this.alive.set(node, new Set())
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

  begin(node: RunningNode, application: string | undefined, name?: string): SimulatedProcess {
    this.begun += 1
    const process = new SimulatedProcess(this.scheduler, node, name ?? `${node.name}#${String(this.begun)}`, application)
    this.alive.get(node)?.add(process)
    this.taskCount += 1
    return process
  }

  /** A task is over; said twice, it counts once. */
  ended(process: SimulatedProcess): void {
    if (this.alive.get(process.node)?.delete(process) === true) this.taskCount -= 1
  }

  restart(node: RunningNode): NodeInstance {
    const entry = this.nodes.get(node.name)
    if (entry === undefined) throw new RangeError(`no node "${node.name}"`)
    const dying = [...(this.alive.get(node) ?? [])]
    node.incarnation += 1
    this.scheduler.dropDead()
    for (const process of dying) {
      this.ended(process)
      process.die()
    }
    entry.instance = entry.definition?.start() ?? {}
    this.whenQuiet()
    return entry.instance
  }
}
