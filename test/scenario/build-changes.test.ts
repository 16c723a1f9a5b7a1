import { describe, expect, it } from 'vitest'
import { changedBuild, changesBetween } from '../../scenario/build-changes.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { withParts } from '../../services/build.ts'

const catalogue = readCatalogue()
const base = catalogue.build('as-2023')

describe('changes of a build', () => {
  it('lead from one build to the other, and are none where both are the same', () => {
    const other = { ...withParts(base, 'other', { 'print/output': 'kept-buffer' }, { turnLimitMs: 8_000, sealNotices: true, offers: ['residence-record', 'family-register'] }), nodes: 2 }

    const changes = changesBetween(base, other)

    expect(changes).toEqual(['nodes=2', 'offers=residence-record,family-register', 'print/output=kept-buffer', 'sealNotices=true', 'turnLimitMs=8000'])
    expect(changedBuild(base, 'other', changes)).toEqual(other)
    expect(changesBetween(base, base)).toEqual([])
  })

  it('can be named behind a plus sign wherever a build is named', () => {
    const { name, build, goal } = namedBuild('K1/owner-checked+print/output=kept-buffer+nodes=3', catalogue)

    expect(build).toMatchObject({ id: name, nodes: 3, parts: { 'print/turn': 'owner-checked', 'print/output': 'kept-buffer' } })
    expect(goal).toEqual([])
  })

  it.each([
    ['print/output=lucky', 'UNKNOWN_PART', 'print/output: lucky'],
    ['print/colour=red', 'UNKNOWN_PART', 'print/colour'],
    ['print/output', 'UNKNOWN_BUILD', '"print/output" is no change of a build'],
    ['nodes=0', 'UNKNOWN_BUILD', '"nodes=0"'],
    ['nodes=two', 'UNKNOWN_BUILD', '"nodes=two"'],
    ['turnLimit=5', 'UNKNOWN_BUILD', '"turnLimit=5"'],
    ['turnLimitMs=0', 'UNKNOWN_BUILD', '"turnLimitMs=0"'],
    ['offers=passport', 'UNKNOWN_BUILD', '"offers=passport"'],
    ['offers=residence-record,seal-certifcate', 'UNKNOWN_BUILD', 'seal-certifcate'],
    ['nodes=2=3', 'UNKNOWN_BUILD', '"nodes=2=3"'],
  ])('that cannot be made are refused: %s', (change, code, detail) => {
    let error: unknown
    try {
      namedBuild(`as-2023+${change}`, catalogue)
    } catch (thrown) {
      error = thrown
    }

    expect(error).toMatchObject({ code, exit: 64, detail: expect.stringContaining(detail) as string })
  })

  it.each(['K1/with-net/nonsense', 'repaired/with-net'])('are not to be had behind one stroke too many: %s', (name) => {
    expect(() => namedBuild(name, catalogue)).toThrow(expect.objectContaining({ code: 'UNKNOWN_BUILD', detail: name }) as Error)
  })
})
