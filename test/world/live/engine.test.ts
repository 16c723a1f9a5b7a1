import { afterAll } from 'vitest'
import { createLiveEngine, LiveEngineRoom } from '../../../world/live/engine.ts'
import { drawSheets } from '../../../world/live/paper/draw.ts'
import { closeReaders, readPdf } from '../../../world/live/paper/read.ts'
import type { EngineSettings } from '../../../world/node.ts'
import { describeEngineContract } from '../contract/engine.ts'
import type { Subject } from '../contract/subject.ts'
import { onSkippedClock } from './live-subject.ts'

function subject(settings: EngineSettings): Subject {
  let room: LiveEngineRoom | undefined
  return onSkippedClock((task, clock) => {
    room ??= new LiveEngineRoom(settings, clock)
    return { engine: createLiveEngine({ task, room, paper: { drawSheets, readPdf } }) }
  })
}

describeEngineContract('the live world', subject)

afterAll(() => closeReaders())
