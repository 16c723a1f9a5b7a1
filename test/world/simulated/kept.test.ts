import { describe, expect, it } from 'vitest'
import type { Keep, NodeDefinition, NodeInstance } from '../../../world/node.ts'
import { expectFinished, node, runOn } from './small-stage.ts'

/** A worker that counts its jobs twice: in what it keeps, and in what it does not. */
function counting(counts: string[], more: Partial<NodeDefinition> = {}): NodeDefinition {
  const start = (keep: Keep): NodeInstance => {
    const kept = keep('kept', () => ({ jobs: 0 }))
    let own = 0
    return {
      consumes: {
        queue: 'print',
        concurrency: 1,
        handle: () => {
          counts.push(`kept ${String((kept.jobs += 1))}, own ${String((own += 1))}`)
          return Promise.resolve('ready')
        },
      },
    }
  }
  return node('print:munakata/1', { start, ...more })
}

async function countsOf(more: Partial<NodeDefinition>, crashAfterFirst = false): Promise<readonly string[]> {
  const counts: string[] = []
  const run = await runOn([counting(counts, more), node('issuing')], {}, async (stage) => {
    const { queue } = stage.world('issuing')
    await queue.add('print', { id: 'application-shop-1-1' })
    await stage.idle()
    if (crashAfterFirst) stage.crash('print:munakata/1')
    await queue.add('print', { id: 'application-shop-1-2' })
    await stage.idle()
  })
  expectFinished(run)
  return counts
}

describe('a node that forgets', () => {
  it('has of one job nothing at the next but what it keeps', async () => {
    expect(await countsOf({ forgets: true })).toEqual(['kept 1, own 1', 'kept 2, own 1'])
    expect(await countsOf({})).toEqual(['kept 1, own 1', 'kept 2, own 2'])
  })

  it('loses with a crash what it keeps, too', async () => {
    expect(await countsOf({ forgets: true }, true)).toEqual(['kept 1, own 1', 'kept 1, own 1'])
  })
})

describe('the memory of a step', () => {
  /** Whose memory the jobs of two applications share. */
  async function memories(forgets: boolean, keeps: boolean, listening: boolean): Promise<ReadonlySet<string>> {
    const touched: string[] = []
    const start = (keep: Keep): NodeInstance => {
      const turn = keeps ? keep('turn', () => ({ take: () => Promise.resolve() })) : undefined
      return {
        consumes: {
          queue: 'print',
          concurrency: 2,
          handle: async (world, { id }) => {
            await world.files.read(`${id}.img`)
            await turn?.take()
            await world.files.read(`${id}.img`)
            return 'ready'
          },
        },
      }
    }
    const options = listening ? { onTouch: (resource: string) => void touched.push(resource) } : {}
    const run = await runOn([node('print:munakata/1', { start, forgets }), node('issuing')], options, async (stage) => {
      const { queue } = stage.world('issuing')
      await Promise.all(['a', 'b'].map((id) => queue.add('print', { id })))
      await stage.idle()
    })
    expectFinished(run)
    // Each of two jobs calls the turn once, and its answer is waited for.
    expect(touched.filter((resource) => resource === 'memory:print:munakata/1/turn')).toHaveLength(keeps && listening ? 4 : 0)
    return new Set(run.trace.filter(({ name }) => name.includes('read work file')).map(({ memory }) => memory))
  }

  it('is that of its node, unless that forgets', async () => {
    expect((await memories(false, false, false)).size).toBe(1)
    expect((await memories(true, false, false)).size).toBe(2)
  })

  it('is its task\'s alone where the node keeps something only if each use of that is listened to', async () => {
    expect((await memories(true, true, false)).size).toBe(1)
    expect((await memories(true, true, true)).size).toBe(2)
    expect((await memories(false, true, true)).size).toBe(1)
  })
})
