import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/support/closing-line.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-setup.ts', 'test/support/build-setup.ts'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 30_000,
    // Left to itself vitest takes one worker on a machine of two cores, and the tests wait for servers much of their time.
    maxWorkers: 4,
    // Modules keep no state (a lint rule holds that), so that test files can share them; loading them took a third of the time.
    isolate: false,
  },
})
