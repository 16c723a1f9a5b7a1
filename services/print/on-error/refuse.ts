import type { OnErrorFactory } from './on-error.ts'

/** The application fails, the kiosk says so before anything is paid, and the site has it in its log. */
export const refuse: OnErrorFactory = () => ({ isTriedAgain: () => false })
