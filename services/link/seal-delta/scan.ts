import type { SealRegistration } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'
import { BATCH } from '../link.ts'

/**
 * Reads the seal register page by page. Each page is what had been committed when it was read, so an operation that commits
 * behind the scan is not in it.
 * @param stampedAfterMs only rows stamped after this; all where it is left out
 */
export async function scanSeals(world: World, municipality: string, pageMs: number, stampedAfterMs?: number): Promise<readonly SealRegistration[]> {
  const found: SealRegistration[] = []
  const since = stampedAfterMs === undefined ? {} : { stampedAfterMs }
  let after: string | undefined = ''
  while (after !== undefined) {
    const page: { seals: SealRegistration[]; next?: string } = await world.network.call('sealScan', municipality, { ...since, after, limit: BATCH })
    found.push(...page.seals)
    after = page.next
    if (pageMs > 0) await world.clock.sleep(pageMs)
  }
  return found
}
