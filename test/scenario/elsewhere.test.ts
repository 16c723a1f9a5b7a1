import { describe, expect, it } from 'vitest'
import { judge } from '../../oracle/index.ts'
import { narrate } from '../../report/narrative.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { scriptPlan } from '../../scenario/plan.ts'
import type { ScriptEntry } from '../../scenario/script.ts'
import { layGround, settle } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'

const catalogue = readCatalogue()
const kawasaki = catalogue.incident('K3')
const cast = { may: 'elsewhere:registered,adult', soon: 'elsewhere:pending,adult', never: 'elsewhere:unregistered,adult' }
const asks = (at: string, who: keyof typeof cast): ScriptEntry => ({ at, kiosk: 'shop-1', who, apply: 'family-register' })

/** What became of each application, and of the whole run. */
async function played(script: readonly ScriptEntry[]) {
  const incident = { ...kawasaki, people: { ...kawasaki.people, cast } }
  const ground = layGround(incident, catalogue, simulatedPress)
  const { history } = await performSimulated(scriptPlan(ground, catalogue.build('repaired'), 1, { script: [...script] }))
  const ends = history.events.flatMap((event) => (event.type === 'fail' && event.f === 'authenticate' ? [event.code] : event.type === 'ok' && event.f === 'print' ? ['paper'] : []))
  return { ends, judgement: judge(history), told: narrate(history).map(({ sentence }) => sentence) }
}

describe('people who live elsewhere, at a kiosk (seed 1)', () => {
  it('get their family register once they are registered for use, and not before', async () => {
    const { ends, judgement } = await played([asks('10:00:00', 'may'), asks('10:10:00', 'soon'), asks('10:20:00', 'never')])

    expect(ends).toEqual(['paper', 'DOMICILE_USE_NOT_REGISTERED', 'DOMICILE_USE_NOT_REGISTERED'])
    expect(judgement).toMatchObject({ verdict: 'pass', wrongPapers: 0, checks: { ENTITLED: 'pass', SUBJECT: 'pass' } })
  })

  it('are registered for use by the script', async () => {
    const { ends, judgement, told } = await played([{ at: '10:00:00', register: 'forUse', who: 'never' }, asks('10:10:00', 'never')])
    const [registers, stepsUp] = told.filter((sentence) => /registers|steps up/.test(sentence))

    expect(ends).toEqual(['paper'])
    expect(judgement.verdict).toBe('pass')
    expect(registers).toMatch(/^registers (\S+\u3000\S+) for use of the family registers from 2023-05-02 on$/)
    expect(stepsUp).toBe(`${registers?.split(' ')[1] ?? ''} steps up to kiosk shop-1`)
    expect(told.some((sentence) => /^compares the document of application-shop-1-1 with what was asked for: they agree$/.test(sentence))).toBe(true)
  })
})

describe('municipalities that are served together (seed 1)', () => {
  it('begin with no row of one that is a row of another', () => {
    const codes = ['munakata', 'kawasaki', 'tokushima', 'mihon']

    const keys = codes.flatMap((code) => {
      const { seeded } = settle({ seed: 1, size: 50, municipality: catalogue.municipalities.get(code)!, today: '2023-06-28' }, simulatedPress)
      return seeded.flatMap(({ site, table, rows }) => rows.map(({ key }) => `${site} ${table.name} ${key}`))
    })

    expect(new Set(keys).size).toBe(keys.length)
  })
})
