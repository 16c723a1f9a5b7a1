/** How long a kiosk waits for what. All ours: nothing was published (`docs/parameters.md`). */

/** It asks again so often while the certificate is being made, and gives up after so long. */
export const POLL_MS = 3_000
export const WAIT_LIMIT_MS = 180_000

/** A screen that nobody touches for so long is given up. */
export const IDLE_LIMIT_MS = 60_000

/** An alarm over a forgotten card or paper sounds so long until somebody in the shop presses stop. */
export const ATTENDANT_MS = 30_000
