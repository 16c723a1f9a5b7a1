import { describe, expect, it } from 'vitest'
import { Register } from '../../oracle/register.ts'
import { changed, HANAKO, HEADER, ICHIRO, TARO } from './history-builder.ts'
import { operation } from './register-times.ts'

function filled(): Register {
  const register = new Register(HEADER.municipalities)
  for (const person of [HANAKO, TARO, ICHIRO]) register.add(person)
  return register
}

describe('a register', () => {
  it('knows the names of its own municipalities, and lets pass what others are called', () => {
    expect([filled().isNameOf('宗像市', 'munakata'), filled().isNameOf('福津市', 'munakata'), filled().isNameOf('福津市', 'fukutsu')]).toEqual([true, false, true])
  })

  it('calls people by their last name, and by their key where it does not know them', () => {
    const register = filled()
    register.add(changed(HANAKO, { name: '山田　華子' }), operation(3, 4))

    expect([register.nameOf('hanako'), register.nameOf('stranger')]).toEqual(['山田　華子', 'stranger'])
    expect(register.statesNamed(HANAKO.name).map(({ record }) => record.id)).toEqual(['hanako'])
  })

  it('counts to somebody\'s circle everyone of every household in which that person was', () => {
    const register = filled()
    expect([...register.circleOf('hanako')]).toEqual(['hanako', 'taro'])

    register.add(changed(HANAKO, { household: ICHIRO.household }), operation(3, 4))
    expect([...register.circleOf('hanako')].sort()).toEqual(['hanako', 'ichiro', 'taro'])
    expect([...register.circleOf('ichiro')].sort()).toEqual(['hanako', 'ichiro'])
    expect([...register.circleOf('stranger')]).toEqual(['stranger'])
  })

  it('is unsure of whoever was in an operation that began before and whose end is missing', () => {
    const register = filled()
    expect(register.unsure(['hanako'], 99)).toBe(false)

    register.addUnended(['hanako'], 9)
    register.addUnended(['hanako'], 5)
    register.addUnended(['hanako'], 7)

    expect([4, 6, 99].map((i) => register.unsure(['taro', 'hanako'], i))).toEqual([false, true, true])
    expect(register.unsure(['taro'], 99)).toBe(false)
  })
})

describe('the head of a household', () => {
  /** Taro becomes head in the place of Hanako at events 10 to 12. */
  function handOver() {
    const handedOver = filled()
    const change = operation(10, 12)
    handedOver.add(changed(HANAKO, { relation: '妻' }), change)
    handedOver.add(changed(TARO, { relation: '世帯主' }), change)
    const [first, second] = handedOver.statesOf('taro')
    return { handedOver, first: first!, second: second! }
  }

  it('is somebody who was head of it while the state may have been in force', () => {
    const { handedOver, first, second } = handOver()

    expect([handedOver.hadHead(first, HANAKO.name), handedOver.hadHead(second, TARO.name)]).toEqual([true, true])
  })

  it('may be the old one or the new one for as long as the operation was under way', () => {
    const { handedOver, first, second } = handOver()

    expect([handedOver.hadHead(first, TARO.name), handedOver.hadHead(second, HANAKO.name)]).toEqual([true, true])
  })

  it('is nobody who had ceased before, or came after', () => {
    const { handedOver, first } = handOver()
    handedOver.add(changed(TARO, { relation: '世帯主', version: 3 }), operation(20, 22))
    handedOver.add(changed(ICHIRO, { household: 'yamada', relation: '世帯主' }), operation(30, 32))
    const [, , third] = handedOver.statesOf('taro')

    expect(handedOver.hadHead(third!, HANAKO.name)).toBe(false)
    expect([handedOver.hadHead(first, ICHIRO.name), handedOver.hadHead(third!, ICHIRO.name)]).toEqual([false, true])
  })

  it('is nobody of another household, and no other member', () => {
    const [taro] = filled().statesOf('taro')

    expect([HANAKO.name, ICHIRO.name, TARO.name].map((name) => filled().hadHead(taro!, name))).toEqual([true, false, false])
  })
})
