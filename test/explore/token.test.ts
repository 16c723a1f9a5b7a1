import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { looksLikeToken, readToken, type TokenContents, writeToken } from '../../explore/token.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'

const catalogue = readCatalogue()

/** Frozen with the version: a token that was written down must be readable as long as it is `tg1`. */
const FROZEN: TokenContents = {
  tool: '0.1.0',
  build: 'repaired',
  seed: 7,
  scenario: {
    id: 'frozen',
    title: '凍結',
    date: '2023-03-27',
    start: '11:34:00',
    municipality: 'yokohama',
    people: { seed: 1, size: 3, cast: { one: 'any,adult' } },
    script: [{ at: '11:35:00', kiosk: 'shop-1', who: 'one', apply: 'residence-record' }],
    link: { everyMs: 60_000 },
    live: { clockFactor: 20 },
  },
  deviations: [{ step: 3, take: 1, process: 'kiosk:shop-1', name: 'kiosk: wait', fault: 'restart' }],
  orderings: [{ first: { kiosk: 'shop-1', step: 'print: draw sheets' }, then: { step: 'link: begin link run', nth: 2 }, withinMs: 1_000 }],
  broken: ['SUBJECT'],
  beginning: '0123456789ab',
}
const TOKEN = 'tg1.eyJ0b29sIjoiMC4xLjAiLCJidWlsZCI6InJlcGFpcmVkIiwic2VlZCI6Nywic2NlbmFyaW8iOnsiaWQiOiJmcm96ZW4iLCJ0aXRsZSI6IuWHjee1kCIsImRhdGUiOiIyMDIzLTAzLTI3Iiwic3RhcnQiOiIxMTozNDowMCIsIm11bmljaXBhbGl0eSI6Inlva29oYW1hIiwicGVvcGxlIjp7InNlZWQiOjEsInNpemUiOjMsImNhc3QiOnsib25lIjoiYW55LGFkdWx0In19LCJzY3JpcHQiOlt7ImF0IjoiMTE6MzU6MDAiLCJraW9zayI6InNob3AtMSIsIndobyI6Im9uZSIsImFwcGx5IjoicmVzaWRlbmNlLXJlY29yZCJ9XSwibGluayI6eyJldmVyeU1zIjo2MDAwMH0sImxpdmUiOnsiY2xvY2tGYWN0b3IiOjIwfX0sImRldmlhdGlvbnMiOlt7InN0ZXAiOjMsInRha2UiOjEsInByb2Nlc3MiOiJraW9zazpzaG9wLTEiLCJuYW1lIjoia2lvc2s6IHdhaXQiLCJmYXVsdCI6InJlc3RhcnQifV0sIm9yZGVyaW5ncyI6W3siZmlyc3QiOnsia2lvc2siOiJzaG9wLTEiLCJzdGVwIjoicHJpbnQ6IGRyYXcgc2hlZXRzIn0sInRoZW4iOnsic3RlcCI6Imxpbms6IGJlZ2luIGxpbmsgcnVuIiwibnRoIjoyfSwid2l0aGluTXMiOjEwMDB9XSwiYnJva2VuIjpbIlNVQkpFQ1QiXSwiYmVnaW5uaW5nIjoiMDEyMzQ1Njc4OWFiIn0.a5a1a48749b6'

/** A token of this version with a text of somebody else's in it. */
function sealed(text: string): string {
  const body = Buffer.from(text).toString('base64url')
  return `tg1.${body}.${createHash('sha256').update(body).digest('hex').slice(0, 12)}`
}

describe('a token', () => {
  it('is this text, on every Node and in every release of its version', () => {
    expect(writeToken(FROZEN)).toBe(TOKEN)
    expect(readToken(TOKEN, catalogue)).toEqual(FROZEN)
  })

  it('is read with space around it, as it comes from a mail', () => {
    expect(readToken(`\n ${TOKEN} \n`, catalogue)).toEqual(FROZEN)
    expect(looksLikeToken(`\n ${TOKEN} \n`)).toBe(true)
  })

  it.each([
    ['with more behind it', `${TOKEN}.more`, 'it was cut or changed'],
    ['that holds nothing', sealed('null'), 'what is in it is no run, at /'],
    ['that lacks something', sealed('{}'), 'what is in it is no run, at /'],
    ['that holds no JSON', sealed('{'), 'there is no JSON in it'],
  ])('%s is refused', (_what, token, detail) => {
    expect(() => readToken(token, catalogue)).toThrow(expect.objectContaining({ code: 'BAD_TOKEN', detail }) as Error)
  })
})
