import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { type OperationName, OPERATIONS, Refusal, RefusalAnswer, type RequestOf, TorichigaeError } from '../../contract/index.ts'
import type { NodeInstance } from '../node.ts'
import type { World } from '../ports.ts'
import { createHttpApp, type Observer } from './http-app.ts'

/** A task that begins for a request, and ends with it. */
export interface BegunTask {
  readonly world: World
  /** Makes the step "receive …": an ordering may hold it. */
  received(operation: OperationName): Promise<void>
  ended(): void
}

/** What a node serves. */
export interface NodeFace {
  /** The node's handlers as they are now: a restart replaces them. */
  instance(): NodeInstance
  begin(application: string | undefined, requestId: string): BegunTask
  readonly title?: string
}

export interface NodeServerOptions extends NodeFace, Observer {
  /** Default 0: any free port. */
  readonly port?: number
}

export interface NodeServer {
  readonly url: string
  close(): Promise<void>
}

/**
 * The HTTP face of a node: one POST route for each operation it serves, made from the contract's table, and the OpenAPI
 * document of them at `/openapi.json`. What breaks the schema gets 400 with the field named; a refusal gets its own status;
 * an error of ours is logged and answered as the server's error (502). Nothing a client sends gets 500.
 * @throws TorichigaeError PORT_IN_USE
 */
export async function serveNode(options: NodeServerOptions): Promise<NodeServer> {
  const app = await createNodeApp(options)
  return listen(app, '127.0.0.1', options.port ?? 0)
}

/** The same without a socket, for tests and for the OpenAPI document. */
export async function createNodeApp(options: NodeServerOptions): Promise<FastifyInstance> {
  const app = createHttpApp(options)
  await mountNode(app, '', options)
  return app
}

/** Opens an app's socket. @throws TorichigaeError PORT_IN_USE */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<NodeServer> {
  try {
    const url = await app.listen({ host, port })
    return { url, close: () => app.close() }
  } catch (error) {
    await app.close()
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new TorichigaeError('PORT_IN_USE', `${host}:${String(port)}`, { cause: error })
    }
    throw error
  }
}

/** Puts a node's operations, and the OpenAPI document of them, under `prefix`, so that one server can have many nodes. */
export async function mountNode(app: FastifyInstance, prefix: string, face: NodeFace, more?: (scope: FastifyInstance) => void): Promise<void> {
  await app.register(
    async (scope) => {
      await scope.register(swagger, { openapi: { info: { title: face.title ?? 'torichigae', version: '1' } } })
      for (const name of servedBy(face.instance())) route(scope, name, face)
      more?.(scope)
      scope.get('/openapi.json', { schema: { hide: true } }, () => scope.swagger())
    },
    { prefix },
  )
}

const servedBy = (instance: NodeInstance): OperationName[] => Object.keys(instance.serves ?? {}) as OperationName[]

function route(app: FastifyInstance, name: OperationName, face: NodeFace): void {
  const { path, words, request: body, answer } = OPERATIONS[name]
  const schema = { body, response: { 200: answer, '4xx': RefusalAnswer, '5xx': RefusalAnswer }, operationId: name, summary: words }
  // The answer's schema is for the document; sending goes through JSON, so that a union needs no serialiser of its own.
  app.post(path, { schema, config: { operation: name }, serializerCompiler: () => (data) => JSON.stringify(data) }, async (request) => {
    const sent = request.body as RequestOf<OperationName>
    request.application = 'application' in sent ? sent.application : undefined
    const task = face.begin(request.application, request.id)
    try {
      await task.received(name)
      return await answerOf(face.instance(), name, task.world, sent)
    } catch (error) {
      if (error instanceof Refusal) throw error
      task.world.log.error('HANDLER_FAILED', { detail: error instanceof Error ? error.name : 'unknown' })
      throw new Refusal('SERVER_ERROR')
    } finally {
      task.ended()
    }
  })
}

function answerOf(instance: NodeInstance, name: OperationName, world: World, request: unknown): Promise<unknown> {
  // The route's schema has checked the request against this operation; the table ties handler and request by name.
  const handler = instance.serves?.[name] as ((world: World, request: unknown) => Promise<unknown>) | undefined
  if (handler === undefined) throw new Refusal('TYPE_NOT_OFFERED')
  return handler(world, request)
}
