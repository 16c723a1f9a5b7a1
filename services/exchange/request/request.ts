import type { FamilyQuestion, FamilyRegister } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'

/** What is asked, and for whom. */
export interface Asked {
  readonly application: string
  /** Counts from 1; each is one job's alone. */
  readonly attempt: number
  readonly question: FamilyQuestion
}

/** How the issuing system asks through the exchange: variants differ in what a request is called, and in what they make of the answer. */
export interface Requests {
  /** The register that the question is answered with. @throws Refusal NOT_IN_REGISTER, SERVER_ERROR */
  ask(world: World, municipality: string, asked: Asked): Promise<FamilyRegister>
}
export type RequestsFactory = () => Requests
