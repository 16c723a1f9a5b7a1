import { type Image, Refusal } from '../../../contract/index.ts'
import type { OutputFactory } from './output.ts'

/**
 * A half-fix: the buffer is emptied once its image has been handed over.
 *
 * Who would have written it: somebody who found the previous applicant's image in the buffer, and cleared it at the end of
 * the job. It looked right because after a clean job nothing is left. But the swallowed error still goes on to hand over,
 * now nothing, and the person pays for it; and a job that fails half way, its applicant gone before the hand-over, leaves
 * the buffer full for the next one.
 */
export const clearedAfterSuccess: OutputFactory = () => {
  let buffer: Image | undefined
  return {
    async produce(world, job) {
      const composition = await job.compose().catch((error: unknown) => {
        world.log.error(error instanceof Refusal ? error.code : 'COMPOSE_FAILED')
        return undefined
      })
      if (composition !== undefined) buffer = await job.print(composition)
      await job.handOver(buffer)
      buffer = undefined
    },
  }
}
