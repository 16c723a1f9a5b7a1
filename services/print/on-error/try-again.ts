import type { OnErrorFactory } from './on-error.ts'

const ATTEMPTS_MAX = 3

/**
 * A half-fix of K2: a job that meets an error of the system is tried again.
 *
 * Who would have written it: whoever had three complaints of an error at the kiosk, each of which went away when the person applied
 * again. It looked right because it does what every one of them had done, only faster; and the complaints end. So does the only sign
 * there was. Whoever got the other's paper never saw an error.
 */
export const tryAgain: OnErrorFactory = () => ({ isTriedAgain: (code, attempt) => code === 'SERVER_ERROR' && attempt < ATTEMPTS_MAX })
