import { describe, expect, it } from 'vitest'
import { type Image, OPERATIONS } from '../../contract/index.ts'
import { Conversation, type Customer } from '../../load/conversation.ts'
import { HANAKO, ICHIRO, PEOPLE, wish } from '../oracle/history-builder.ts'
import { cardOf } from '../services/small-system.ts'

const IMAGE: Image = { digest: 'd', pages: 1, body: 'JVBERg==' }
const customers: readonly Customer[] = [HANAKO, ICHIRO].map((applicant) => ({ municipality: 'munakata', card: cardOf(applicant), pin: '1234', wish: wish(), asker: { applicant, household: PEOPLE, wish: wish() } }))

/** A conversation with a server of whom a test says what it answers; `exchange` is one request and its answer. */
function talking() {
  const got: string[] = []
  let came = 0
  let nowMs = 0
  const conversation = new Conversation({
    kiosk: 'load-1',
    crypto: { sign: (key, message) => Promise.resolve(`${key}/${message}`) },
    nextCustomer: () => customers[came++ % customers.length]!,
    onDocument: ({ asker }, { digest }, tookMs) => got.push(`${asker.applicant.id} ${digest} ${String(tookMs)}`),
    onRefused: (code) => got.push(code),
    onWaitedInVain: () => got.push('waited in vain'),
    now: () => (nowMs += 10),
  })
  const exchange = async (answer: object | string, status = 200) => {
    const { path, body } = conversation.next()
    const operation = Object.entries(OPERATIONS).find(([, known]) => known.path === path)?.[0]
    // The next request is asked for in a later turn of the event loop, as an answer's is that crossed a network.
    await new Promise((resolve) => setImmediate(resolve))
    conversation.took(status, JSON.stringify(answer))
    return [operation, JSON.parse(body) as Record<string, unknown>] as const
  }
  return { exchange, got }
}

/** From the challenge to the application that has been sent. */
async function applied({ exchange }: ReturnType<typeof talking>, session = 's-1') {
  await exchange({ challenge: 'c-1' })
  await exchange({})
  const opening = await exchange({ session })
  return [opening, await exchange({ application: 'any', state: 'received' })] as const
}

describe('a connection of the closed loop', () => {
  it('signs the challenge with its customer\'s card while another request is on its way', async () => {
    const [[operation, request], [, application]] = await applied(talking())

    expect(operation).toBe('openSession')
    expect(request).toMatchObject({ kiosk: 'load-1', municipality: 'munakata', challenge: 'c-1', card: { face: { name: HANAKO.name } } })
    expect(request['signature']).toMatch(/\/c-1$/)
    expect(application).toMatchObject({ session: 's-1', application: 'application-load-1-1', wish: wish() })
  })

  it('asks for the document until it is there, gives it with who asked, and tells how it ended after the next challenge', async () => {
    const talk = talking()
    await applied(talk)

    const asked = [await talk.exchange({ state: 'pending' }), await talk.exchange({ state: 'pending' }), await talk.exchange({ state: 'ready', feeYen: 300, image: IMAGE })]
    const after = [await talk.exchange({ challenge: 'c-2' }), await talk.exchange({}), await talk.exchange({ session: 's-2' })]

    expect(asked.map(([operation]) => operation)).toEqual(['fetchDocument', 'fetchDocument', 'fetchDocument'])
    expect(talk.got).toEqual([`${HANAKO.id} d 10`])
    expect(after.map(([operation]) => operation)).toEqual(['challenge', 'reportOutcome', 'openSession'])
    expect(after[1]![1]).toEqual({ application: 'application-load-1-1', session: 's-1', outcome: 'printed' })
    expect(after[2]![1]).toMatchObject({ challenge: 'c-2', card: { face: { name: ICHIRO.name } } })
  })

  it.each([['openSession', 2], ['apply', 3], ['fetchDocument', 4]] as const)('goes on with the next customer where %s is refused, and counts the code', async (refused, before) => {
    const talk = talking()
    const answers = [{ challenge: 'c' }, {}, { session: 's' }, {}]
    for (const answer of answers.slice(0, before)) await talk.exchange(answer)

    const [operation] = await talk.exchange({ code: 'SERVER_TIMEOUT', message: 'x' }, 504)
    const [next] = await talk.exchange({ challenge: 'c-2' })

    expect([operation, next]).toEqual([refused, 'challenge'])
    expect(talk.got).toEqual(refused !== 'openSession' ? ['SERVER_TIMEOUT', 'waited in vain'] : ['SERVER_TIMEOUT'])
  })

  it('counts an error without a code as one', async () => {
    const talk = talking()
    await talk.exchange('no such page', 404)

    expect(talk.got).toEqual(['NO_CODE'])
  })
})
