import { byTime, digitsOf } from './by-time.ts'

/**
 * A half-fix of K3: three digits more.
 *
 * Who would have written it: whoever read in the report that the two had come within one second. It looked right because nobody can
 * show two requests in one millisecond. There are fewer of them, and nothing else has changed: a time is still no identity, and
 * nobody looks whose answer it is.
 */
export const milliseconds = byTime((clock) => digitsOf(clock, 3))
