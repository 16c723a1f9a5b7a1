import type { Scenario } from '../scenario/scenario-file.ts'

/** The place and day of a scenario, with so many people at as many kiosks in its stead, one a second. */
export function crowd({ until: _, ...scenario }: Scenario, kiosks: number): Scenario {
  const script = Array.from({ length: kiosks }, (_, index) => {
    const second = String(index % 60).padStart(2, '0')
    const minute = String(Math.floor(index / 60)).padStart(2, '0')
    return { at: `10:${minute}:${second}`, kiosk: `shop-${String(index + 1)}`, who: 'neighbour', apply: 'residence-record' as const }
  })
  return { ...scenario, script }
}
