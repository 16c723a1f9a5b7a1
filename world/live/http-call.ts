import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'

/** An answer as it came. */
export interface HttpAnswer {
  readonly ok: boolean
  readonly body: unknown
}

/** A call that takes longer has no answer: whoever asked is told so, and holds nobody any more. Real milliseconds; ours. */
export const CALL_MS_MAX = 60_000

/** Connections are kept open between calls; an idle one keeps no process alive. */
const PLAIN = new PlainAgent({ keepAlive: true })
const SECURE = new SecureAgent({ keepAlive: true })

/**
 * Posts JSON and gives back the JSON that was answered. Written on `node:http` and not on `fetch`, whose web streams cost more
 * CPU than all else a small call does. Nobody is followed elsewhere: what is asked holds a person, and goes to nobody but who
 * was meant.
 * @param repeatable whether it does no harm to be done twice: then it is sent again where a kept connection broke. Default true
 * @throws Error where no whole answer came, in time, that is JSON
 */
export async function postJson(url: string, body: unknown, headers: Readonly<Record<string, string>>, repeatable = true): Promise<HttpAnswer> {
  const text = JSON.stringify(body)
  try {
    return await post(url, text, headers)
  } catch (error) {
    // Most likely the server had just closed a connection that was kept open, and never saw the request.
    if (!(error instanceof ClosedBefore) || !repeatable) throw error
    return post(url, text, headers)
  }
}

/** A kept connection turned out to be closed. */
class ClosedBefore extends Error {}

function post(url: string, text: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const secure = url.startsWith('https:')
  const options = {
    method: 'POST',
    agent: secure ? SECURE : PLAIN,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
    signal: AbortSignal.timeout(CALL_MS_MAX),
  }
  return new Promise((resolve, reject) => {
    const request = (secure ? secureRequest : plainRequest)(url, options, (response) => {
      answerOf(response).then(resolve, reject)
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      reject(request.reusedSocket && error.code === 'ECONNRESET' ? new ClosedBefore(error.message) : error)
    })
    request.end(text)
  })
}

async function answerOf(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const status = response.statusCode ?? 0
  return { ok: status >= 200 && status < 300, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }
}
