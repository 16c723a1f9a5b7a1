import { type AnswerOf, type OperationName, OPERATIONS, Refusal, type RefusalCode, REFUSALS, type RequestOf } from '../../contract/index.ts'
import type { Network } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { newRequestId, REQUEST_ID_HEADER } from './request-id.ts'
import type { LiveTask } from './task.ts'

/** Finds the server of an operation: the base URL of the node that answers it for a municipality. */
export type Directory = (operation: OperationName, municipality: string) => string | undefined

/** Calls of one task over HTTP, under the id of the request it works for. An answer that is none, or none at all, is the timeout of whoever did not answer. */
export const createLiveNetwork = (task: LiveTask, directory: Directory): Network => ({
  async call(operation, municipality, request) {
    const outcome = await send(directory, operation, municipality, request, task.requestId ?? newRequestId())
    await task.step(stepNames.answer(task.role, operation), () => undefined)
    if (outcome instanceof Refusal) throw outcome
    return outcome
  },
})

async function send<N extends OperationName>(
  directory: Directory,
  operation: N,
  municipality: string,
  request: RequestOf<N>,
  requestId: string,
): Promise<AnswerOf<N> | Refusal> {
  const base = directory(operation, municipality)
  if (base === undefined) return new Refusal('MUNICIPALITY_NOT_PARTICIPATING')
  const { path, server } = OPERATIONS[operation]
  try {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      // No server of ours sends anybody elsewhere, and what is asked holds a person: it goes to nobody but who was meant.
      redirect: 'error',
      headers: { 'content-type': 'application/json', [REQUEST_ID_HEADER]: requestId },
      body: JSON.stringify(request),
    })
    const body: unknown = await response.json()
    // The other side is held to the contract by the same table of schemas.
    return response.ok ? (body as AnswerOf<N>) : refusalOf(body)
  } catch {
    return new Refusal(server === 'centre' ? 'CENTRE_TIMEOUT' : 'SERVER_TIMEOUT')
  }
}

function refusalOf(body: unknown): Refusal {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
  return new Refusal(typeof code === 'string' && Object.hasOwn(REFUSALS, code) ? (code as RefusalCode) : 'SERVER_ERROR')
}
