import { Command } from 'commander'
import { TorichigaeError } from '../../contract/index.ts'
import { thresholdOf } from '../../load/thresholds.ts'
import type { LoadOptions } from '../load-options.ts'
import { collected } from '../municipalities.ts'
import { arrivalsChoice, naturalNumber, positiveNumber, times, upTo } from '../options.ts'

const PORT_MAX = 65_535
/** What a served system is asked for, and nobody else may say. */
const OF_TARGET = ['build', 'municipality', 'size', 'clockFactor'] as const

/** `torichigae load`: whole sessions in an open loop, on a system of this process or on a target, with thresholds. */
export function loadCommand(ran: (exit: number) => void): Command {
  return new Command('load')
    .description('Put whole kiosk sessions on a system at a given rate, judge every paper, and hold the result against thresholds.')
    .option('--rate <n>', 'sessions a second of real time', positiveNumber, 10)
    .option('--duration <seconds>', 'real seconds in which sessions begin', positiveNumber, 30)
    .option('--arrivals <way>', 'poisson (at random) or constant', arrivalsChoice, 'poisson')
    .option('--max-wrong <n>', 'threshold: papers of another person', thresholdOf('--max-wrong'))
    .option('--p99-ms <n>', 'threshold: p99 from application to document, real ms', thresholdOf('--p99-ms'))
    .option('--build <id>', 'a build in seeds/builds', 'repaired')
    .option('--municipality <code>', 'one in seeds/municipalities.json (default: yokohama); may be given again; code=build gives it a build of its own', collected)
    .option('--demand <what>', 'what people ask for: ordinary, or as in an incident that is a load (default: that of the build, else ordinary)')
    .option('--size <n>', 'residents of each', times, 10_000)
    .option('--kiosks <n>', 'kiosks; 10 for each session a second by default', times)
    .option('--closed <connections>', 'a closed loop in place of the open one: so many connections kept busy', times)
    .option('--clock-factor <n>', 'touches, engines and limits pass so much faster', positiveNumber, 20)
    .option('--target <url>', 'the centre of a served test system in place of one in this process; people, builds and clock are its own')
    .option('--i-am-authorised', 'the target is a test system, and may be on another machine')
    .option('--metrics-port <n>', 'serve /metrics on loopback while it runs; 0 for any port', upTo(PORT_MAX))
    .option('--seed <n>', 'who comes when, and for what', naturalNumber, 1)
    .option('--json', 'print one JSON object')
    .option('--out <dir>', 'keep history, log and papers there; a temporary folder by default')
    .action(async (options: LoadOptions, command: Command) => {
      checkTogether(options, command)
      // What it is made from is loaded here and not before, as that of a live run is.
      const { runLoad } = await import('../run-load.ts')
      ran(await runLoad(options))
    })
}

/** @throws TorichigaeError USAGE where options do not go together */
function checkTogether({ target, iAmAuthorised }: LoadOptions, command: Command): void {
  if (target === undefined) {
    if (iAmAuthorised === true) throw new TorichigaeError('USAGE', '--i-am-authorised is about a --target, and none is given')
    return
  }
  const given = OF_TARGET.filter((name) => command.getOptionValueSource(name) === 'cli').map((name) => command.options.find((option) => option.attributeName() === name)?.long ?? name)
  if (given.length > 0) throw new TorichigaeError('USAGE', `with --target the target decides ${given.join(' and ')}`)
}
