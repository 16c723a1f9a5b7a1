import { beforeAll, describe, expect, it } from 'vitest'
import { BUILD_MS, builtCommand, inProcess, oneLine, torichigae } from '../support/command.ts'

describe('the command line', () => {
  it.each([
    ['an unknown incident', ['regress', 'K99', '--world', 'simulated'], 'There is no incident "K99". The incidents are the files in seeds/incidents.'],
    ['an unknown incident to replay', ['replay', 'K99'], 'There is no incident "K99". The incidents are the files in seeds/incidents.'],
    ['an unknown option', ['regress', '--fast'], 'The command line is not understood: unknown option \'--fast\'. See "torichigae --help".'],
    ['an unknown command', ['print'], 'The command line is not understood: unknown command \'print\'. See "torichigae --help".'],
    ['a seed that is no number', ['regress', '--seed', 'x'], 'The command line is not understood: option \'--seed <n>\' argument \'x\' is invalid. It has to be a whole number. See "torichigae --help".'],
    ['no run at all', ['regress', '--runs', '0'], 'The command line is not understood: option \'--runs <n>\' argument \'0\' is invalid. It has to be 1 or more. See "torichigae --help".'],
    ['a world that there is not', ['regress', '--world', 'mars'], 'The command line is not understood: option \'--world <world>\' argument \'mars\' is invalid. It is one of simulated, live and both. See "torichigae --help".'],
    ['a world to replay in that there is not', ['replay', 'K6', '--world', 'mars'], 'The command line is not understood: --world is simulated or live. See "torichigae --help".'],
    ['a build that an incident does not have', ['replay', 'K6', '--build', 'fast'], 'There is no build "fast, but only as-deployed, repaired-twin, repaired, with-net, cleared-after-success". The builds are the files in seeds/builds.'],
    ['a population of nobody knows what', ['people', 'count'], 'The command line is not understood: unknown command \'count\'. See "torichigae --help".'],
    ['a threshold that is no number', ['load', '--p99-ms', 'soon'], 'The command line is not understood: the threshold --p99-ms is no number: "soon". See "torichigae --help".'],
    ['another threshold that is none', ['load', '--max-wrong', 'none'], 'The command line is not understood: the threshold --max-wrong is no number: "none". See "torichigae --help".'],
    ['a rate of nothing', ['load', '--rate', '0'], 'The command line is not understood: option \'--rate <n>\' argument \'0\' is invalid. It has to be a number above 0. See "torichigae --help".'],
    ['arrivals that there are not', ['load', '--arrivals', 'late'], 'The command line is not understood: option \'--arrivals <way>\' argument \'late\' is invalid. It is poisson or constant. See "torichigae --help".'],
    ['load on a build that there is not', ['load', '--build', 'as-1999'], 'There is no build "as-1999". The builds are the files in seeds/builds.'],
    ['load on a municipality that there is not', ['load', '--municipality', 'edo'], 'There is no municipality "edo". The municipalities are listed in seeds/municipalities.json.'],
    ['load that goes on into the night', ['load', '--duration', '3600'], 'The command line is not understood: --duration times --clock-factor goes on after 23:00:00, when the service closes. See "torichigae --help".'],
    ['more load than can be kept', ['load', '--rate', '9999'], 'The command line is not understood: --rate times --duration is more than 100000 sessions. See "torichigae --help".'],
    ['no file to check', ['check'], 'The command line is not understood: missing required argument \'file\'. See "torichigae --help".'],
  ])('with %s ends in 64 and one sentence that says what to do', async (_, args, sentence) => {
    const { exit, stdout, stderr } = await inProcess(...args)

    expect({ exit, stdout, sentence: oneLine(stderr) }).toEqual({ exit: 64, stdout: '', sentence })
  })

  it('with nothing shows its help and ends in 64', async () => {
    const { exit, stdout, stderr } = await inProcess()

    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' })
    expect(stderr).toMatch(/^Usage: torichigae/)
    expect(oneLine(stderr)).toMatch(/The command line is not understood: no command is given\. See "torichigae --help"\.$/)
  })

  it.each([
    ['--help', ['regress', 'replay', 'load', 'check', 'people', 'serve', 'doctor']],
    ['load --help', ['--rate', '--max-wrong', '--p99-ms', '--out']],
    ['regress --help', ['--world', '--seed', '--runs', '--json', '--out']],
    ['replay --help', ['--build', '--steps', '--json']],
    ['check --help', ['--json']],
    ['people --help', ['make', 'check']],
    ['people make --help', ['--municipality', '--size', '--seed', '--day', '--out', '--json']],
    ['people check --help', ['--json']],
    ['serve --help', ['--nodes', '--peers', '--clock-factor', '--stop-within']],
    ['doctor --help', ['--json']],
    ['help regress', ['--world']],
  ])('"%s" is written out on 80 columns and ends in 0', async (line, words) => {
    const { exit, stdout, stderr } = await inProcess(...line.split(' '))

    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    for (const word of words) expect(stdout).toContain(word)
    expect(stdout.split('\n').filter((each) => each.length > 80)).toEqual([])
  })
})

describe('the version', () => {
  it('is that of the package', async () => {
    expect(await inProcess('--version')).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string })
  })
})

describe('the built command', () => {
  beforeAll(builtCommand, BUILD_MS)

  it('ends its process with the exit code and the sentence of an error', async () => {
    const { exit, stdout, stderr } = await torichigae(['regress', 'K99'])

    expect({ exit, stdout, sentence: oneLine(stderr) }).toEqual({ exit: 64, stdout: '', sentence: 'There is no incident "K99". The incidents are the files in seeds/incidents.' })
  })
})
