import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { drawSheets } from '../../../../world/live/paper/draw.ts'
import { renderPages } from '../../../../world/live/paper/render.ts'
import { aPerson, sealSheet, sheetsFor, singleSheet } from './sheets.ts'

/** A picture of 72 dots an inch: a dot is a point. */
interface Dots {
  readonly width: number
  readonly height: number
  /** The three colours of a dot. */
  at(x: number, y: number): readonly [number, number, number]
}

/** Decodes what `renderPages` writes: true colour, no filters, one chunk of data. */
function decode(png: Uint8Array): Dots {
  const bytes = Buffer.from(png)
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const data = bytes.indexOf('IDAT')
  const rows = inflateSync(bytes.subarray(data + 4, data + 4 + bytes.readUInt32BE(data - 4)))
  const stride = 1 + 3 * width
  return { width, height, at: (x, y) => [0, 1, 2].map((i) => rows[y * stride + 1 + 3 * x + i] ?? 0) as [number, number, number] }
}

const is = {
  red: ([r, g, b]: readonly number[]) => r! > 170 && g! < 110 && b! < 110,
  watermark: ([r, g, b]: readonly number[]) => r === 237 && g === 237 && b === 237,
}

function count(dots: Dots, [x0, y0, x1, y1]: readonly [number, number, number, number], matches: (dot: readonly number[]) => boolean): number {
  let found = 0
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) if (matches(dots.at(x, y))) found += 1
  return found
}

describe('a page as a picture', () => {
  it('is A4, one picture a sheet', async () => {
    const pages = await renderPages(await drawSheets(sheetsFor(Array.from({ length: 5 }, () => aPerson()))), 72)

    expect(pages.map(decode).map(({ width, height }) => [width, height])).toEqual([[595, 842], [595, 842]])
  })

  it('bears the watermark across every page, whoever is on it', async () => {
    const pages = await renderPages(await drawSheets(sheetsFor(Array.from({ length: 5 }, () => aPerson()))), 72)

    for (const page of pages) expect(count(decode(page), [100, 250, 500, 650], is.watermark)).toBeGreaterThan(10_000)
  })

  it('has the seal beside the mayor\'s name, in red', async () => {
    const [page] = await renderPages(await drawSheets(singleSheet(aPerson())), 72)
    const dots = decode(page!)

    expect(count(dots, [400, 700, 520, 790], is.red)).toBeGreaterThan(200)
    expect(count(dots, [40, 120, 540, 690], is.red)).toBe(0)
  })

  it.each(['林', '鈴木花子', '長谷川三代子', '鈴'.repeat(22)])('has the impression %s as a red stamp within its cell, and red nowhere else on the form', async (impression) => {
    const [page] = await renderPages(await drawSheets([sealSheet({ impression })]), 72)
    const dots = decode(page!)
    const stamp = [230, 160, 430, 230] as const

    expect(count(dots, stamp, is.red)).toBeGreaterThan(100)
    expect(count(dots, [40, 100, 555, 690], is.red)).toBe(count(dots, stamp, is.red))
    expect(count(dots, [100, 250, 500, 650], is.watermark)).toBeGreaterThan(10_000)
  })

  it('shows 葛 with U+E0100 otherwise than 葛, and with U+E0101 alike', async () => {
    const picture = async (name: string) => Buffer.from((await renderPages(await drawSheets(singleSheet(aPerson({ name }))), 150))[0]!)
    const [plain, first, second] = await Promise.all(['葛', '葛\u{E0100}', '葛\u{E0101}'].map(picture))

    expect(first!.equals(plain!)).toBe(false)
    expect(second!.equals(plain!)).toBe(true)
  })

  it('is refused for what is no PDF, and for a resolution out of bounds', async () => {
    await expect(renderPages(new Uint8Array(3))).rejects.toMatchObject({ code: 'UNREADABLE_IMAGE' })
    await expect(renderPages(new Uint8Array(3), 10_000)).rejects.toBeInstanceOf(RangeError)
  })
})
