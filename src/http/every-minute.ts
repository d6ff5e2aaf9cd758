import type { FastifyInstance } from 'fastify'

const minuteMs = 60_000

/** Does small chores every minute while the server runs; one that fails is told and tried again. */
export function everyMinute(server: FastifyInstance, work: () => Promise<unknown>): void {
  const timer = setInterval(() => {
    work().catch((error: unknown) => server.log.warn({ err: error }, 'housekeeping failed'))
  }, minuteMs)
  timer.unref()
  server.addHook('onClose', async () => clearInterval(timer))
}
