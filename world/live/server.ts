import swagger from '@fastify/swagger'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { fastify, type FastifyError, type FastifyInstance } from 'fastify'
import { type OperationName, OPERATIONS, Refusal, REFUSALS, RefusalAnswer, type RequestOf, TorichigaeError } from '../../contract/index.ts'
import type { NodeInstance } from '../node.ts'
import type { World } from '../ports.ts'

/** A task that begins for a request, and ends with it. */
export interface BegunTask {
  readonly world: World
  /** Makes the step "receive …": an ordering may hold it. */
  received(operation: OperationName): Promise<void>
  ended(): void
}

export interface NodeServerOptions {
  /** The node's handlers as they are now: a restart replaces them. */
  instance(): NodeInstance
  begin(application: string | undefined): BegunTask
  /** Default 0: any free port. */
  readonly port?: number
  readonly title?: string
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
  const port = options.port ?? 0
  try {
    const url = await app.listen({ host: '127.0.0.1', port })
    return { url, close: () => app.close() }
  } catch (error) {
    await app.close()
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new TorichigaeError('PORT_IN_USE', `127.0.0.1:${String(port)}`, { cause: error })
    }
    throw error
  }
}

/** The same without a socket, for tests and for the OpenAPI document. */
export async function createNodeApp(options: NodeServerOptions): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  await app.register(swagger, { openapi: { info: { title: options.title ?? 'torichigae', version: '1' } } })
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(REFUSALS[error.code].status).send(refusalBody(error))
    const status = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 502
    const field = error.validation?.[0]
    if (field !== undefined) return reply.code(400).send({ code: 'BAD_REQUEST', field: field.instancePath || '/', message: fieldMessage(field) })
    if (status === 502) return reply.code(502).send(refusalBody(new Refusal('SERVER_ERROR')))
    return reply.code(status).send({ code: 'BAD_REQUEST', message: error.message })
  })
  for (const name of servedBy(options.instance())) route(app, name, options)
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  return app
}

const servedBy = (instance: NodeInstance): OperationName[] => Object.keys(instance.serves ?? {}) as OperationName[]

function route(app: FastifyInstance, name: OperationName, options: NodeServerOptions): void {
  const { path, words, request: body, answer } = OPERATIONS[name]
  const schema = { body, response: { 200: answer, '4xx': RefusalAnswer, '5xx': RefusalAnswer }, operationId: name, summary: words }
  // The answer's schema is for the document; sending goes through JSON, so that a union needs no serialiser of its own.
  app.post(path, { schema, serializerCompiler: () => (data) => JSON.stringify(data) }, async (request) => {
    const sent = request.body as RequestOf<OperationName>
    const task = options.begin('application' in sent ? sent.application : undefined)
    try {
      await task.received(name)
      return await answerOf(options.instance(), name, task.world, sent)
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

const refusalBody = ({ code }: Refusal): { code: string; message: string } => ({ code, message: REFUSALS[code].en })

const fieldMessage = (field: { instancePath?: string; message?: string }): string =>
  `${field.instancePath === '' || field.instancePath === undefined ? 'the request' : field.instancePath} ${field.message ?? 'is not as the contract says'}`
