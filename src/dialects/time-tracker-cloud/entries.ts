import type { FieldDefinition } from '../../domain/issue.ts'
import type { ConnectionId, Site } from '../../domain/site.ts'
import type { ByIssueOptions, WorklogQuery, WorklogView } from '../../domain/worklog.ts'
import type { IssueInfo } from '../../reports/issue-fields.ts'
import { readIssues } from '../../reports/run-report.ts'
import type { TimeTrackerNeeds } from './needs.ts'

/** An issue with some of its worklogs; all but the last part of an issue have `isLast` false. */
export type IssueEntries = {
  readonly info: IssueInfo
  readonly worklogs: readonly WorklogView[]
  readonly isLast: boolean
}

/** What answers need beside the rows: where issues are browsed, whose clock shows, which fields. */
export type Surroundings = {
  readonly site: Site
  readonly zone: string
  readonly fields: readonly FieldDefinition[]
  readonly jiraUrlOf: (connectionId: ConnectionId) => string
}

/** Issues by key with their worklogs, read as they are written out. */
export async function* readEntries(
  { store }: Pick<TimeTrackerNeeds, 'store'>,
  query: WorklogQuery,
  signal: AbortSignal,
  options: ByIssueOptions = {},
): AsyncGenerator<readonly IssueEntries[]> {
  for await (const batch of store.worklogs.byIssue(query, options)) {
    if (signal.aborted) return
    const ids = batch.map(({ issueId }) => issueId)
    const infos = new Map(
      (await readIssues(store, query.siteId, ids)).map((info) => [info.issue.id, info]),
    )
    yield batch.flatMap(({ issueId, worklogs, isLast }) => {
      const info = infos.get(issueId)
      return info ? [{ info, worklogs, isLast }] : []
    })
  }
}

/** The site, the zone of whoever asks, the field catalogue and the addresses of the Jiras. */
export async function findSurroundings(
  { store }: TimeTrackerNeeds,
  { siteId, personId }: { siteId: Site['id']; personId: Parameters<typeof store.people.get>[1] },
  ownUrl: string,
): Promise<Surroundings> {
  const [site, person, fields, connections] = await Promise.all([
    store.sites.get(siteId),
    store.people.get(siteId, personId),
    store.catalogue.listFields(siteId),
    store.connections.list(siteId),
  ])
  const urls = new Map(connections.map(({ id, baseUrl }) => [id, baseUrl]))
  return {
    site,
    zone: person.timeZone ?? site.timeZone,
    fields,
    jiraUrlOf: (id) => (urls.get(id) ?? ownUrl).replace(/\/+$/, ''),
  }
}
