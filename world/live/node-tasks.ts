import type { World } from '../ports.ts'
import type { Gates } from './gates.ts'
import type { LiveNode } from './live-node.ts'
import { createLiveNetwork, type Directory } from './network.ts'
import { LiveTask } from './task.ts'
import { createLiveWorld, type LiveSurroundings } from './task-world.ts'

/** A task of a node that is going on, until `ended` is called or the node crashes. */
export interface GoingTask {
  readonly task: LiveTask
  readonly world: World
  ended(): void
}

/** Makes the tasks of the nodes in this process, each with a world of its own, and knows how many are going on. */
export class NodeTasks {
  private begun = 0
  private open = 0
  private ended: (() => void)[] = []

  constructor(
    private readonly around: LiveSurroundings,
    private readonly directory: Directory,
    private readonly gates?: Gates,
  ) {}

  /** Tasks that have begun and not ended. */
  get going(): number {
    return this.open
  }

  /** Begins a task that counts as going on: a request, a job, a run. */
  begin(node: LiveNode, application: string | undefined, requestId?: string): GoingTask {
    this.open += 1
    const task = this.taskOf(node, application, requestId)
    let over = false
    const ended = (): void => {
      if (over) return
      over = true
      forget()
      this.open -= 1
      for (const tell of this.ended.splice(0)) tell()
    }
    const forget = task.life.onDeath(ended)
    return { task, world: this.worldOf(node, task), ended }
  }

  /** The world of a task that nobody counts: a driver's own. */
  world(node: LiveNode, application?: string): World {
    return this.worldOf(node, this.taskOf(node, application))
  }

  /** Calls `tell` once, when the next task ends. */
  onNextEnd(tell: () => void): void {
    this.ended.push(tell)
  }

  private taskOf(node: LiveNode, application: string | undefined, requestId?: string): LiveTask {
    this.begun += 1
    const { role, name } = node.definition
    return new LiveTask({
      role,
      process: `${name}#${String(this.begun)}`,
      life: node.life,
      ...(this.gates === undefined ? {} : { gates: this.gates }),
      ...(application === undefined ? {} : { application }),
      ...(requestId === undefined ? {} : { requestId }),
    })
  }

  private worldOf(node: LiveNode, task: LiveTask): World {
    return createLiveWorld(task, this.around, {
      site: node.definition.site,
      folder: node.folder,
      network: createLiveNetwork(task, this.directory),
      ...(node.room === undefined ? {} : { room: node.room }),
    })
  }
}
