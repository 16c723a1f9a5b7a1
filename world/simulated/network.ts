import { type AnswerOf, OPERATIONS, type OperationName, Refusal, type RequestOf } from '../../contract/index.ts'
import type { Handler, NodeInstance } from '../node.ts'
import type { Network, World } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { Causer, RunningNode, SimulatedProcess } from './process.ts'
import { NOTHING } from './step.ts'

/** Where calls are answered: who serves an operation for a municipality, and how a task begins there. */
export interface Exchange {
  route(operation: OperationName, municipality: string): { node: RunningNode; instance: NodeInstance } | undefined
  /** A new task on `node`, caused by `by` or itself, counted as work going on until `ended` is called. */
  begin(node: RunningNode, application: string | undefined, by?: Causer): { process: SimulatedProcess; world: World; ended: () => void }
}

/**
 * Calls of one process. A call is two steps: the server receives the request, and, once its handler has settled, the caller
 * receives the answer. Requests and answers go over by reference; nobody changes one.
 */
export class SimulatedNetwork implements Network {
  constructor(
    private readonly caller: SimulatedProcess,
    private readonly exchange: Exchange,
  ) {}

  call<N extends OperationName>(operation: N, municipality: string, request: RequestOf<N>): Promise<AnswerOf<N>> {
    const target = this.exchange.route(operation, municipality)
    if (target === undefined) return Promise.reject(new Refusal('MUNICIPALITY_NOT_PARTICIPATING'))
    const { caller } = this
    const { node, instance } = target
    const application = 'application' in request ? request.application : caller.application
    const { process, world, ended } = this.exchange.begin(node, application, caller.node.forgets === true ? caller : caller.node)
    const { server } = OPERATIONS[operation]
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        reject(new Refusal(server === 'centre' ? 'CENTRE_TIMEOUT' : 'SERVER_TIMEOUT'))
      }
      // Whoever has given up hears no answer any more: a promise settles once.
      const answer = (hear: () => void): void => {
        caller.submit(stepNames.answer(caller.role, operation), NOTHING, hear, { 'lost-answer': giveUp })
      }
      const begin = (): void => {
        new Promise<AnswerOf<N>>((settle) => {
          settle(handlerOf(instance, operation)(world, request))
        }).then(
          (value) => {
            ended()
            answer(() => {
              resolve(value)
            })
          },
          (error: unknown) => {
            const refusal = asAnswered(world, error)
            ended()
            answer(() => {
              reject(refusal)
            })
          },
        )
      }
      const twice = (): void => {
        // Nobody waits for the other answer.
        this.call(operation, municipality, request).catch(() => undefined)
        begin()
      }
      process.onDeath(() => {
        ended()
        answer(giveUp)
      })
      process.submit(stepNames.receive(server, operation), NOTHING, begin, {
        timeout: () => {
          answer(giveUp)
          begin()
        },
        ...(caller.role === 'kiosk' ? { 'double-press': twice } : {}),
      })
    })
  }
}

function handlerOf<N extends OperationName>(instance: NodeInstance, operation: N): Handler<N> {
  const handler = instance.serves?.[operation]
  if (handler === undefined) throw new Refusal('TYPE_NOT_OFFERED')
  return handler
}

/** What a caller learns of an error: a refusal as it is, anything else as the server's error, which the server has logged. */
export function asAnswered(server: World, error: unknown): Refusal {
  if (error instanceof Refusal) return new Refusal(error.code)
  server.log.error('HANDLER_FAILED', { detail: error instanceof Error ? error.name : 'unknown' })
  return new Refusal('SERVER_ERROR')
}
