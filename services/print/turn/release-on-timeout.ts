import { LIMIT_WORDS, type TurnFactory } from './turn.ts'

/**
 * As deployed at Yokohama, March 2023 (a reconstruction; confidence high).
 *
 * Who would have written it: somebody who was told that one stuck print had blocked a whole site, and made sure that the
 * next applicant no longer has to wait for it. The limit frees the turn, and `finally` frees it as every lock is freed. It
 * looked right because in every test a job that passes the limit is dead; nobody tried one that is only slow. Such a job
 * goes on printing beside the next, into the same work file, and its own release then frees a turn that is somebody else's.
 */
export const releaseOnTimeout: TurnFactory = ({ limitMs }) => {
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

  const release = (): void => {
    const next = waiting.shift()
    if (next === undefined) taken = false
    else next()
  }

  return {
    async inTurn(world, print) {
      await take()
      const limit = world.clock.after(limitMs, LIMIT_WORDS, () => {
        world.log.warn('TURN_LIMIT_PASSED')
        release()
      })
      try {
        return await print()
      } finally {
        limit.cancel()
        release()
      }
    },
  }
}
