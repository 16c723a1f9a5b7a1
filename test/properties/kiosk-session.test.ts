import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Happening, type Screen, SCREENS } from '../../kiosk-sim/session-machine.ts'
import { runSession, type SessionEnd } from '../../kiosk-sim/session.ts'
import { type AtPanel, type Decision, waitsForPerson } from '../../kiosk-sim/visit.ts'
import { uniformStrategy } from '../../explore/strategies/uniform.ts'
import type { KioskWorld } from '../../world/ports.ts'
import { HANAKO } from '../oracle/history-builder.ts'
import { cardOf, eventsOf, runSmall, visitOf } from '../services/small-system.ts'

const SEED = Number(process.env['FC_SEED'] ?? 1507)
const FEE_YEN = 300
const APPLICATION = 'application-shop-1-1'

/** What a person knows of a kiosk: written from `domain.md`, section 2, and not from the table of screens. */
interface Model {
  screen: Screen
  card: 'person' | 'reader' | 'shop'
  triesLeft: number
  /** Has pressed cancel while the card was in the reader. */
  cancelling: boolean
  purseYen: number
  papers: number
  over: boolean
}

/** A person at the panel who does what somebody else says. */
class Puppet implements AtPanel {
  screen: Screen = 'idle'
  pin = ''
  private answer: ((decision: Decision) => void) | undefined
  private waiting: (() => void) | undefined

  sees(screen: Screen): void {
    this.screen = screen
  }

  decide(): Promise<Decision> {
    return new Promise((resolve) => {
      this.answer = resolve
      this.waiting?.()
    })
  }

  nextPin(): string {
    return this.pin
  }

  /** Resolves when the kiosk waits for the person. */
  asked(): Promise<void> {
    return this.answer !== undefined
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.waiting = resolve
        })
  }

  do(decision: Decision): void {
    const { answer } = this
    this.answer = undefined
    this.waiting = undefined
    answer?.(decision)
  }
}

/** The kiosk, and what can be seen of it from outside. */
interface Real {
  readonly world: KioskWorld
  readonly puppet: Puppet
  readonly ended: Promise<SessionEnd>
  end: SessionEnd | undefined
}

/** One thing a person does, wherever it can be done. */
class Touch implements fc.AsyncCommand<Model, Real> {
  constructor(
    private readonly does: Decision,
    private readonly pin = '1234',
  ) {}

  check({ screen, over, cancelling }: Readonly<Model>): boolean {
    if (over) return false
    if (this.does === 'nothing') return screen !== 'idle'
    if (screen === 'takeCard' && this.does === (cancelling ? 'cardTaken' : 'cardTakenAfterCancel')) return false
    return this.does in SCREENS[screen]
  }

  async run(model: Model, real: Real): Promise<void> {
    await real.puppet.asked()
    expect(real.puppet.screen).toBe(model.screen)
    real.puppet.pin = this.pin
    foresee(model, this.does, this.pin)
    real.puppet.do(this.does)
    await Promise.race([real.ended, real.puppet.asked()])
    expect(real.puppet.screen).toBe(model.over ? real.puppet.screen : model.screen)
    expect(real.end !== undefined).toBe(model.over)
    expect(await real.world.cash.held(APPLICATION)).toBe(model.papers * FEE_YEN)
  }

  toString(): string {
    return this.does === 'entered' ? `enters ${this.pin}` : this.does
  }
}

const FORWARD: Readonly<Partial<Record<Happening, Screen>>> = {
  touched: 'services', administrative: 'consent', agreed: 'card', placed: 'municipality', sent: 'payment', moneyIn: 'paper',
}

/** What follows, as a person would tell it. */
function foresee(model: Model, does: Decision, pin: string): void {
  const ends = (): void => {
    model.over = true
    if (model.card === 'reader') model.card = 'shop'
  }
  if (does === 'nothing') {
    // Nobody reads why it was cancelled either, but the kiosk shows it.
    if (model.screen === 'payment') model.screen = 'cancelled'
    else ends()
    return
  }
  if (does === 'cancel') {
    if (model.card === 'reader') {
      model.cancelling = true
      model.screen = 'takeCard'
    } else if (model.screen === 'payment') model.screen = 'cancelled'
    else model.over = true
  } else if (does === 'placed') {
    model.card = 'reader'
    model.screen = 'municipality'
  } else if (does === 'entered') enters(model, pin)
  else if (does === 'cardTaken' || does === 'cardTakenAfterCancel') {
    model.card = 'person'
    if (model.screen === 'takeCard' && !model.cancelling) model.screen = 'type'
    else model.over = true
  } else if (does === 'moneyIn' && model.purseYen < FEE_YEN) model.screen = 'cancelled'
  else if (does === 'moneyIn') {
    model.purseYen -= FEE_YEN
    model.papers += 1
    model.screen = 'paper'
  } else if (does === 'chosen') model.screen = NEXT_CHOICE[model.screen] ?? model.screen
  else if (does === 'paperTaken' || does === 'read' || does === 'ticketTaken') model.over = true
  else model.screen = FORWARD[does] ?? model.screen
}

const NEXT_CHOICE: Readonly<Partial<Record<Screen, Screen>>> = { municipality: 'pin', type: 'persons', persons: 'copies', copies: 'confirm' }

function enters(model: Model, pin: string): void {
  if (pin === '1234') {
    model.triesLeft = 3
    model.screen = 'takeCard'
    return
  }
  model.triesLeft -= 1
  model.screen = model.triesLeft === 0 ? 'cardRefused' : 'pin'
}

const happenings = [...new Set(Object.values(SCREENS).flatMap((screen) => Object.keys(screen)))] as Happening[]
const byPerson = happenings.filter((happening) => Object.entries(SCREENS).some(([screen, table]) => waitsForPerson(screen as Screen) && happening in table && happening !== 'left'))

describe(`a kiosk session under whatever a person does (fast-check seed ${String(SEED)})`, () => {
  it('is where a person expects it to be, gives the card back or sounds the alarm, and takes money for paper only', { timeout: 120_000 }, async () => {
    const ways = { paper: 0, refused: 0, left: 0 }
    const commands = [
      ...byPerson.filter((happening) => happening !== 'entered').map((happening) => fc.constant(new Touch(happening))),
      fc.constantFrom('1234', '1234', '0000').map((pin) => new Touch('entered', pin)),
      fc.constant(new Touch('nothing')),
    ]
    // Forward again and again, with something else in between: at random nobody would get as far as the paper.
    const forward = ['touched', 'administrative', 'agreed', 'placed', 'chosen', 'entered', 'cardTaken', 'chosen', 'chosen', 'chosen', 'sent', 'moneyIn', 'paperTaken'] as const
    const walks = fc.tuple(fc.integer({ min: 1, max: forward.length }), fc.commands(commands, { maxCommands: 30 }))

    await fc.assert(
      fc.asyncProperty(walks, fc.constantFrom(0, 299, 300, 10_000), fc.integer({ min: 1, max: 1_000 }), async ([far, more], purseYen, seed) => {
        const run = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
          const world = stage.kioskWorld('shop-1', { purseYen })
          const puppet = new Puppet()
          const ended = runSession(world, visitOf(HANAKO, { card: cardOf(HANAKO) }), puppet)
          const real: Real = { world, puppet, ended, end: undefined }
          void ended.then((end) => { real.end = end })
          const model: Model = { screen: 'idle', card: 'person', triesLeft: 3, cancelling: false, purseYen, papers: 0, over: false }
          const begin = forward.slice(0, far).map((does) => new Touch(does))
          for (const command of begin) if (command.check(model)) await command.run(model, real)
          await fc.asyncModelRun(() => ({ model, real }), more)
          // Whoever has done all that walks away, and the kiosk is as it was.
          while (!model.over) await new Touch('nothing').run(model, real)
          return { end: await ended, model }
        })
        const { end, model } = run.result
        const alarms = eventsOf(run.events, 'info', 'alarm').filter(({ op }) => op === 'sounds')

        expect(run.judgement.violations).toEqual([])
        expect(alarms.filter(({ about }) => about === 'card')).toHaveLength(model.card === 'shop' ? 1 : 0)
        expect(eventsOf(run.events, 'ok', 'print')).toHaveLength(model.papers)
        expect(end.end === 'paper').toBe(model.papers === 1)
        ways[end.end === 'paper' ? 'paper' : 'refused'] += 1
        ways.left += alarms.length
      }),
      { seed: SEED, numRuns: 300 },
    )

    expect(Math.min(...Object.values(ways))).toBeGreaterThan(10)
  })
})
