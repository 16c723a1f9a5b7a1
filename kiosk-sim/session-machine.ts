/**
 * The kiosk session (`domain.md`, section 2) as a table: for each screen what can happen on it and which screen follows.
 *
 *   idle -> services -> consent -> card -> municipality -> pin -> (card is taken back) -> type -> persons -> copies
 *        -> confirm -> waiting -> payment -> printing -> paper -> idle
 *
 * `cardRefused`, `refused` and `cancelled` end a session before money is taken, the first with the card still in the reader;
 * `trouble` is after that, and gives a refund ticket.
 */
export const SCREENS = {
  idle: { touched: 'services' },
  services: { administrative: 'consent', cancel: 'idle' },
  consent: { agreed: 'card', cancel: 'idle' },
  card: { placed: 'municipality', cancel: 'idle' },
  municipality: { chosen: 'pin', cancel: 'takeCard' },
  pin: { entered: 'checking', cancel: 'takeCard' },
  checking: { authenticated: 'takeCard', pinWrong: 'pin', refused: 'cardRefused' },
  takeCard: { cardTaken: 'type', cardTakenAfterCancel: 'idle' },
  type: { chosen: 'persons', cancel: 'idle' },
  persons: { chosen: 'copies', cancel: 'idle' },
  copies: { chosen: 'confirm', cancel: 'idle' },
  confirm: { sent: 'waiting', cancel: 'idle' },
  waiting: { arrived: 'payment', refused: 'refused', timedOut: 'refused', cancel: 'cancelled' },
  payment: { paid: 'printing', moneyShort: 'cancelled', cancel: 'cancelled' },
  printing: { printed: 'paper', failed: 'trouble' },
  paper: { paperTaken: 'idle' },
  cardRefused: { cardTaken: 'idle' },
  refused: { read: 'idle' },
  cancelled: { read: 'idle' },
  trouble: { ticketTaken: 'idle' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

export type Screen = keyof typeof SCREENS
type TouchesOf<S extends Screen> = S extends Screen ? Extract<keyof (typeof SCREENS)[S], string> : never
export type Happening = TouchesOf<Screen>

/** The screen after `happening`. @throws RangeError if that cannot happen on this screen. */
export function nextScreen(screen: Screen, happening: Happening): Screen {
  const table: Readonly<Record<string, Screen>> = SCREENS[screen]
  const next = Object.hasOwn(table, happening) ? table[happening] : undefined
  if (next === undefined) throw new RangeError(`"${happening}" cannot happen on the screen "${screen}"`)
  return next
}
