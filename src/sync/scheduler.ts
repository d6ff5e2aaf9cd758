import type { Connections } from '../domain/connections.ts'
import type { SiteId } from '../domain/site.ts'
import type { SyncOutcome, SyncRunner } from './sync-runner.ts'

export type SchedulerNeeds = {
  readonly siteId: SiteId
  readonly connections: Connections
  readonly run: SyncRunner
  readonly everyMs: number
  /** 0 to 1, exclusive. */
  readonly random: () => number
  readonly onOutcome: (name: string, outcome: SyncOutcome) => void
  readonly onError: (name: string, error: unknown) => void
}

export type Scheduler = {
  /** Looks at one connection soon: a webhook has told of something. */
  hurry(name: string): void
  stop(): Promise<void>
}

const firstMs = 2_000
const hurryMs = 3_000
const jitter = 0.2

/** Reads every linked connection again and again while a server runs. */
export function startScheduler(needs: SchedulerNeeds): Scheduler {
  const stopped = new AbortController()
  const running = new Map<string, Promise<void>>()
  const hurried = new Map<string, NodeJS.Timeout>()
  const everyMs = () => needs.everyMs * (1 - jitter + 2 * jitter * needs.random())
  let timer = setTimeout(round, firstMs)
  timer.unref()

  function round(): void {
    void readAll().finally(() => {
      if (stopped.signal.aborted) return
      timer = setTimeout(round, everyMs())
      timer.unref()
    })
  }

  async function readAll(): Promise<void> {
    const all = await needs.connections.linked(needs.siteId).catch((error: unknown) => {
      needs.onError('', error)
      return []
    })
    await Promise.all(all.map(({ connection }) => readOne(connection.name, false)))
  }

  function readOne(name: string, isQuick: boolean): Promise<void> {
    const known = running.get(name)
    if (known) return known
    const run = readNow(name, isQuick).finally(() => running.delete(name))
    running.set(name, run)
    return run
  }

  async function readNow(name: string, isQuick: boolean): Promise<void> {
    try {
      const found = await needs.connections.find(needs.siteId, name)
      const outcome = await needs.run({
        siteId: needs.siteId,
        ...found,
        isFull: false,
        acceptsGone: false,
        isQuick,
        signal: stopped.signal,
      })
      needs.onOutcome(name, outcome)
    } catch (error) {
      if (!stopped.signal.aborted) needs.onError(name, error)
    }
  }

  return {
    hurry(name) {
      // Changes come in bursts: the first opens a short wait for the others.
      if (stopped.signal.aborted || hurried.has(name)) return
      const soon = setTimeout(() => {
        hurried.delete(name)
        void readOne(name, true)
      }, hurryMs)
      soon.unref()
      hurried.set(name, soon)
    },
    async stop() {
      clearTimeout(timer)
      for (const soon of hurried.values()) clearTimeout(soon)
      stopped.abort()
      await Promise.allSettled(running.values())
    },
  }
}
