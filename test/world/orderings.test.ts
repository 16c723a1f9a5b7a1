import { describe, expect, it } from 'vitest'
import { kioskOf } from '../../world/orderings.ts'
import { CountedIds } from '../../world/simulated/world.ts'

describe('the kiosk of an application', () => {
  it.each(['shop-1', 'city-hall-1', 'shop-12-3', '1', 'a-b-c-d'])('is found in its id: %s', (kiosk) => {
    const ids = new CountedIds()
    const made = [ids.next('application', kiosk), ids.next('application', kiosk)]

    expect(made.map(kioskOf)).toEqual([kiosk, kiosk])
  })

  it.each([undefined, '', 'session-shop-1-1', 'application-', 'application-1'])('is not made up: %s', (application) => {
    expect(kioskOf(application)).toBeUndefined()
  })
})
