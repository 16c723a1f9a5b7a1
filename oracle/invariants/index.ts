import type { Checker } from '../checker.ts'
import { custody } from './custody.ts'
import { echo } from './echo.ts'
import { entitled } from './entitled.ts'
import { fresh } from './fresh.ts'
import { monotonic } from './monotonic.ts'
import { oneWriter } from './one-writer.ts'
import { paid } from './paid.ts'
import { provenance } from './provenance.ts'
import { stopped } from './stopped.ts'
import { subject } from './subject.ts'
import { type } from './type.ts'
import { unique } from './unique.ts'
import { whole } from './whole.ts'

/** Every invariant that is checked. To add one: a file beside these, its name in `INVARIANTS`, a line here. */
export const CHECKERS: readonly Checker[] = [
  subject,
  type,
  whole,
  fresh,
  stopped,
  paid,
  entitled,
  custody,
  oneWriter,
  unique,
  echo,
  provenance,
  monotonic,
]
