/**
 * Dates as certificates print them: by era (令和5年3月27日). Written out here and not left to `Intl`, whose era names and
 * spacing differ between versions of ICU.
 *
 * The first day of each era is law: Meiji 1868-10-23 (civil use from 1873), Taisho 1912-07-30, Showa 1926-12-25,
 * Heisei 1989-01-08, Reiwa 2019-05-01.
 */
const ERAS = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '明治', from: '1868-10-23' },
] as const

/** An era date on paper: `令和元年5月1日`, the first year of an era being 元年. */
export const ERA_DATE_PATTERN = '(?:令和|平成|昭和|大正|明治)(?:元|\\d{1,2})年\\d{1,2}月\\d{1,2}日'

/**
 * `2023-03-27` to `令和5年3月27日`.
 * @throws RangeError for a date before Meiji or one that is no ISO date.
 */
export function toEraDate(iso: string): string {
  const era = ERAS.find(({ from }) => iso >= from)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso) || era === undefined) throw new RangeError(`no era date for "${iso}"`)
  const year = Number(iso.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1
  return `${era.name}${year === 1 ? '元' : String(year)}年${String(Number(iso.slice(5, 7)))}月${String(Number(iso.slice(8)))}日`
}

/** The inverse of {@link toEraDate}; `undefined` where the text is no era date. */
export function fromEraDate(text: string): string | undefined {
  const match = /^(..)(元|\d{1,2})年(\d{1,2})月(\d{1,2})日$/.exec(text)
  const era = ERAS.find(({ name }) => name === match?.[1])
  if (match === null || era === undefined) return undefined
  const year = Number(era.from.slice(0, 4)) + (match[2] === '元' ? 1 : Number(match[2])) - 1
  return `${String(year)}-${(match[3] ?? '').padStart(2, '0')}-${(match[4] ?? '').padStart(2, '0')}`
}
