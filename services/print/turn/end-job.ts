import { Refusal } from '../../../contract/index.ts'
import { LIMIT_WORDS, type TurnFactory } from './turn.ts'

/**
 * Repaired: the limit ends the job. The conversion is killed, the job fails, and only then does the turn go on, so that at
 * no time two jobs are between writing and reading the work file. The person is refused before paying.
 */
export const endJob: TurnFactory = ({ limitMs }) => {
  const waiting: (() => void)[] = []
  let taken = false

  const take = (): Promise<void> =>
    new Promise((resolve) => {
      if (taken) waiting.push(resolve)
      else {
        taken = true
        resolve()
      }
    })

  const passOn = (): void => {
    const next = waiting.shift()
    if (next === undefined) taken = false
    else next()
  }

  return {
    async inTurn(world, print) {
      await take()
      const end = new AbortController()
      const limit = world.clock.after(limitMs, LIMIT_WORDS, () => {
        world.log.warn('TURN_LIMIT_PASSED')
        end.abort(new Refusal('SERVER_TIMEOUT'))
      })
      try {
        const printed = await print(end.signal)
        end.signal.throwIfAborted()
        return printed
      } finally {
        limit.cancel()
        passOn()
      }
    },
  }
}
