import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Refusal } from '../../../contract/index.ts'
import { clustersOf, type Cluster } from './clusters.ts'
import { Face, isBlank } from './face.ts'

/**
 * The fonts of paper, in the order in which they are asked: BIZ UDMincho, then Noto Serif JP for what it lacks (𠮷). Both
 * are under the Open Font License. What neither has is refused, never replaced.
 */
const FONT_FILES = [
  '@expo-google-fonts/biz-udmincho/400Regular/BIZUDMincho_400Regular.ttf',
  '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
] as const

/** A cluster and what draws it. `width` is in thousandths of the type size. */
export interface PlacedGlyph {
  readonly cluster: Cluster
  readonly face: Face
  readonly glyph: number
  readonly width: number
}

/** Some faces, asked in their order. */
export class Fonts {
  private readonly placed = new Map<Cluster, PlacedGlyph>()
  constructor(readonly faces: readonly Face[]) {}

  /**
   * What draws each cluster of `text`. A blank takes the face of what stands beside it: set by itself, for a face of its own,
   * it would be no word that a reader of the page could see.
   * @throws Refusal GLYPH_PENDING if a cluster has no glyph.
   */
  place(text: string): PlacedGlyph[] {
    const placed = clustersOf(text).map((cluster) => this.placeOne(cluster))
    let beside = placed.find(({ cluster }) => !isBlank(cluster))?.face
    return placed.map((glyph) => {
      if (isBlank(glyph.cluster)) return beside === undefined ? glyph : (placeIn(beside, glyph.cluster) ?? glyph)
      beside = glyph.face
      return glyph
    })
  }

  private placeOne(cluster: Cluster): PlacedGlyph {
    const known = this.placed.get(cluster)
    if (known !== undefined) return known
    for (const face of this.faces) {
      const placed = placeIn(face, cluster)
      if (placed === undefined) continue
      this.placed.set(cluster, placed)
      return placed
    }
    throw new Refusal('GLYPH_PENDING')
  }
}

function placeIn(face: Face, cluster: Cluster): PlacedGlyph | undefined {
  const glyph = face.glyph(cluster)
  return glyph === undefined ? undefined : { cluster, face, glyph, width: face.width(glyph) }
}

/** Reads and parses both font files (13 MB); takes some milliseconds, so once a process. */
export function loadFonts(): Fonts {
  const { resolve } = createRequire(import.meta.url)
  return new Fonts(FONT_FILES.map((file) => Face.parse(readFileSync(resolve(file)))))
}
