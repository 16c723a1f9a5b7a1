import { parentPort, workerData } from 'node:worker_threads'
import { TorichigaeError } from '../contract/index.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { type NationalDayOptions, type Played, type Unit, UnitPlayer } from './national-day.ts'

/** A thread that plays municipal days: asked for one, it says what came of it. */
const player = new UnitPlayer({ ...(workerData as Omit<NationalDayOptions, 'catalogue' | 'onProgress'>), catalogue: readCatalogue() })

parentPort?.on('message', (unit: Unit) => {
  const answer = (played: Played): void => parentPort?.postMessage(played)
  void player.play(unit).then(answer, (error: unknown) => {
    // An error loses its class on the way to the other thread.
    if (!(error instanceof TorichigaeError)) throw error
    answer({ failed: { code: error.code, detail: error.detail } })
  })
})
