/** A point of a contour; off-curve points are the controls of quadratic curves. */
interface Point {
  readonly x: number
  readonly y: number
  readonly onCurve: boolean
}

/**
 * A simple TrueType outline as PDF path operators in font units, for drawings that must not be read as text. Filling is left
 * to the caller. @throws Error for a glyph made of others.
 */
export function outlinePath(outline: DataView): string {
  return contoursOf(outline).map(contourPath).join('\n')
}

function contoursOf(outline: DataView): Point[][] {
  const count = outline.getInt16(0)
  if (count < 0) throw new Error('the font has a compound glyph, which is not supported')
  const ends = Array.from({ length: count }, (_, i) => outline.getUint16(10 + 2 * i))
  const points = pointsOf(outline, (ends.at(-1) ?? -1) + 1, 12 + 2 * count + outline.getUint16(10 + 2 * count))
  return ends.map((end, i) => points.slice((ends[i - 1] ?? -1) + 1, end + 1))
}

/** Flags, then x, then y, each packed (OpenType, `glyf`). */
function pointsOf(outline: DataView, count: number, at: number): Point[] {
  const flags: number[] = []
  while (flags.length < count) {
    const flag = outline.getUint8(at++)
    const times = (flag & 8) === 0 ? 1 : 1 + outline.getUint8(at++)
    for (let i = 0; i < times; i += 1) flags.push(flag)
  }
  const axis = (short: number, same: number): number[] => {
    let value = 0
    return flags.map((flag) => {
      if ((flag & short) !== 0) value += (flag & same) === 0 ? -outline.getUint8(at++) : outline.getUint8(at++)
      else if ((flag & same) === 0) {
        value += outline.getInt16(at)
        at += 2
      }
      return value
    })
  }
  const xs = axis(2, 16)
  const ys = axis(4, 32)
  return flags.map((flag, i) => ({ x: xs[i] ?? 0, y: ys[i] ?? 0, onCurve: (flag & 1) !== 0 }))
}

function contourPath(points: readonly Point[]): string {
  const ring = withImpliedPoints(points)
  const start = ring.findIndex(({ onCurve }) => onCurve)
  const at = (i: number): Point => ring[(start + i) % ring.length] ?? { x: 0, y: 0, onCurve: true }
  let path = `${pair(at(0))} m`
  for (let i = 1; i <= ring.length; i += 1) {
    if (at(i).onCurve) path += ` ${pair(at(i))} l`
    else {
      path += ` ${cubic(at(i - 1), at(i), at(i + 1))}`
      i += 1
    }
  }
  return `${path} h`
}

/** Between two off-curve points stands one on the curve, half way. */
function withImpliedPoints(points: readonly Point[]): Point[] {
  return points.flatMap((point, i) => {
    const next = points[(i + 1) % points.length] ?? point
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, onCurve: true }
    return point.onCurve || next.onCurve ? [point] : [point, middle]
  })
}

/** PDF has cubic curves only; this is the same curve. */
function cubic(from: Point, control: Point, to: Point): string {
  const towards = (end: Point): Point => ({
    x: end.x + (2 / 3) * (control.x - end.x),
    y: end.y + (2 / 3) * (control.y - end.y),
    onCurve: false,
  })
  return `${pair(towards(from))} ${pair(towards(to))} ${pair(to)} c`
}

function pair({ x, y }: Point): string {
  return `${String(Math.round(x))} ${String(Math.round(y))}`
}
