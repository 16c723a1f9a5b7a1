import { describe, expect, it } from 'vitest'
import { type Happening, nextScreen, type Screen, SCREENS } from '../../kiosk-sim/session-machine.ts'

const screens = Object.keys(SCREENS) as Screen[]
const table: Readonly<Record<Screen, Readonly<Record<string, Screen>>>> = SCREENS
const happenings = [...new Set(screens.flatMap((screen) => Object.keys(table[screen])))] as Happening[]

/** Screens to be reached from `start`. */
function reached(start: Screen): Set<Screen> {
  const seen = new Set([start])
  for (const screen of seen) for (const next of Object.values(table[screen])) seen.add(next)
  return seen
}

describe('the kiosk session as a table', () => {
  it('leads from idle to every screen', () => {
    expect(reached('idle')).toEqual(new Set(screens))
  })

  it.each(screens)('leads back to idle from %s', (screen) => {
    expect(reached(screen)).toContain('idle')
  })

  it('takes the way of domain.md from the first touch to the paper', () => {
    const way: Happening[] = ['touched', 'administrative', 'agreed', 'placed', 'read', 'chosen', 'entered', 'authenticated', 'cardTaken', 'chosen', 'chosen', 'chosen', 'sent', 'arrived', 'moneyIn', 'paid', 'printed', 'paperTaken']

    const seen: Screen[] = ['idle']
    for (const happening of way) seen.push(nextScreen(seen.at(-1)!, happening))

    expect(seen).toEqual(['idle', 'services', 'consent', 'card', 'reading', 'municipality', 'pin', 'checking', 'takeCard', 'type', 'persons', 'copies', 'confirm', 'waiting', 'payment', 'paying', 'printing', 'paper', 'idle'])
  })

  it('gives the card back before the certificate is chosen, or sounds the alarm, on every way', () => {
    const withCard: Screen[] = ['reading', 'municipality', 'pin', 'checking']
    const leaves = withCard.flatMap((screen) => Object.values(table[screen]).filter((next) => !withCard.includes(next)))

    expect(new Set(leaves)).toEqual(new Set(['takeCard', 'cardRefused', 'cardLeft']))
    expect(table.takeCard).toEqual({ cardTaken: 'type', cardTakenAfterCancel: 'idle', left: 'cardLeft' })
    expect(table.cardRefused).toEqual({ cardTaken: 'idle', left: 'cardLeft' })
  })

  it('takes money only after the certificate arrived, and prints only after money was taken', () => {
    const before = (screen: Screen) => screens.filter((from) => Object.values(table[from]).includes(screen))

    expect(before('payment')).toEqual(['waiting'])
    expect(before('paying')).toEqual(['payment'])
    expect(before('printing')).toEqual(['paying'])
    expect(before('paper')).toEqual(['printing'])
  })

  it('can be cancelled on every screen on which the person chooses, up to payment and never after', () => {
    const cancellable = screens.filter((screen) => 'cancel' in table[screen])

    expect(cancellable).toEqual(['services', 'consent', 'card', 'municipality', 'pin', 'type', 'persons', 'copies', 'confirm', 'waiting', 'payment'])
  })

  it('throws whatever cannot happen on a screen, and names both', () => {
    for (const screen of screens) {
      for (const happening of happenings) {
        if (happening in table[screen]) continue
        expect(() => nextScreen(screen, happening)).toThrow(`"${happening}" cannot happen on the screen "${screen}"`)
      }
    }
    expect(happenings.length).toBeGreaterThan(20)
  })

  it('knows nothing that objects have from birth', () => {
    expect(() => nextScreen('idle', 'toString' as Happening)).toThrow(RangeError)
  })
})
