import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ExtractedWorklog,
  type ExtractProgress,
  type ExtractWish,
  extractWorklogs,
} from './sync/extract.ts'
import { version } from './version.ts'

// What other programs get when they import the package.
export { DomainError } from './domain/errors.ts'
export type { ExtractedWorklog, ExtractProgress, ExtractWish }

/** Worklogs straight from a Jira, a page at a time: no store, no server. */
export function extract(wish: ExtractWish): AsyncGenerator<readonly ExtractedWorklog[]> {
  return extractWorklogs(wish, {
    now: Date.now,
    wait: async (ms, signal) => void (await sleep(ms, undefined, signal ? { signal } : {})),
    random: Math.random,
    userAgent: `hourbook/${version}`,
  })
}
