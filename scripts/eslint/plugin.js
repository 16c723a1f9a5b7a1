/**
 * The project's own lint rules. They hold what the design calls "the ports": under `services/` and `kiosk-sim/` nothing
 * reaches a clock, a timer, a socket, a file, an id or a random source in any other way, because one such leak makes a
 * simulated run depend on the machine it runs on and its token worthless. `test/rules/lint-bans.test.ts` shows each ban
 * catching what it is for and sparing what it is not for.
 */
import { noAmbient } from './no-ambient.js'
import { noBuiltin } from './no-builtin.js'
import { noLocale } from './no-locale.js'
import { noModuleState } from './no-module-state.js'

export default {
  meta: { name: 'torichigae' },
  rules: {
    'no-ambient': noAmbient,
    'no-builtin': noBuiltin,
    'no-locale': noLocale,
    'no-module-state': noModuleState,
  },
}
