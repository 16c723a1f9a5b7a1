import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { HistoryBuilder, jobOf } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const FILE = 'munakata/print.img'
const both = () => new HistoryBuilder().jobStart('a-1', FILE)
const check = (builder: HistoryBuilder) => verdictOf(builder.history(), 'ONE-WRITER')

describe('ONE-WRITER', () => {
  it('is kept by two jobs that use one name in turn', () => {
    expect(check(both().jobEnd('a-1', FILE).jobStart('a-2', FILE).jobEnd('a-2', FILE)).verdict).toBe('pass')
  })

  it('is kept by two jobs at once with a name each', () => {
    expect(check(both().jobStart('a-2', 'munakata/other.img').jobEnd('a-1', FILE).jobEnd('a-2', 'munakata/other.img')).verdict).toBe('pass')
  })

  it('is broken by a write between another job\'s write and read, and tells that it read the other\'s', () => {
    const builder = both().jobStart('a-2', FILE).jobEnd('a-1', FILE).jobEnd('a-2', FILE)

    expect(check(builder)).toEqual({ verdict: 'violation', why: expect.stringContaining('the first job read what the second had written') as string })
  })

  it('lets the same job write again', () => {
    expect(check(both().file('write', 'a-1', FILE).jobEnd('a-1', FILE)).verdict).toBe('pass')
  })

  it.each([
    ['read it', (builder: HistoryBuilder) => builder.file('read', 'a-1', FILE)],
    ['removed it', (builder: HistoryBuilder) => builder.file('remove', 'a-1', FILE)],
    ['ended', (builder: HistoryBuilder) => builder.add('print', { type: 'info', f: 'job', op: 'end', job: jobOf('a-1'), application: 'a-1' })],
    ['crashed with its node', (builder: HistoryBuilder) => builder.add('world', { type: 'info', f: 'node', node: 'print:munakata/1', op: 'crash' })],
  ])('lets another job write once the first has %s', (_, release) => {
    expect(check(release(both()).jobStart('a-2', FILE).jobEnd('a-2', FILE)).verdict).toBe('pass')
  })

  it('does not take another job\'s read for the first one\'s', () => {
    expect(check(both().file('read', 'a-3', FILE).jobStart('a-2', FILE)).verdict).toBe('violation')
  })

  it('lets go of one name only by what is done to that name, and of all by the end of the job', () => {
    const two = () => both().file('write', 'a-1', 'munakata/other.img')
    const end = { type: 'info', f: 'job', op: 'end', job: jobOf('a-1'), application: 'a-1' } as const

    expect(check(two().file('read', 'a-1', FILE).file('write', 'a-2', 'munakata/other.img')).verdict).toBe('violation')
    expect(check(two().file('remove', 'a-1', 'munakata/other.img').file('write', 'a-2', FILE)).verdict).toBe('violation')
    expect(check(two().add('print', end).file('write', 'a-2', FILE).file('write', 'a-2', 'munakata/other.img')).verdict).toBe('pass')
  })

  it('is not excused by the start of the job, by a restart of its node, or by the crash of another', () => {
    const start = { type: 'info', f: 'job', op: 'start', job: jobOf('a-1'), application: 'a-1' } as const
    const node = (name: string, op: 'crash' | 'restart') => ({ type: 'info', f: 'node', node: name, op }) as const

    for (const draft of [start, node('print:munakata/1', 'restart'), node('print:munakata/2', 'crash')]) {
      expect(check(both().add('world', draft).jobStart('a-2', FILE)).verdict).toBe('violation')
    }
  })

  it('says only of a first job that read the file afterwards what it read', () => {
    const read = 'the first job read what the second had written'
    const end = { type: 'info', f: 'job', op: 'end', job: jobOf('a-1'), application: 'a-1' } as const
    const other = { ...end, job: jobOf('a-2'), application: 'a-2' }
    const collided = () => both().jobStart('a-2', FILE)

    expect(check(collided()).why).not.toContain(read)
    expect(check(collided().add('print', end).file('read', 'a-1', FILE)).why).not.toContain(read)
    expect(check(collided().file('remove', 'a-1', FILE).file('read', 'a-1', FILE)).why).not.toContain(read)
    expect(check(collided().file('read', 'a-2', FILE)).why).not.toContain(read)
    expect(check(collided().file('read', 'a-1', 'munakata/other.img')).why).not.toContain(read)
    expect(check(collided().add('print', other).file('read', 'a-1', FILE)).why).toContain(read)
  })

  it('goes on looking for the read of the file past other files and beginnings of the job', () => {
    const read = 'the first job read what the second had written'
    const start = { type: 'info', f: 'job', op: 'start', job: jobOf('a-1'), application: 'a-1' } as const
    const collided = () => both().jobStart('a-2', FILE)

    expect(check(collided().file('read', 'a-1', 'munakata/other.img').file('read', 'a-1', FILE)).why).toContain(read)
    expect(check(collided().add('print', start).file('read', 'a-1', FILE)).why).toContain(read)
  })

  it('is told of an application only where the job had one', () => {
    const write = (job: string) => ({ type: 'info', f: 'work-file', op: 'write', name: FILE, job, application: '' }) as const
    const [violation] = judge(new HistoryBuilder().add('one', write('one')).add('two', write('two')).history()).violations.filter(({ invariant }) => invariant === 'ONE-WRITER')

    expect(violation).not.toHaveProperty('application')
  })

  it('names both jobs, and for whom they were where that is known', () => {
    const builder = new HistoryBuilder().session({ application: 'a-1', skip: ['job'] }).jobStart('a-1', FILE).jobStart('a-2', FILE)

    expect(check(builder).why).toContain(`the print job ${jobOf('a-1')} for 山田　花子 wrote the work file ${FILE}`)
    expect(check(builder).why).toContain(`the print job ${jobOf('a-2')} wrote the same file`)
    expect(judge(builder.history()).violations.find(({ invariant }) => invariant === 'ONE-WRITER')).toMatchObject({ application: 'a-1' })
  })

  it('is told once for each write, with the writes and the read it rests on', () => {
    const builder = both().jobStart('a-2', FILE).file('write', 'a-2', FILE).jobEnd('a-1', FILE).jobEnd('a-2', FILE)
    const { violations } = judge(builder.history())
    const told = violations.map(({ events }) => events.map((i) => { const event = builder.events[i]!; return event.f === 'work-file' ? `${event.op} ${event.application}` : event.f }))

    expect(told).toEqual([['write a-1', 'write a-2', 'read a-1'], ['write a-1', 'write a-2', 'read a-1']])
  })

  it('is unknown where the read that would have let go may have been lost', () => {
    const problem = { kind: 'bad-line', line: 9, sentence: 'Line 9 is no JSON.' } as const

    expect(judge(both().jobStart('a-2', FILE).history(), [problem]).checks['ONE-WRITER']).toBe('unknown')
    expect(judge(both().jobStart('a-2', FILE).file('read', 'a-1', FILE).history(), [problem]).checks['ONE-WRITER']).toBe('violation')
  })

  it('asks for nothing inside where no document came, and is satisfied by an image or a job', () => {
    const image = { type: 'info', f: 'image', op: 'made', digest: 'digest-a-1', job: 'job', application: 'a-1' } as const

    expect(check(new HistoryBuilder().session({ skip: ['job', 'document', 'pay', 'print'] })).verdict).toBe('pass')
    expect(check(new HistoryBuilder().add('print', image).session({ skip: ['job'] })).verdict).toBe('pass')
    expect(check(new HistoryBuilder().add('world', { type: 'info', f: 'node', node: 'x', op: 'restart' }).session({ skip: ['job'] })).verdict).toBe('pass')
    expect(check(new HistoryBuilder().session({ application: 'a-0', skip: ['job', 'document', 'pay', 'print'] }).session({ skip: ['job'] })).verdict).toBe('unknown')
  })

  it('is unknown where documents came and nothing inside was seen', () => {
    expect(check(new HistoryBuilder().session({ skip: ['job'] })).verdict).toBe('unknown')
  })
})
