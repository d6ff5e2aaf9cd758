import { makeIngest } from '../src/domain/ingest.ts'
import type {
  SourceBatch,
  SourceIssue,
  SourcePerson,
  SourceProject,
  SourceWorklog,
} from '../src/domain/ingest-source.ts'
import type { Instant } from '../src/domain/zone.ts'
import { parseInstant } from '../src/domain/zone.ts'
import { aSite } from './builders.ts'
import { aClock } from './clock.ts'
import type { TestDatabase } from './database.ts'

/** A site with one Jira connected, and a way to show it batches. */
export async function anIngest({ store }: TestDatabase, connectionName = 'jira') {
  const site = await aSite(store, { timeZone: 'UTC' })
  const clock = aClock(Date.UTC(2026, 4, 1))
  const accountIdFor = (seed: string) => `made-up ${seed}`
  const ingest = makeIngest({ store, now: clock.now, accountIdFor })
  const connection = await ingest.connect(site.siteId, connectionName, null)
  return {
    ...site,
    clock,
    ingest,
    connection,
    take: (batch: Partial<SourceBatch>) =>
      ingest.take(site.siteId, connection, { ...emptyBatch, ...batch }),
    worklogs: () =>
      store.worklogs.find({ siteId: site.siteId, viewer: { kind: 'all' } }, { limit: 9_999 }),
  }
}

const emptyBatch: SourceBatch = {
  issues: [],
  worklogs: [],
  people: [],
  projects: [],
  filters: [],
  fields: [],
}

/** What a Jira shows of somebody. */
export function aSourcePerson(name: string, more: Partial<SourcePerson> = {}): SourcePerson {
  return {
    accountId: `account ${name}`,
    displayName: name,
    isActive: true,
    groups: [],
    ...more,
  }
}

export const sourceProject: SourceProject = { id: '1', key: 'ABC', name: 'Project ABC' }

/** What a Jira shows of an issue: number 7 is ABC-7. */
export function aSourceIssue(
  id: string,
  worklogs: readonly SourceWorklog[] = [],
  more: Partial<SourceIssue> = {},
): SourceIssue {
  return {
    id,
    key: `ABC-${id}`,
    summary: `Issue ${id}`,
    project: sourceProject,
    labels: [],
    components: [],
    fixVersions: [],
    affectedVersions: [],
    sprints: [],
    oldKeys: [],
    fields: {},
    updatedAt: moment('2026-03-02T12:00:00Z'),
    worklogs,
    ...more,
  }
}

/** What a Jira shows of a worklog: one hour by Ann at nine in UTC. */
export function aSourceWorklog(id: string, more: Partial<SourceWorklog> = {}): SourceWorklog {
  const started = more.started ?? parseInstant('2026-03-02T09:00:00+00:00')
  return {
    id,
    author: aSourcePerson('Ann'),
    comment: `worklog ${id}`,
    started,
    createdAt: started.instant,
    updatedAt: started.instant,
    timeSpentSeconds: 3_600,
    ...more,
  }
}

/** A moment as epoch milliseconds. */
export function moment(text: string): Instant {
  return parseInstant(text).instant
}
