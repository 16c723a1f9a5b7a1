import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Resident } from '../../../contract/index.ts'
import { generatePopulation } from '../../../seeds/people/index.ts'
import {
  COMMON_FAMILY_NAMES,
  LADDER_FAMILY_NAMES,
  SELECTOR_FAMILY_NAMES,
  STANDING_SAKI_FAMILY_NAMES,
  SURROGATE_FAMILY_NAMES,
} from '../../../seeds/people/words/family-names.ts'
import { MUNAKATA, TODAY } from './people.ts'

/** A range or a list of characters that one variation selector applies to (cmap format 14). */
interface VariationSelector {
  readonly varSelector: number
  readonly defaultUVS?: Iterable<{ readonly startUnicodeValue: number; readonly additionalCount: number }>
  readonly nonDefaultUVS?: Iterable<{ readonly unicodeValue: number }>
}
/** What of fontkit is used here; it has no types of its own. */
interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean
  readonly _cmapProcessor: { readonly uvs?: { readonly varSelectors: { toArray(): VariationSelector[] } } }
}

const require = createRequire(import.meta.url)
const FONTS = [
  '@expo-google-fonts/biz-udmincho/400Regular/BIZUDMincho_400Regular.ttf',
  '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
]

/** A character with its selector, as one. */
const CLUSTERS = /[^\u{E0100}-\u{E01EF}][\u{E0100}-\u{E01EF}]?/gu

/** What one font can print: characters, and characters with a selector. */
class Repertoire {
  private readonly pairs = new Set<string>()
  constructor(private readonly font: ParsedFont) {
    for (const { varSelector, defaultUVS, nonDefaultUVS } of font._cmapProcessor.uvs?.varSelectors.toArray() ?? []) {
      const selector = String.fromCodePoint(varSelector)
      for (const { unicodeValue } of nonDefaultUVS ?? []) this.pairs.add(String.fromCodePoint(unicodeValue) + selector)
      for (const { startUnicodeValue, additionalCount } of defaultUVS ?? []) {
        for (let more = 0; more <= additionalCount; more += 1) this.pairs.add(String.fromCodePoint(startUnicodeValue + more) + selector)
      }
    }
  }

  prints(cluster: string): boolean {
    const codePoint = cluster.codePointAt(0)!
    return String.fromCodePoint(codePoint) === cluster ? this.font.hasGlyphForCodePoint(codePoint) : this.pairs.has(cluster)
  }
}

let fonts: readonly Repertoire[] = []
beforeAll(() => {
  const fontkit = require('fontkit') as { create(bytes: Buffer): ParsedFont }
  fonts = FONTS.map((file) => new Repertoire(fontkit.create(readFileSync(require.resolve(file)))))
})

/** The clusters of `texts` that no font has, each once. */
function unprintable(texts: readonly string[]): string[] {
  const clusters = new Set(texts.flatMap((text) => text.match(CLUSTERS) ?? []))
  return [...clusters].filter((cluster) => !fonts.some((font) => font.prints(cluster)))
}

const textsOf = (person: Resident): string[] => [
  ...Object.values(person).filter((value) => typeof value === 'string'),
  ...Object.values(person.foreign ?? {}),
]

describe('what is in the register', () => {
  it.each([1, 2, 3])('can be printed with the two fonts, for every person of seed %d', (seed) => {
    const people = generatePopulation({ seed, size: 3_000, municipality: MUNAKATA, today: TODAY })

    expect(unprintable(people.flatMap(textsOf))).toEqual([])
  })

  it('can be printed for every family name of the lists, drawn or not', () => {
    const listed = [COMMON_FAMILY_NAMES, LADDER_FAMILY_NAMES, STANDING_SAKI_FAMILY_NAMES, SURROGATE_FAMILY_NAMES].flat().map(({ name }) => name)
    const variants = SELECTOR_FAMILY_NAMES.flatMap(({ names }) => names)

    expect(unprintable([...listed, ...variants])).toEqual([])
  })

  it('would be missed by these fonts if it were rarer: they lack 邉 with its second selector, and 齌', () => {
    expect(unprintable(['渡邉\u{E0101}', '齌藤'])).toEqual(['邉\u{E0101}', '齌'])
  })

  it('needs the second font and the selectors: neither font alone, nor characters alone, would do', () => {
    const [mincho, serif] = fonts

    expect([mincho!.prints('\u{20BB7}'), serif!.prints('\u{20BB7}')]).toEqual([false, true])
    expect([mincho!.prints('葛\u{E0101}'), serif!.prints('葛\u{E0101}')]).toEqual([true, false])
  })
})
