import { LIMIT_WORDS, type TurnFactory } from './turn.ts'

/**
 * A half-fix: a job can free only its own turn.
 *
 * Who would have written it: somebody who saw in the log of an incident that a job's release had freed the turn of the
 * next, and that of the one after it. Each turn gets an owner, and the chain is gone; the episode is far shorter. It looked
 * right because the chain was all the log showed. The job that passed the limit still prints beside the next one.
 */
export const ownerChecked: TurnFactory = ({ limitMs }) => {
  const waiting: { readonly owner: symbol; readonly go: () => void }[] = []
  let owner: symbol | undefined

  const take = (me: symbol): Promise<void> =>
    new Promise((go) => {
      if (owner === undefined) {
        owner = me
        go()
      } else waiting.push({ owner: me, go })
    })

  const release = (me: symbol): void => {
    if (owner !== me) return
    const next = waiting.shift()
    owner = next?.owner
    next?.go()
  }

  return {
    async inTurn(world, print) {
      const me = Symbol('turn')
      await take(me)
      const limit = world.clock.after(limitMs, LIMIT_WORDS, () => {
        world.log.warn('TURN_LIMIT_PASSED')
        release(me)
      })
      try {
        return await print()
      } finally {
        limit.cancel()
        release(me)
      }
    },
  }
}
