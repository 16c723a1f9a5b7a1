import type { OutputFactory } from './output.ts'

/** Repaired: it fails closed. What cannot be laid out is not printed, and an image lives as long as its job. */
export const bufferPerJob: OutputFactory = () => ({
  async produce(_world, job) {
    const image = await job.print(await job.compose())
    await job.handOver(image)
  },
})
