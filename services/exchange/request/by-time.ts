import { Refusal } from '../../../contract/index.ts'
import type { Clock } from '../../../world/ports.ts'
import { put } from '../../rows.ts'
import { ANSWERS, REQUESTS } from '../exchange.ts'
import type { RequestsFactory } from './request.ts'

/** Requests that are called by the time at which they are made, and answers that are taken for whatever lies under that time. */
export const byTime = (timeOf: (clock: Clock) => string): RequestsFactory => () => ({
  async ask(world, municipality, { application, question }) {
    const key = timeOf(world.clock)
    world.history.record({ type: 'info', f: 'key', what: 'exchange request', key, application })
    await put(world, REQUESTS, key, { question })
    await world.network.call('exchange', municipality, { request: key })
    const answer = await world.database.get(ANSWERS, key)
    if (answer === undefined) throw new Refusal('SERVER_ERROR')
    world.history.record({ type: 'info', f: 'answer', key, application, compared: false })
    return answer.data.register
  },
})

const DAY_MS = 86_400_000

/** Day and time in digits, `20230502073112`, and so many digits of a second more. */
export function digitsOf(clock: Pick<Clock, 'today' | 'now'>, more: 0 | 3): string {
  const ms = Math.floor(clock.now() % DAY_MS)
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1_000) % 60].map((part) => String(part).padStart(2, '0'))
  return `${clock.today().replaceAll('-', '')}${parts.join('')}${more === 0 ? '' : String(ms % 1_000).padStart(3, '0')}`
}
