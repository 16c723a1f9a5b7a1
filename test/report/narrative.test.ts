import { describe, expect, it } from 'vitest'
import { setCertificate } from '../../services/authority/help-line.ts'
import { authorityNode } from '../../services/system.ts'
import { clockTime, narrate } from '../../report/narrative.ts'
import { changed, HANAKO, HistoryBuilder, ICHIRO, paperOf, TARO } from '../oracle/history-builder.ts'
import { runSmall } from '../services/small-system.ts'

const sentences = (history: Parameters<typeof narrate>[0]): string[] => narrate(history).map(({ sentence }) => sentence)

describe('the time of an event', () => {
  it.each([
    [0, '00:00:00.000'],
    [14.5 * 3_600_000 + 1, '14:30:00.001'],
    [86_399_999, '23:59:59.999'],
    [86_400_000, '24:00:00.000'],
    [50_400_000.75, '14:00:00.000'],
  ])('%d ms after midnight is %s', (atMs, time) => {
    expect(clockTime(atMs)).toBe(time)
  })
})

describe('a told history', () => {
  it('tells a session as a person lives through it, people by their names', () => {
    const history = new HistoryBuilder().session({ application: 'a-1' }).history()

    expect(sentences(history)).toEqual([
      `${HANAKO.name} steps up to kiosk shop-1`,
      'card and PIN are accepted',
      'asks for a residence record of the whole household, copies 1 (a-1)',
      'draws the image for a-1',
      'writes munakata/a-1.img for a-1',
      'reads munakata/a-1.img for a-1',
      'removes munakata/a-1.img for a-1',
      'the certificate arrives, pages 1',
      'pays 300 yen',
      `sheets in the tray: 1, showing ${HANAKO.name}, ${TARO.name}`,
      'leaves',
    ])
  })

  it('tells what happened at the counter and what the link carried over', () => {
    const moved = changed(ICHIRO, { address: 'elsewhere' })
    const history = new HistoryBuilder().counter('move within', [moved]).link([moved]).history()

    expect(sentences(history)).toEqual([
      `move within: ${ICHIRO.name}`,
      'a link run begins',
      `the replica takes over version 2 of ${ICHIRO.id}`,
      'the link run ends (ok)',
    ])
  })

  it('says when nothing comes out, and what people are refused', async () => {
    const nothing = new HistoryBuilder().session({ paper: [] }).history()
    const { history: refused } = await runSmall({}, ({ visit }) => visit(HANAKO, { pin: '0000' }))
    const { history: short } = await runSmall({}, ({ visit }) => visit(HANAKO, { purseYen: 0 }))

    expect(sentences(nothing)).toContain('nothing comes out of the printer')
    expect(sentences(refused)).toContain('the card is refused: PIN_WRONG, tries left 2')
    expect(sentences(short)).toContain('does not pay: MONEY_SHORT')
  })

  it('says what a jam left in the tray, what was forgotten, and whose card was suspended', async () => {
    const { history: jam } = await runSmall({ kiosks: { 'shop-1': { jamAtSheet: 2 } } }, ({ visit }) => visit(HANAKO, { wish: { copies: 2 } }))
    const { history: left } = await runSmall({}, ({ visit }) => visit(HANAKO, { walksAwayAt: 'paper' }))
    const { history: lost } = await runSmall({}, ({ stage }) => setCertificate(stage.world(authorityNode), 'cert-hanako', 'suspended'))

    expect(sentences(jam)).toContain('the printer fails: PAPER_JAM, sheets in the tray: 1')
    expect(sentences(jam)).toContain('gets a refund ticket over 600 yen')
    expect(sentences(left)).toEqual(expect.arrayContaining(['the alarm over a forgotten paper sounds', 'somebody presses stop and takes the paper into keeping']))
    expect(sentences(lost)).toEqual([`suspend certificate: ${HANAKO.name}`])
  })

  it('leaves out the register at the beginning and the kiosk\'s asking too early', async () => {
    const { history } = await runSmall({}, ({ visit }) => visit(ICHIRO))
    const pending = history.events.filter((event) => event.f === 'document' && event.type === 'ok' && event.state === 'pending')

    expect(pending.length).toBeGreaterThan(0)
    expect(sentences(history).filter((sentence) => sentence.startsWith('the certificate'))).toEqual(['the certificate arrives, pages 1'])
    expect(narrate(history)[0]?.sentence).toBe(`${ICHIRO.name} steps up to kiosk shop-1`)
  })

  it('has each event in its order, with its time and its process', () => {
    const told = narrate(new HistoryBuilder().session({ paper: paperOf([ICHIRO]) }).history())

    expect(told.map(({ time }) => time)).toEqual(told.map(({ time }) => time).sort())
    expect(told[0]).toMatchObject({ time: '14:00:03.000', process: 'shop-1#a-1' })
  })
})
