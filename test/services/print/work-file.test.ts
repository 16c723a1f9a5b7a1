import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { partOf } from '../../../services/build.ts'
import { buildOf, CODE, eventsOf, runSmall } from '../small-system.ts'

const NODES = [`print:${CODE}/1`, `print:${CODE}/2`] as const
const IMAGE = { digest: 'd', pages: 1, body: 'd' }
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)

/** The names that two jobs on two nodes are given for their files, so many each, in an order drawn from the seed. */
const namesOf = async (variant: string, seed: number, each = 3): Promise<readonly string[]> => (await givenTo(variant, seed, each)).map(({ name }) => name)

/** Which job is given which name, and what keys are on record for whom. */
async function givenTo(variant: string, seed: number, each: number): Promise<readonly { application: string; name: string; recorded: readonly string[] }[]> {
  const given: { application: string; name: string }[] = []
  const { events } = await runSmall({ build: buildOf({ 'print/work-file': variant }, {}, 2), strategy: uniformStrategy(seed) }, async ({ stage }) => {
    await Promise.all(
      NODES.map(async (node, job) => {
        const world = stage.world(node)
        const { fileFor } = partOf(buildOf({ 'print/work-file': variant }), 'print/work-file')()
        for (let time = 0; time < each; time += 1) {
          const application = `application-${String(job)}-${String(time)}`
          const { name, written } = await fileFor(world, application, 1)
          await world.files.write(name, IMAGE)
          await written()
          given.push({ application, name })
        }
      }),
    )
  })
  const keys = eventsOf(events, 'info', 'key')
  return given.map((each) => ({ ...each, recorded: keys.filter(({ application }) => application === each.application).map(({ key }) => key) }))
}

const doubled = (names: readonly string[]): boolean => new Set(names).size < names.length

describe('the names of work files', () => {
  it('counts on where one job comes after the other (sequence-number)', async () => {
    const names: string[] = []
    await runSmall({}, async ({ stage }) => {
      const { fileFor } = partOf(buildOf({ 'print/work-file': 'sequence-number' }), 'print/work-file')()
      for (let job = 0; job < 3; job += 1) {
        const { name, written } = await fileFor(stage.world(NODES[0]), `application-${String(job)}`, 1)
        await written()
        names.push(name)
      }
    })

    expect(names).toEqual(['00000001.img', '00000002.img', '00000003.img'])
  })

  it('leaves no gap where a job fails before its file is there (sequence-number), and one where a number is a job\'s at once (own-number)', async () => {
    const second = async (variant: string): Promise<string> => {
      const { result } = await runSmall({}, async ({ stage }) => {
        const { fileFor } = partOf(buildOf({ 'print/work-file': variant }), 'print/work-file')()
        await fileFor(stage.world(NODES[0]), 'application-fails', 1)
        return (await fileFor(stage.world(NODES[0]), 'application-next', 1)).name
      })
      return result
    }

    expect([await second('sequence-number'), await second('own-number')]).toEqual(['00000001.img', '00000002.img'])
  })

  it('gives two jobs one name where both read the number before either has put it down (sequence-number)', async () => {
    const seeds: boolean[] = []
    for (const seed of SEEDS) seeds.push(doubled(await namesOf('sequence-number', seed, 1)))

    expect(seeds).toContain(true)
    expect(seeds).toContain(false)
  })

  it.each(['own-number', 'own-name'])('gives none to two, in whatever order (%s, seeds 1 to 40)', async (variant) => {
    for (const seed of SEEDS) expect(doubled(await namesOf(variant, seed))).toBe(false)
  })

  it('have one number on record for each job, and that is its own (own-number, seeds 1 to 40)', async () => {
    for (const seed of SEEDS) {
      for (const { name, recorded } of await givenTo('own-number', seed, 3)) expect(recorded.map((key) => `${key.padStart(8, '0')}.img`)).toEqual([name])
    }
  })
})
