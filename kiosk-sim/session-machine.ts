/**
 * The kiosk session (`domain.md`, section 2) as a table: for each screen what can happen on it and which screen follows.
 *
 *   idle -> services -> consent -> card -> reading -> municipality -> pin -> checking -> (card is taken back) -> type
 *        -> persons -> copies -> confirm -> waiting -> payment -> paying -> printing -> paper -> idle
 *
 * `cardRefused`, `refused` and `cancelled` end a session before money is taken, the first with the card still in the reader;
 * `trouble` is after that, and gives a refund ticket. `cardLeft` and `paperLeft` sound an alarm until somebody presses stop.
 */
export const SCREENS = {
  idle: { touched: 'services' },
  services: { administrative: 'consent', cancel: 'idle' },
  consent: { agreed: 'card', cancel: 'idle' },
  card: { placed: 'reading', cancel: 'idle' },
  reading: { read: 'municipality', refused: 'cardRefused' },
  municipality: { chosen: 'pin', cancel: 'takeCard', left: 'cardLeft' },
  pin: { entered: 'checking', cancel: 'takeCard', left: 'cardLeft' },
  checking: { authenticated: 'takeCard', pinWrong: 'pin', refused: 'cardRefused' },
  takeCard: { cardTaken: 'type', cardTakenAfterCancel: 'idle', left: 'cardLeft' },
  type: { chosen: 'persons', cancel: 'idle' },
  persons: { chosen: 'copies', cancel: 'idle' },
  copies: { chosen: 'confirm', cancel: 'idle' },
  confirm: { sent: 'waiting', cancel: 'idle' },
  waiting: { arrived: 'payment', refused: 'refused', timedOut: 'refused', cancel: 'cancelled' },
  payment: { moneyIn: 'paying', cancel: 'cancelled' },
  paying: { paid: 'printing', moneyShort: 'cancelled' },
  printing: { printed: 'paper', failed: 'trouble' },
  paper: { paperTaken: 'idle', left: 'paperLeft' },
  cardRefused: { cardTaken: 'idle', left: 'cardLeft' },
  refused: { read: 'idle' },
  cancelled: { read: 'idle' },
  trouble: { ticketTaken: 'idle' },
  cardLeft: { stopped: 'idle' },
  paperLeft: { stopped: 'idle' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

export type Screen = keyof typeof SCREENS
type HappeningsOf<S extends Screen> = S extends Screen ? Extract<keyof (typeof SCREENS)[S], string> : never
export type Happening = HappeningsOf<Screen>

/** Screens on which a person who stands there can press cancel. */
export type CancelScreen = { [S in Screen]: (typeof SCREENS)[S] extends { readonly cancel: string } ? (S extends 'waiting' ? never : S) : never }[Screen]

/** The same as a list. While the certificate is being made, it is patience that ends. */
export const CANCEL_SCREENS = (Object.keys(SCREENS) as Screen[]).filter((screen): screen is CancelScreen => 'cancel' in SCREENS[screen] && screen !== 'waiting')

/** The screen after `happening`. @throws RangeError if that cannot happen on this screen. */
export function nextScreen(screen: Screen, happening: Happening): Screen {
  const table: Readonly<Record<string, Screen>> = SCREENS[screen]
  const next = Object.hasOwn(table, happening) ? table[happening] : undefined
  if (next === undefined) throw new RangeError(`"${happening}" cannot happen on the screen "${screen}"`)
  return next
}
