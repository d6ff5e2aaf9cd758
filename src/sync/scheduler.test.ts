import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connections } from '../domain/connections.ts'
import type { SiteId } from '../domain/site.ts'
import { startScheduler } from './scheduler.ts'
import type { RunRequest, SyncOutcome } from './sync-runner.ts'

const siteId = 1 as SiteId

/** Two connections, of which the runs are only written down. */
function aScheduler(run: (request: RunRequest) => Promise<SyncOutcome> = async () => done) {
  const runs: { name: string; isQuick: boolean }[] = []
  const errors: unknown[] = []
  const found = ['one', 'two'].map((name) => ({ connection: { name }, link: {} }))
  const connections = {
    linked: async () => found,
    find: async (_: SiteId, name: string) => found.find((one) => one.connection.name === name),
  } as unknown as Connections
  const scheduler = startScheduler({
    siteId,
    connections,
    everyMs: 300_000,
    random: () => 0.5,
    onOutcome: () => {},
    onError: (_, error) => errors.push(error),
    run: (request) => {
      runs.push({ name: request.connection.name, isQuick: request.isQuick === true })
      return run(request)
    },
  })
  return { scheduler, runs, errors }
}

const done = { kind: 'busy', owner: 'somebody' } as const

describe('the scheduler', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('reads every connection soon after the start and then at its intervals', async () => {
    const { scheduler, runs } = aScheduler()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(runs.map((run) => run.name)).toEqual(['one', 'two'])
    await vi.advanceTimersByTimeAsync(299_000)
    expect(runs).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(runs).toHaveLength(4)
    await scheduler.stop()
    await vi.advanceTimersByTimeAsync(900_000)
    expect(runs).toHaveLength(4)
  })

  it('looks once, and quickly, after a burst of hints', async () => {
    const { scheduler, runs } = aScheduler()
    await vi.advanceTimersByTimeAsync(10_000)
    runs.length = 0
    for (let at = 0; at < 5; at += 1) scheduler.hurry('two')
    await vi.advanceTimersByTimeAsync(2_900)
    expect(runs).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(runs).toEqual([{ name: 'two', isQuick: true }])
    await scheduler.stop()
  })

  it('goes on after a failure, and never reads one connection twice at a time', async () => {
    let isSlow = false
    const { scheduler, runs, errors } = aScheduler(async (request) => {
      if (request.connection.name === 'one') throw new Error('no Jira')
      if (isSlow) await new Promise((resolve) => setTimeout(resolve, 60_000))
      return done
    })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(errors).toHaveLength(1)
    isSlow = true
    await vi.advanceTimersByTimeAsync(300_000)
    expect(runs).toHaveLength(4)
    scheduler.hurry('two')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(runs).toHaveLength(4)
    const stopping = scheduler.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    await stopping
  })
})
