import { Command, CommanderError } from 'commander'
import { TorichigaeError } from '../contract/index.ts'
import { VERSION } from '../scenario/version.ts'
import { checkCommand } from './commands/check.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exploreCommand } from './commands/explore.ts'
import { inspectCommand } from './commands/inspect.ts'
import { loadCommand } from './commands/load.ts'
import { nationalDayCommand } from './commands/national-day.ts'
import { peopleCommand } from './commands/people.ts'
import { regressCommand } from './commands/regress.ts'
import { replayCommand } from './commands/replay.ts'
import { serveCommand } from './commands/serve.ts'
import { paragraph } from './terminal.ts'

/** The `torichigae` command: one subcommand a file under `commands/`, one place where errors become sentences. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('torichigae')
    .description('Simulates certificate issuance from convenience stores, and says whose paper it is.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ outputError: () => undefined })
  let exit = 0
  const ran = (code: number): void => {
    exit = code
  }
  for (const command of [regressCommand(ran), replayCommand(ran), exploreCommand(ran), inspectCommand(ran), loadCommand(ran), nationalDayCommand(ran), checkCommand(ran), peopleCommand(ran), serveCommand(ran), doctorCommand(ran)]) {
    program.addCommand(withoutEnds(command))
  }
  try {
    await program.parseAsync([...argv])
    return exit
  } catch (error) {
    return report(error)
  }
}

/** A command, with the commands in it, that throws its errors and neither says them nor ends the process. */
function withoutEnds(command: Command): Command {
  for (const inner of command.commands) withoutEnds(inner)
  return command.exitOverride().configureOutput({ outputError: () => undefined })
}

/** Says an error in its sentence, with what to do, and gives its exit code. */
export function report(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const known = asKnown(error)
  process.stderr.write(`${paragraph(`${known.message} ${known.remedy}`)}\n`)
  if (known.code === 'INTERNAL' && error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`)
  return known.exit
}

function asKnown(error: unknown): TorichigaeError {
  if (error instanceof TorichigaeError) return error
  if (error instanceof CommanderError && error.code === 'commander.help') return new TorichigaeError('USAGE', 'no command is given')
  if (error instanceof CommanderError) return new TorichigaeError('USAGE', error.message.replace(/^error: /, '').replace(/\.$/, ''))
  return new TorichigaeError('INTERNAL', error instanceof Error ? error.message : String(error))
}
