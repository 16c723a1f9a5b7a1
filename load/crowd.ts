import { keyedStream } from '../world/keyed-random.ts'
import { naturalPerDay } from '../scenario/natural-rate.ts'
import { type Visitor, Visitors } from '../scenario/visitors.ts'
import { weighted } from '../scenario/weighted.ts'
import type { LoadGround, Place } from './venue.ts'

/** Somebody who comes, and where he or she lives. */
export interface Arrival {
  readonly place: Place
  readonly visitor: Visitor
}

/**
 * Who comes to the kiosks of a load. Of several municipalities each sends as many of a hundred people as by nature: the load
 * is then the same multiple of the natural rate for each of them.
 */
export class Crowd {
  private readonly sources: readonly { readonly place: Place; readonly visitors: Visitors }[]
  private readonly weights: readonly number[]

  /** @throws TorichigaeError BAD_FILE where nobody knows how many come from a municipality */
  constructor(
    { places, date, profile }: LoadGround,
    private readonly seed: number,
  ) {
    this.sources = places.map((place) => ({ place, visitors: new Visitors({ ...place, date }, profile.mix, seed) }))
    this.weights = places.map(({ municipality: { code } }) => naturalPerDay(profile, code))
  }

  /** Arrival number `index`. Its draws are its own, and who comes from a place is the same whoever comes from others. */
  arrival(index: number): Arrival {
    const at = this.sources.length === 1 ? 0 : weighted(this.weights, keyedStream(this.seed, `arrival/${String(index)}/municipality`))
    const source = this.sources[at]
    if (source === undefined) throw new RangeError('a load needs a municipality')
    return { place: source.place, visitor: source.visitors.visitor(index) }
  }
}
