import { type Municipality, Refusal } from '../../contract/index.ts'
import type { Consumer } from '../../world/node.ts'
import type { Row, World } from '../../world/ports.ts'
import { type Application, attemptsOver, becomeFailed, becomeReady, beginPrinting } from '../issuing/applications.ts'
import type { FinalMatch } from '../issuing/final-match/final-match.ts'
import type { ReplicaLock } from '../link/replica-lock/replica-lock.ts'
import { compose } from './compose.ts'
import type { Requests } from '../exchange/request/request.ts'
import type { Forms } from './forms/forms.ts'
import type { OnError } from './on-error/on-error.ts'
import type { Output } from './output/output.ts'
import type { Passing } from './passing/passing.ts'
import { printImage } from './print-image.ts'
import type { Turn } from './turn/turn.ts'
import type { WorkFileNames } from './work-file/work-file.ts'

/** The parts a print worker is put together from. Forms, passing, turn and output live as long as the worker does; all its jobs share them. */
export interface WorkerParts {
  readonly forms: Forms
  readonly requests: Requests
  readonly passing: Passing
  readonly turn: Turn
  readonly output: Output
  readonly onError: OnError
  readonly workFile: WorkFileNames
  readonly finalMatch: FinalMatch
  readonly replicaLock: ReplicaLock
}

/** The print pipeline of one worker: takes a job from the queue to an image at the application, or to a refusal. */
export function createWorker(municipality: Municipality, concurrency: number, parts: WorkerParts): Consumer {
  return {
    queue: 'print',
    concurrency,
    async handle(world, { id }) {
      const row = await beginPrinting(world, id)
      await clearUp(world, parts.workFile.leftBy(id, row === undefined ? await attemptsOver(world, id) : row.data.attempt - 1))
      if (row === undefined) return 'over'
      try {
        await print(world, municipality, parts, row)
        return 'ready'
      } catch (error) {
        if (!(error instanceof Refusal) || parts.onError.isTriedAgain(error.code, row.data.attempt)) throw error
        world.log.error(error.code)
        await becomeFailed(world, row, error.code)
        return error.code
      }
    },
  }
}

/**
 * Removes what earlier attempts left. A worker that died removed nothing, and its job comes back to be taken over; one that
 * only seemed dead can change the application no more, and without its file it ends sooner.
 */
async function clearUp(world: World, left: readonly string[]): Promise<void> {
  for (const name of left) await world.files.remove(name)
}

async function print(world: World, municipality: Municipality, parts: WorkerParts, row: Row<Application>): Promise<void> {
  let persons: readonly string[] = []
  await parts.output.produce(world, {
    compose: async () => {
      await parts.replicaLock.pass(world)
      const composition = await compose(world, municipality, parts, row)
      persons = composition.persons
      return { ...composition, sheets: await parts.passing.pass(world, row.data.wish.type, composition.sheets) }
    },
    print: ({ sheets }) =>
      parts.turn.inTurn(world, async (signal) => printImage(world, await parts.workFile.fileFor(world, row.key, row.data.attempt), sheets, signal)),
    handOver: async (image) => {
      await parts.finalMatch.check(world, row.data, image)
      if (!(await becomeReady(world, row, image, persons))) throw new Refusal('USER_CANCELLED')
    },
  })
}
