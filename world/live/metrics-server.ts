import { createHttpApp } from './http-app.ts'
import type { Metrics } from './metrics.ts'
import { listen, type NodeServer } from './server.ts'

/**
 * Serves `/metrics` and nothing else, on loopback, for somebody who counts and is no node of a system.
 * @param port 0: any free one
 * @throws TorichigaeError PORT_IN_USE
 */
export const serveMetrics = (metrics: Metrics, port: number): Promise<NodeServer> => listen(createHttpApp({ metrics }), '127.0.0.1', port)
