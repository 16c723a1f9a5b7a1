import type { EventOf } from '../../contract/index.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { askedFor, proof, timeOf } from '../words.ts'

/**
 * PROVENANCE: the document that reached the kiosk was made by a job of that very application. Known by the image's digest,
 * as the engine recorded it; the provenance line on paper is not read.
 */
export const provenance: Checker = {
  name: 'PROVENANCE',
  needs: 'inside',
  *check(index) {
    const fetched = [...index.applications.values()].filter(({ fetches }) => fetches.length > 0)
    if (fetched.length === 0) return
    if (index.images.length === 0) {
      yield { unknown: 'Documents reached a kiosk, and the making of no image was recorded.' }
      return
    }
    const makers = makersByDigest(index)
    for (const application of fetched) {
      for (const { ready } of application.fetches) {
        if (ready.digest === undefined) {
          yield { unknown: `The document of application ${application.id} has no digest in the history.` }
          continue
        }
        const made = (makers.get(ready.digest) ?? []).filter(({ i }) => i < ready.i)
        if (made.some((image) => image.application === application.id)) continue
        const [image] = made
        yield {
          application: application.id,
          events: proof(application.apply, image, ready),
          explanation: `${askedFor(index, application)}. The document that the kiosk received at ${timeOf(ready)} ${whose(index, image)}.`,
          ...(image === undefined ? { absent: 'earlier' as const } : {}),
        }
      }
    }
  },
}

function makersByDigest(index: HistoryIndex): ReadonlyMap<string, readonly EventOf<'info', 'image'>[]> {
  const makers = new Map<string, EventOf<'info', 'image'>[]>()
  for (const image of index.images) {
    const known = makers.get(image.digest)
    if (known === undefined) makers.set(image.digest, [image])
    else known.push(image)
  }
  return makers
}

function whose(index: HistoryIndex, image: EventOf<'info', 'image'> | undefined): string {
  if (image === undefined) return 'was made by no job on record'
  const applicant = index.applications.get(image.application)?.apply?.applicant
  const forWhom = applicant === undefined ? `application ${image.application}` : `${index.nameOf(applicant)}'s application ${image.application}`
  return `had been made at ${timeOf(image)} by the job ${image.job} for ${forWhom}`
}
