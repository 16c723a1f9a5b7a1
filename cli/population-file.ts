import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { POPULATION_LINE_MAX, type PopulationCounts, PopulationLines, type PopulationReader, type PopulationReading } from '../contract/population-file.ts'
import { type Household, type PopulationHeader, TorichigaeError } from '../contract/index.ts'

/**
 * Lines are written in pieces of about so many characters. Ones eight times as long took some 40 MiB more at the peak: long texts
 * are large objects to the garbage collector, which it leaves lying.
 */
const PIECE_CHARACTERS = 32_768
/** And read in pieces of so many bytes. */
const PIECE_BYTES = 65_536

/** Takes the next piece of a file; the one after it is made when this one has been taken. */
export type Sink = (text: string) => Promise<void>

/**
 * Writes a population, household by household as they come.
 * @param onProgress is told now and then how many people have been written
 */
export async function writePopulation(header: PopulationHeader, households: Iterable<Household>, sink: Sink, onProgress: (people: number) => void = () => undefined): Promise<PopulationCounts> {
  const lines = new PopulationLines()
  let waiting = `${lines.header(header)}\n`
  for (const household of households) {
    waiting += `${lines.household(household)}\n`
    if (waiting.length < PIECE_CHARACTERS) continue
    await sink(waiting)
    waiting = ''
    onProgress(lines.counts().people)
  }
  await sink(`${waiting}${lines.footer()}\n`)
  return lines.counts()
}

/**
 * Lets `write` write into a file that only its owner can read, also where it was there before and anybody could.
 * @throws TorichigaeError OUT_NOT_WRITABLE
 */
export async function intoFile<T>(file: string, write: (sink: Sink) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined
  try {
    const opened = await open(file, 'w', OWNER_ONLY)
    handle = opened
    // A device such as /dev/null is everybody's and stays as it is.
    if ((await opened.stat()).isFile()) await opened.chmod(OWNER_ONLY)
    return await write((text) => opened.writeFile(text))
  } catch (error) {
    if (!isSystemError(error)) throw error
    throw new TorichigaeError('OUT_NOT_WRITABLE', file, { cause: error })
  } finally {
    await handle?.close()
  }
}

const OWNER_ONLY = 0o600

/** Writes to standard output, and waits while whoever reads is behind. Fails where nobody reads any more. */
export const ontoStandardOutput: Sink = async (text) => {
  const { stdout } = process
  if (stdout.errored) throw stdout.errored
  if (!stdout.write(text)) await once(stdout, 'drain')
}

/**
 * Reads a population file.
 * @param take gets each household as it comes, also one with problems
 * @throws TorichigaeError NO_FILE; BAD_POPULATION where a line is too long to be one
 */
export async function readPopulation(file: string, reader: PopulationReader, take: (household: Household) => void = () => undefined): Promise<PopulationReading> {
  let rest = ''
  let line = 0
  const hand = (text: string): void => {
    line += 1
    const household = reader.line(text)
    if (household !== undefined) take(household)
  }
  try {
    for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: PIECE_BYTES }) as AsyncIterable<string>) {
      let from = 0
      for (let feed = piece.indexOf('\n'); feed !== -1; feed = piece.indexOf('\n', from)) {
        hand(rest + piece.slice(from, feed))
        rest = ''
        from = feed + 1
      }
      rest += piece.slice(from)
      if (reader.unusable) return reader.end()
      if (rest.length > POPULATION_LINE_MAX) throw new TorichigaeError('BAD_POPULATION', `${file}, line ${String(line + 1)}: it has more than ${POPULATION_LINE_MAX.toLocaleString('en')} characters`)
    }
  } catch (error) {
    if (!isSystemError(error)) throw error
    throw new TorichigaeError('NO_FILE', file, { cause: error })
  }
  if (rest !== '') hand(rest)
  return reader.end()
}

/** Whether whoever read standard output has gone away. */
export const isClosedPipe = (error: unknown): boolean => isSystemError(error) && (error as NodeJS.ErrnoException).code === 'EPIPE'

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error
