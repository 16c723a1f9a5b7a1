import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { Refusal, REFUSALS } from '../../contract/index.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The application it is about, once the schema has vouched for it. */
    application: string | undefined
  }
  interface FastifyContextConfig {
    /** The contract's name of what the route does; absent on routes for the operator. */
    operation?: string
  }
}

/** Who looks on while requests are answered. */
export interface Observer {
  /** Gets one line a request: never a body, and no path but those we serve. Default: nobody is told. */
  readonly logger?: Logger
  /** Counts requests, and is served at `/metrics`. Default: neither. */
  readonly metrics?: Metrics
  /** Served at `/health/live` and `/health/ready`. Default: it is not. */
  readonly health?: Health
}

/**
 * An HTTP server without routes of its own but the operator's. Every request has an id, which its sender may have given it,
 * and which the answer bears. A refusal is answered with its own status, what breaks a schema with 400 and the field named, an
 * error of ours as the server's error (502), and once the process is about to end every operation with 503.
 */
export function createHttpApp({ logger, metrics, health }: Observer, forceClose: true | 'idle' = true): FastifyInstance {
  const app = fastify({ forceCloseConnections: forceClose, genReqId: ({ headers }) => requestIdOf(headers[REQUEST_ID_HEADER]) })
  app.withTypeProvider<TypeBoxTypeProvider>().setValidatorCompiler(TypeBoxValidatorCompiler)
  app.decorateRequest('application', undefined)
  app.addHook('onRequest', async (request, reply) => {
    void reply.header(REQUEST_ID_HEADER, request.id)
    if (health?.stopping === true && request.routeOptions.config.operation !== undefined) {
      await reply.code(503).header('connection', 'close').send(refusalBody(new Refusal('SERVER_ERROR')))
    }
  })
  app.addHook('onResponse', (request, reply, done) => {
    observe(request, reply, logger, metrics)
    done()
  })
  app.setErrorHandler<FastifyError>(answerError)
  if (metrics !== undefined) {
    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      const { contentType, text } = await metrics.exposition()
      return reply.type(contentType).send(text)
    })
  }
  if (health !== undefined) {
    app.get('/health/live', { schema: { hide: true } }, () => ({ live: true }))
    app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
      const report = await health.report()
      return reply.code(report.ready ? 200 : 503).send(report)
    })
  }
  return app
}

/** Operators' own requests are neither counted nor logged: they come every few seconds and say nothing. */
function observe(request: FastifyRequest, reply: FastifyReply, logger?: Logger, metrics?: Metrics): void {
  const { config, url } = request.routeOptions
  if (config.operation === undefined && url !== undefined) return
  const { statusCode: status, elapsedTime } = reply
  metrics?.countRequest(config.operation ?? 'unknown', status, elapsedTime)
  logger?.[status >= 500 ? 'warn' : 'info']({
    code: 'REQUEST',
    requestId: request.id,
    method: request.method,
    // As the route is written: whatever else somebody types as a path may be anything, a name too.
    path: url ?? '(unknown)',
    status,
    durationMs: Math.round(elapsedTime * 10) / 10,
    ...(request.application === undefined ? {} : { application: request.application }),
  })
}

function answerError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(REFUSALS[error.code].status).send(refusalBody(error))
  const status = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 502
  const field = error.validation?.[0]
  if (field !== undefined) return reply.code(400).send({ code: 'BAD_REQUEST', field: field.instancePath || '/', message: fieldMessage(field) })
  if (status === 502) return reply.code(502).send(refusalBody(new Refusal('SERVER_ERROR')))
  return reply.code(status).send({ code: 'BAD_REQUEST', message: error.message })
}

const refusalBody = ({ code }: Refusal): { code: string; message: string } => ({ code, message: REFUSALS[code].en })

const fieldMessage = (field: { instancePath?: string; message?: string }): string =>
  `${field.instancePath === '' || field.instancePath === undefined ? 'the request' : field.instancePath} ${field.message ?? 'is not as the contract says'}`
