import type { Image } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'
import type { Composition } from '../compose.ts'

/** The steps of one job, in the order in which a variant has to take them. */
export interface PrintJob {
  /** Looks the people up and lays the sheets out. @throws Refusal where request and register do not match. */
  compose(): Promise<Composition>
  /** Prints the sheets to an image, in turn. @throws Refusal */
  print(composition: Composition): Promise<Image>
  /** Gives the image to the application, which is then ready. @throws Refusal if it may not have it any more. */
  handOver(image: Image | undefined): Promise<void>
}

/** The output stage: takes a job from its data to the image that is handed over. Its buffer is what variants differ in. */
export interface Output {
  produce(world: World, job: PrintJob): Promise<void>
}

export type OutputFactory = () => Output
