import fc from 'fast-check'
import type { TableDefinition, World } from '../../../world/ports.ts'

/** One port call or wait of a task. */
export type Move =
  | { readonly kind: 'write' | 'read'; readonly file: string }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'add'; readonly row: string }

const ROWS: TableDefinition<number> = { name: 'rows' }

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constantFrom('write' as const, 'read' as const), file: fc.constantFrom('a.img', 'b.img') }),
  fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('add' as const), row: fc.constantFrom('r', 's') }),
)

/** Two to four tasks of up to six moves, over files and rows that they share. */
export const randomSystem: fc.Arbitrary<readonly (readonly Move[])[]> = fc.array(fc.array(move, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 })

/** A task that makes the moves; what it sees of the others it tells `note`. */
export const bodyOf = (moves: readonly Move[], note: (seen: string) => void) => async (world: World): Promise<void> => {
  for (const made of moves) await makeMove(world, made, note)
}

async function makeMove({ files, clock, database, process }: World, made: Move, note: (seen: string) => void): Promise<void> {
  switch (made.kind) {
    case 'write':
      return files.write(made.file, { digest: process, pages: 1, body: process })
    case 'read':
      note(`${process} reads ${(await files.read(made.file))?.body ?? 'nothing'}`)
      return
    case 'sleep':
      return clock.sleep(made.ms)
    case 'add':
      return database.transaction('add', async (tx) => {
        const row = await tx.get(ROWS, made.row)
        await tx.put(ROWS, made.row, 'group', (row?.data ?? 0) + 1)
        note(`${process} makes ${made.row} ${String((row?.data ?? 0) + 1)}`)
      })
  }
}
