import autocannon from 'autocannon'
import type { Conversation } from './conversation.ts'

/** How connections are kept busy. */
export interface ClosedLoop {
  /** The server's base URL, on loopback. */
  readonly url: string
  readonly connections: number
  readonly durationMs: number
  /** The side of connection number `index`. */
  readonly conversation: (index: number) => Conversation
}

/** What the load generator itself counted: single requests, whatever they asked for. Real milliseconds. */
export interface RequestFigures {
  readonly total: number
  readonly perSecond: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
  /** Connections that failed. */
  readonly errors: number
  /** Requests that were not answered within ten seconds. */
  readonly timeouts: number
}

/**
 * Keeps each connection busy for a time: the next request goes out the moment the answer to the one before is there. It finds
 * out how much a system can do, and says nothing of how long people wait: whoever is slow is asked less (coordinated
 * omission). For that there is the open loop.
 */
export async function driveClosedLoop({ url, connections, durationMs, conversation }: ClosedLoop): Promise<RequestFigures> {
  let opened = 0
  const result = await autocannon({
    url,
    connections,
    duration: durationMs / 1_000,
    setupClient: (client) => {
      const side = conversation(opened)
      opened += 1
      client.setRequests([
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          setupRequest: (request) => ({ ...request, ...side.next() }),
          onResponse: (status, body) => {
            side.took(status, body)
          },
        },
      ])
    },
  })
  const { p50, p90, p99, max } = result.latency
  return { total: result.requests.total, perSecond: result.requests.average, p50, p90, p99, max, errors: result.errors, timeouts: result.timeouts }
}
