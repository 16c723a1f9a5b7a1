/**
 * Every error a person running torichigae can meet: its code, what happened, what to do, and the exit code. Exit codes
 * follow the design: 1 violation, 2 unknown, 64 usage, 70 internal, 130 interrupted. `docs/errors.md` shows the same table;
 * a test keeps the two the same.
 */
export const ERRORS = {
  USAGE: { exit: 64, sentence: 'The command line is not understood: {detail}.', remedy: 'See "torichigae --help".' },
  UNKNOWN_INCIDENT: { exit: 64, sentence: 'There is no incident "{detail}".', remedy: 'The incidents are the files in seeds/incidents.' },
  UNKNOWN_SCENARIO: { exit: 64, sentence: 'There is no scenario "{detail}".', remedy: 'The scenarios are the files in seeds/scenarios, and the incidents that have a script; or give a file.' },
  UNKNOWN_BUILD: { exit: 64, sentence: 'There is no build "{detail}".', remedy: 'The builds are the files in seeds/builds.' },
  UNKNOWN_PLAN: { exit: 64, sentence: 'There is no inspection plan "{detail}".', remedy: 'The plans are the files in seeds/plans.' },
  UNKNOWN_SITE: { exit: 64, sentence: 'There is no site "{detail}" in the fleet.', remedy: 'The sites are listed in the fleet\'s file.' },
  UNKNOWN_PART: { exit: 64, sentence: 'There is no part or variant "{detail}".', remedy: 'The parts and their variants are listed in docs/architecture.md.' },
  UNKNOWN_MUNICIPALITY: { exit: 64, sentence: 'There is no municipality "{detail}".', remedy: 'The municipalities are listed in seeds/municipalities.json.' },
  UNKNOWN_PERSON: { exit: 64, sentence: 'The script names a person who is not cast: "{detail}".', remedy: 'Add the person to "people.cast" of the incident.' },
  BAD_FILE: { exit: 64, sentence: 'The file is not what was expected: {detail}.', remedy: 'Correct the place named, or make the file anew.' },
  BAD_POPULATION: { exit: 64, sentence: 'The population cannot be used: {detail}.', remedy: 'Make it anew with "torichigae people make"; what stands in its first line says how.' },
  BAD_TOKEN: { exit: 64, sentence: 'The token cannot be used: {detail}.', remedy: 'Copy it whole, from "tg1." to its end; or search anew with the seed that stands beside it.' },
  DIVERGED: { exit: 2, sentence: 'The run did not go as the token says: {detail}.', remedy: 'The token was made with another build or another version; search anew with "torichigae explore".' },
  NO_FILE: { exit: 64, sentence: 'The file cannot be read: {detail}.', remedy: 'Check the path and its permissions.' },
  BAD_HISTORY: { exit: 2, sentence: 'The history cannot be judged: {detail}.', remedy: 'What was read up to there is judged; record the run again for the rest.' },
  UNREADABLE_IMAGE: { exit: 2, sentence: 'A certificate\'s image cannot be read: {detail}.', remedy: 'Open the file with a PDF reader; a damaged one has to be printed again.' },
  NOT_A_TEST_SYSTEM: { exit: 64, sentence: 'The target does not say that it is a test system: {detail}.', remedy: 'Only systems that answer GET /v1/test-system as docs/wire-format.md says are called, so that no real one is.' },
  TARGET_NOT_LOCAL: { exit: 64, sentence: 'The target is not on this machine: {detail}.', remedy: 'Nothing was sent to it. If it is a test system and you may put load on it, say so with --i-am-authorised.' },
  NO_TARGET: { exit: 70, sentence: 'The target does not answer: {detail}.', remedy: 'Check the URL, and that "torichigae serve" is running there.' },
  PORT_IN_USE: { exit: 70, sentence: 'The network port is taken: {detail}.', remedy: 'Stop the program that uses it, or choose another with --port, of a load with --metrics-port.' },
  NO_DATABASE: { exit: 70, sentence: 'No database is to be had: {detail}.', remedy: 'Set DATABASE_URL to a PostgreSQL server, or leave it unset to use the embedded one.' },
  ORPHANED_DATABASE: { exit: 70, sentence: 'An embedded database of an earlier run is still running and cannot be stopped: {detail}.', remedy: 'End that process, then run the command again.' },
  NO_QUEUE: { exit: 70, sentence: 'The queue cannot be reached: {detail}.', remedy: 'Check REDIS_URL, or leave it unset to use PostgreSQL.' },
  NO_PROGRAM: { exit: 70, sentence: 'A program that is needed cannot be run: {detail}.', remedy: 'Install it ("npm run setup"), or set REDIS_URL to a server that is there.' },
  NOT_READY: { exit: 70, sentence: 'A process of the cluster did not become ready: {detail}.', remedy: 'Look into its log in the folder of the cluster.' },
  RUN_DIFFERS: { exit: 64, sentence: 'The served system was prepared otherwise: {detail}.', remedy: 'Give every process the same options, or make the system anew with "torichigae serve --prepare --fresh".' },
  OUT_NOT_WRITABLE: { exit: 70, sentence: 'Nothing can be written to {detail}.', remedy: 'Choose another folder with --out.' },
  REAL_IO: { exit: 70, sentence: 'A simulated run reached outside its world: {detail}.', remedy: 'Put the call behind a port; services and kiosk may reach nothing else.' },
  INTERNAL: { exit: 70, sentence: 'Something went wrong inside torichigae: {detail}.', remedy: 'Please report it with the command and its seed.' },
  INTERRUPTED: { exit: 130, sentence: 'Interrupted; what was recorded is in {detail}.', remedy: 'Judge it with "torichigae check".' },
} as const satisfies Record<string, { exit: 1 | 2 | 3 | 64 | 70 | 130; sentence: string; remedy: string }>

export type ErrorCode = keyof typeof ERRORS

/** An error with a place in the table; the message is the whole sentence. */
export class TorichigaeError extends Error {
  override readonly name = 'TorichigaeError'
  readonly exit: number
  readonly remedy: string
  /** @param detail what the sentence is about: a name, a path with a line; no personal data. */
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    // As a function, so that a detail with `$&` in it, as a path may have, is taken as it is.
    super(ERRORS[code].sentence.replace('{detail}', () => detail), options)
    this.exit = ERRORS[code].exit
    this.remedy = ERRORS[code].remedy
  }
}
