import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type ServeOptions, serveOptions, serveSyntax } from '../../../../cli/commands/serve-options.ts'
import { REDIS_ARGUMENTS, TOPOLOGY } from '../../../../world/live/cluster/topology.ts'
import { ROOT } from '../../../support/source-tree.ts'

interface Service {
  readonly image?: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly deploy?: { readonly replicas: number }
  readonly stop_grace_period?: string
}

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, null> }
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)

/** A service's command line as the real command understands it. */
function served({ command = [], environment = {} }: Service): ServeOptions {
  const [subcommand, ...line] = command
  expect(subcommand).toBe('serve')
  const syntax = serveSyntax().exitOverride().parse([...line], { from: 'user' })
  expect(syntax.args).toEqual([])
  return serveOptions(syntax.opts(), environment)
}

describe('docker-compose.yml', () => {
  it('has every image at one exact version, the Dockerfile too', () => {
    const images = [...Object.values(services).map(({ image }) => image ?? ''), ...[...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image)]

    expect(images).toHaveLength(Object.keys(services).length + 2)
    expect(images.filter((image) => !/^[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)*$/.test(image))).toEqual([])
    expect(images.map((image) => image.split('.')[0])).toEqual(expect.arrayContaining(['redis:8', 'postgres:18', 'node:24']))
  })

  it('asks of every service whether it is well, and lets those that need it wait for that', () => {
    expect(Object.entries(services).filter(([, { healthcheck }]) => (healthcheck?.test.length ?? 0) < 2)).toEqual([])
    for (const [, { depends_on: needed = {} }] of ours) expect(needed).toMatchObject({ redis: { condition: 'service_healthy' }, postgres: { condition: 'service_healthy' } })
    expect(services['centre']?.depends_on).toMatchObject({ issuing: { condition: 'service_healthy' } })
  })

  it('holds no secret: the password comes from outside, and without it nothing starts', () => {
    const passwords = [...text.matchAll(/PASSWORD: *(.*)$|:\/\/[^:/\s]+:([^@\s]*(?:\{[^}]*\})?)@/gm)].map(([, assigned, inUrl]) => assigned ?? inUrl)

    expect(passwords).toEqual(['${POSTGRES_PASSWORD:?set it in .env}', '${POSTGRES_PASSWORD:?set it in .env}'])
  })

  it('publishes on this machine only', () => {
    const ports = Object.values(services).flatMap(({ ports: published = [] }) => published)

    expect(ports.length).toBeGreaterThan(0)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  it('keeps what Redis and PostgreSQL hold, Redis as it does in the cluster on one machine', () => {
    expect(services['redis']?.command).toEqual(['redis-server', ...REDIS_ARGUMENTS])
    expect(services['redis']?.volumes).toEqual(['redis-data:/data'])
    expect(services['postgres']?.volumes).toEqual(['postgres-data:/var/lib/postgresql'])
    expect(Object.keys(volumes).sort()).toEqual(['postgres-data', 'redis-data', 'work'])
  })

  it('has the topology of the cluster, in command lines that serve understands', () => {
    const shape = ours.map(([name, service]) => {
      const { groups, peers } = served(service)
      const needed = TOPOLOGY.find((part) => part.name === name)?.peers ?? []
      return { name, nodes: groups.join(), processes: service.deploy?.replicas ?? 1, peers: needed.filter((peer) => peers[peer] !== undefined) }
    })

    expect(shape).toEqual(TOPOLOGY)
  })

  it('leads every process to the others, and gives print workers one folder and names of their own', () => {
    for (const [name, service] of ours) {
      const { peers, port, host, worker, workDir } = served(service)
      expect(peers).toEqual({ centre: 'http://centre:7001', issuing: 'http://issuing:7001' })
      expect([name, host, port, worker]).toEqual([name, '0.0.0.0', 7001, undefined])
      if (name === 'print') expect(service.volumes).toEqual([`work:${workDir.replace(/\/work$/, '')}`])
    }
  })

  it('gives a process longer to end than it takes for what is at hand', () => {
    for (const [, service] of ours) expect(Number(service.stop_grace_period?.replace(/s$/, '')) * 1_000).toBeGreaterThan(served(service).stopWithinMs)
  })
})

describe('the Dockerfile', () => {
  it('runs the command, and not as root', () => {
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toContain('ENTRYPOINT ["node", "bin/torichigae.js"]')
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM'))
  })
})
