import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeIngest } from '../src/domain/ingest.ts'
import { makeFileImport } from '../src/sync/import-files.ts'
import { aSite } from './builders.ts'
import { aClock } from './clock.ts'
import type { TestDatabase } from './database.ts'

export type Json = Readonly<Record<string, unknown>>

export const anAuthor = { name: 'ann', key: 'ann', displayName: 'Ann', active: true }

/** One hour by Ann, as Jira writes it. */
export function aJiraWorklog(id: number, more: Json = {}): Json {
  const moment = '2024-03-04T09:00:00.000+0000'
  return {
    id: String(id),
    author: anAuthor,
    updateAuthor: anAuthor,
    comment: `worklog ${id}`,
    started: moment,
    created: moment,
    updated: moment,
    timeSpent: '1h',
    timeSpentSeconds: 3_600,
    ...more,
  }
}

/** An issue as a search answers with it; without `worklogs` it has no such field. */
export function aJiraIssue(
  id: number,
  worklogs?: readonly Json[],
  fields: Json = {},
  { host = 'jira.example.org', total = worklogs?.length, ...more }: Json & { host?: string } = {},
): Json {
  return {
    id: String(id),
    key: `ABC-${id}`,
    self: `https://${host}/rest/api/2/issue/${id}`,
    fields: {
      summary: `Issue ${id}`,
      project: { id: '1', key: 'ABC', name: 'Project ABC' },
      updated: '2024-03-05T09:00:00.000+0000',
      ...(worklogs ? { worklog: { startAt: 0, maxResults: 20, total, worklogs } } : {}),
      ...fields,
    },
    ...more,
  }
}

/** A site with an import over it, and a folder for the files. */
export async function anImport({ store }: TestDatabase, timeZone = 'UTC') {
  const site = await aSite(store, { timeZone })
  const { siteId } = site
  const clock = aClock(Date.UTC(2026, 4, 1))
  const ingest = makeIngest({ store, now: clock.now, accountIdFor: (seed) => `made of ${seed}` })
  const importFiles = makeFileImport({ ingest })
  const folder = mkdtempSync(join(tmpdir(), 'hourbook-import-'))
  let files = 0
  const world = {
    ...site,
    clock,
    folder,
    importFiles,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    write(name: string, text: string | Uint8Array): string {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    },
    /** A file of lines, one for each thing. */
    lines(...things: readonly unknown[]): string {
      files += 1
      const text = things.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
      return world.write(`file-${files}.ndjson`, `${text.join('\n')}\n`)
    },
    run: (files: readonly string[], more: { source?: string } = {}) =>
      importFiles({ siteId, files, ...more }),
    take: (...things: readonly unknown[]) => world.run([world.lines(...things)]),
    worklogs: () =>
      store.worklogs.find({ siteId, viewer: { kind: 'all' }, order: 'id' }, { limit: 9_999 }),
    issue: async (key: string) => (await store.issues.findByNames(siteId, [key])).get(key)?.[0],
    person: async (name: string) => (await store.people.findByNames(siteId, [name])).get(name)?.[0],
    census: async (name = 'jira.example.org') => {
      const found = await store.connections.findByName(siteId, name)
      return [found?.worklogsAnnounced, found?.worklogsHeld]
    },
    /** What must not move when nothing changed. */
    state: async () => ({
      version: (await store.sites.get(siteId)).version,
      audit: (await store.audit.list(siteId, 1, 9_999)).length,
    }),
  }
  return world
}
