import { CERTIFICATE_TYPES, isFamilyType, isTaxType, type Municipality } from '../contract/index.ts'
import { createAuthority } from './authority/authority.ts'
import type { NodeDefinition } from '../world/node.ts'
import { type Build, partOf } from './build.ts'
import { createCentre } from './centre/centre.ts'
import { createExchange } from './exchange/exchange.ts'
import { createFamilySystem } from './family/family-system.ts'
import { createIssuing } from './issuing/issuing.ts'
import { createSweep } from './issuing/sweep.ts'
import { createLink, type ResidentLinkTiming } from './link/link.ts'
import { createSealLink, type SealLinkTiming } from './link/seal-link.ts'
import { createWorker } from './print/worker.ts'
import { createRegister } from './register/register.ts'

/** One municipality with the build that runs there and the schedule of its links. */
export interface Deployment {
  readonly municipality: Municipality
  readonly build: Build
  readonly link: LinkTiming
}

/** When the links of a site run. */
export interface LinkTiming extends ResidentLinkTiming {
  readonly seals: SealLinkTiming
}

export const CENTRE_SITE = 'centre'
export const AUTHORITY_SITE = 'authority'
export const authorityNode = AUTHORITY_SITE
export const issuingSite = (municipality: string): string => `issuing:${municipality}`
export const registerSite = (municipality: string): string => `register:${municipality}`
export const registerNode = registerSite
/** The family-register system of a municipality, a product and a database of its own. */
export const familySite = (municipality: string): string => `family:${municipality}`

/** Whether certificates of family registers are offered there. */
export const offersFamily = ({ feesYen }: Municipality): boolean => CERTIFICATE_TYPES.some((type) => isFamilyType(type) && feesYen[type] !== undefined)

/** Whether certificates of taxes are. */
export const offersTaxes = ({ feesYen }: Municipality): boolean => CERTIFICATE_TYPES.some((type) => isTaxType(type) && feesYen[type] !== undefined)

/**
 * The nodes of a whole issuing system: one centre, one certificate authority, and for each municipality its register, link,
 * server and workers, and where it offers family registers their system and the exchange with it.
 * @param authorityKey the authority's public key, by which the centre checks certificates
 */
export function systemNodes(deployments: readonly Deployment[], authorityKey: string): readonly NodeDefinition[] {
  const municipalities = deployments.map(({ municipality }) => municipality)
  const centre: NodeDefinition = { name: 'centre', role: 'centre', site: CENTRE_SITE, forgets: true, start: () => ({ serves: createCentre({ authorityKey, municipalities }) }) }
  const authority: NodeDefinition = { name: authorityNode, role: 'authority', site: AUTHORITY_SITE, forgets: true, start: () => ({ serves: createAuthority() }) }
  return [centre, authority, ...deployments.flatMap(municipalNodes)]
}

/** The municipality with no more types than its site issues. */
function asOffered(municipality: Municipality, { offers }: Build['settings']): Municipality {
  if (offers === undefined) return municipality
  const feesYen = Object.fromEntries(Object.entries(municipality.feesYen).filter(([type]) => offers.some((offered) => offered === type)))
  return { ...municipality, feesYen }
}

function municipalNodes({ municipality: whole, build, link }: Deployment): readonly NodeDefinition[] {
  const municipality = asOffered(whole, build.settings)
  const { code } = municipality
  const site = issuingSite(code)
  const stopCheck = partOf(build, 'issuing/stop-check')
  const replicaLock = partOf(build, 'link/replica-lock')
  const sealDelta = partOf(build, 'link/seal-delta')
  const applySeal = partOf(build, 'link/seal-apply')
  return [
    {
      name: registerNode(code),
      role: 'register',
      site: registerSite(code),
      municipality: code,
      forgets: true,
      start: () => ({ serves: createRegister() }),
    },
    {
      name: `issuing:${code}`,
      role: 'issuing',
      site,
      municipality: code,
      forgets: true,
      start: () => ({ serves: createIssuing(municipality, stopCheck(), applySeal()), schedules: [createSweep()] }),
    },
    {
      name: `link:${code}`,
      role: 'link',
      site,
      municipality: code,
      start: () => ({ schedules: [createLink(code, link, replicaLock()), createSealLink(code, link.seals, sealDelta(), applySeal())] }),
    },
    ...(offersFamily(municipality) ? familyNodes(municipality, build) : []),
    ...Array.from({ length: build.nodes }, (_, index) => printNode(municipality, build, index + 1)),
  ]
}

function familyNodes({ code }: Municipality, build: Build): readonly NodeDefinition[] {
  const { exchangeSessionMs } = build.settings
  return [
    {
      name: `exchange:${code}`,
      role: 'exchange',
      site: issuingSite(code),
      municipality: code,
      forgets: true,
      start: () => ({ serves: createExchange(code, exchangeSessionMs) }),
    },
    { name: familySite(code), role: 'family', site: familySite(code), municipality: code, forgets: true, start: () => ({ serves: createFamilySystem() }) },
  ]
}

function printNode(municipality: Municipality, build: Build, number: number): NodeDefinition {
  const { turnLimitMs, workerConcurrency, engineCapacity, engineBaseMs, enginePerSheetMs, sheetSlotMs: lookMs, formKeptMs: keptMs } = build.settings
  const forms = partOf(build, 'print/forms')
  const requests = partOf(build, 'exchange/request')
  const passing = partOf(build, 'print/passing')
  const turn = partOf(build, 'print/turn')
  const output = partOf(build, 'print/output')
  const onError = partOf(build, 'print/on-error')
  const workFile = partOf(build, 'print/work-file')
  const finalMatch = partOf(build, 'issuing/final-match')
  const replicaLock = partOf(build, 'link/replica-lock')
  return {
    name: `print:${municipality.code}/${String(number)}`,
    role: 'print',
    site: issuingSite(municipality.code),
    municipality: municipality.code,
    engine: { capacity: engineCapacity, baseMs: engineBaseMs, perSheetMs: enginePerSheetMs },
    forgets: true,
    start: (keep) => ({
      consumes: createWorker(municipality, workerConcurrency, {
        forms: keep('forms', () => forms({ keptMs })),
        requests: requests(),
        passing: keep('passing', () => passing({ lookMs })),
        turn: keep('turn', () => turn({ limitMs: turnLimitMs })),
        output: keep('output', output),
        onError: onError(),
        workFile: workFile(),
        finalMatch: finalMatch(),
        replicaLock: replicaLock(),
      }),
    }),
  }
}
