import { describe, expect, it } from 'vitest'
import { runSmall, cardOf } from '../services/small-system.ts'
import { HANAKO } from '../oracle/history-builder.ts'

/** What a card answers to PINs tried one after another. */
async function tried(...pins: string[]): Promise<string[]> {
  const { result } = await runSmall({}, async ({ stage }) => {
    const { crypto } = stage.kioskWorld('shop-1', { purseYen: 0 })
    const card = cardOf(HANAKO)
    const answers: string[] = []
    for (const pin of pins) answers.push(await card.sign(crypto, pin, 'challenge').then(() => 'signed', (error: unknown) => (error as Error).message))
    return answers
  })
  return result
}

describe('a card', () => {
  it('signs after the right PIN', async () => {
    expect(await tried('1234', '1234')).toEqual(['signed', 'signed'])
  })

  it('is locked by three misses in a row, for the right PIN too', async () => {
    expect(await tried('0000', '0001', '0002', '1234')).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_LOCKED', 'PIN_LOCKED'])
  })

  it('counts the misses anew after each success', async () => {
    expect(await tried('0000', '0001', '1234', '0000', '0001', '1234')).toEqual(['PIN_WRONG', 'PIN_WRONG', 'signed', 'PIN_WRONG', 'PIN_WRONG', 'signed'])
  })

  it('shows the face that the counter wrote last', () => {
    const card = cardOf(HANAKO)
    card.rewriteFace({ ...card.face(), address: '福岡県宗像市見本台一丁目2番3号' })

    expect(card.face()).toEqual({ name: HANAKO.name, birthDate: HANAKO.birthDate, sex: HANAKO.sex, address: '福岡県宗像市見本台一丁目2番3号' })
  })
})
