import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { RequestFigures } from '../domain/health.ts'
import type { SyncFigures } from '../domain/readiness.ts'

/** Prometheus figures of one server; each server has its own registry. */
export function makeMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

const durationsName = 'hourbook_http_request_seconds'

/** Counts and times every request by route, never by address: the labels stay few. */
export function measureRequests(server: FastifyInstance, registry: Registry): void {
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'hourbook_http_requests_total',
    help: 'Requests answered',
    labelNames,
    registers: [registry],
  })
  const durations = new Histogram({
    name: durationsName,
    help: 'Time to the end of the answer',
    labelNames,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  })
  server.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: String(reply.statusCode),
    }
    requests.inc(labels)
    durations.observe(labels, reply.elapsedTime / 1_000)
  })
}

/** What was answered so far, in a few figures for people. */
export async function requestFigures(registry: Registry): Promise<RequestFigures> {
  const found = registry.getSingleMetric(durationsName)
  const { values } = found ? await found.get() : { values: [] }
  const figures = { count: 0, failed: 0, averageMs: 0, slow: 0 }
  let seconds = 0
  for (const { metricName, labels, value } of values as readonly MetricRow[]) {
    if (metricName === `${durationsName}_sum`) seconds += value
    if (metricName === `${durationsName}_count`) {
      figures.count += value
      figures.slow += value
      if (String(labels.status).startsWith('5')) figures.failed += value
    }
    // Buckets hold everything up to their limit.
    if (metricName === `${durationsName}_bucket` && labels.le === 1) figures.slow -= value
  }
  if (figures.count > 0) figures.averageMs = Math.round((seconds / figures.count) * 10_000) / 10
  return figures
}

type MetricRow = {
  readonly metricName: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
}

/** Gauges of every connection, read from the store when Prometheus asks. */
export function measureSync(registry: Registry, read: () => Promise<readonly SyncFigures[]>): void {
  const registers = [registry]
  const well = new Gauge({
    name: 'hourbook_sync_well',
    help: '1 while the last cycle of a connection went well',
    labelNames: ['connection'],
    registers,
  })
  const lastCycle = new Gauge({
    name: 'hourbook_sync_last_cycle',
    help: 'What the last cycle of a connection did',
    labelNames: ['connection', 'what'],
    registers,
  })
  new Gauge({
    name: 'hourbook_sync_age_seconds',
    help: 'Seconds since the last whole cycle of a connection; -1 before the first',
    labelNames: ['connection'],
    registers,
    async collect() {
      for (const gauge of [this, well, lastCycle]) gauge.reset()
      for (const { connection, ageSeconds, isWell, counters } of await read()) {
        this.set({ connection }, ageSeconds)
        well.set({ connection }, isWell ? 1 : 0)
        for (const [what, value] of Object.entries(counters))
          lastCycle.set({ connection, what }, value)
      }
    },
  })
}
