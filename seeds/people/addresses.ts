import type { Municipality } from '../../contract/index.ts'
import { at, between, chance, oneOf, shuffledNumbers } from './draw.ts'
import { keyedRandom, type Draw } from './keyed-random.ts'
import { keyedPermutation, type Permutation } from './permutation.ts'
import { BUILDING_KINDS, BUILDING_NAMES, ELSEWHERE, TOWN_FIRST_PARTS, TOWN_SECOND_PARTS } from './words/places.ts'

/**
 * Addresses of one municipality. No two households share one, by arithmetic: a lot is a shuffle of the household's number,
 * and the households of one building live on floors of their own. Towns differ in how they write (三丁目４番５号,
 * １２０３番地５, ３－４－５), as towns do. There is no space before a building's name, so that an address is one word.
 */
export interface Addresses {
  /** Where household `number` lives. */
  ofHousehold(number: number): string
  /** Somewhere in this municipality; may be anybody's. */
  within(draw: Draw): string
  /** Somewhere in another municipality. */
  elsewhere(draw: Draw): string
  /** A registered domicile, in this municipality or another: a lot without a building. */
  domicile(draw: Draw): string
}

const TOWNS = 24
const DISTRICTS = 9
const BLOCKS = 99
const HOUSES = 99
const LOTS = TOWNS * DISTRICTS * BLOCKS * HOUSES
/** Lots below are for houses, those from here on for buildings. */
const BUILDING_LOTS_FROM = Math.floor(LOTS * 0.75)
const HOUSEHOLDS_PER_BUILDING = 8
const WIDE_DIGITS = '０１２３４５６７８９'
const KANJI_DIGITS = '一二三四五六七八九'

/** The addresses that `municipality` has under `seed`; its towns are the same under every seed. */
export function addressesOf(seed: number, municipality: Municipality): Addresses {
  const { code } = municipality
  const own = municipality.prefecture + municipality.name
  const others = ELSEWHERE.filter((place) => place !== own)
  const towns = townsOf(code)
  const lots = keyedPermutation(seed, `${code}/lot`, TOWNS * DISTRICTS, BLOCKS * HOUSES)
  const random = (key: string): Draw => keyedRandom(seed, `${code}/${key}`)
  return {
    ofHousehold: (number) => own + homeOf(random, lots, towns, number),
    within: (draw) => own + lotWords(towns, between(draw, 0, BUILDING_LOTS_FROM - 1)),
    elsewhere: (draw) => oneOf(draw, others) + somewhere(draw, chance(draw, 0.4)),
    domicile: (draw) => {
      if (chance(draw, 0.4)) return oneOf(draw, others) + somewhere(draw, false)
      return `${own}${oneOf(draw, towns)}${wideDigits(between(draw, 1, 1_999))}番地`
    },
  }
}

function homeOf(random: (key: string) => Draw, lots: Permutation, towns: readonly string[], number: number): string {
  const group = Math.floor(number / HOUSEHOLDS_PER_BUILDING)
  const draw = random(`household/${String(number)}/address`)
  if (!chance(draw, 0.4)) return lotWords(towns, lots(number % BUILDING_LOTS_FROM))
  const building = random(`building/${String(group)}`)
  const name = oneOf(building, BUILDING_KINDS) + oneOf(building, BUILDING_NAMES)
  const room = `${String((number % HOUSEHOLDS_PER_BUILDING) + 1)}0${String(between(draw, 1, 8))}`
  const lot = lots(BUILDING_LOTS_FROM + (group % (LOTS - BUILDING_LOTS_FROM)))
  return `${lotWords(towns, lot)}${name}${wideDigits(room)}号室`
}

/** A town's way of writing goes by its place in the list. */
function lotWords(towns: readonly string[], lot: number): string {
  const townAt = Math.floor(lot / (DISTRICTS * BLOCKS * HOUSES))
  const district = (Math.floor(lot / (BLOCKS * HOUSES)) % DISTRICTS) + 1
  const block = (Math.floor(lot / HOUSES) % BLOCKS) + 1
  const house = (lot % HOUSES) + 1
  const town = at(towns, townAt)
  if (townAt % 6 === 5) return `${town}${wideDigits(district)}－${wideDigits(block)}－${wideDigits(house)}`
  if (townAt % 2 === 1) return `${town}${wideDigits(district * 100 + block)}番地${wideDigits(house)}`
  return `${town}${KANJI_DIGITS.charAt(district - 1)}丁目${wideDigits(block)}番${wideDigits(house)}号`
}

function somewhere(draw: Draw, inBuilding: boolean): string {
  const town = oneOf(draw, TOWN_FIRST_PARTS) + oneOf(draw, TOWN_SECOND_PARTS)
  const lot = `${wideDigits(between(draw, 1, 1_999))}番地`
  if (!inBuilding) return town + lot
  const building = oneOf(draw, BUILDING_KINDS) + oneOf(draw, BUILDING_NAMES)
  return `${town}${lot}${building}${wideDigits(between(draw, 1, 9) * 100 + between(draw, 1, 9))}号室`
}

function townsOf(code: string): string[] {
  const all = TOWN_FIRST_PARTS.flatMap((first) => TOWN_SECOND_PARTS.map((second) => first + second))
  const order = shuffledNumbers(keyedRandom(0, `${code}/towns`), all.length)
  return order.slice(0, TOWNS).map((town) => at(all, town))
}

/** Digits as registers write them: full-width. */
function wideDigits(number: number | string): string {
  let wide = ''
  for (const digit of String(number)) wide += WIDE_DIGITS[Number(digit)] ?? digit
  return wide
}
