import type { Gone } from '../domain/ingest-gone.ts'
import { describedMarks, projectsOf } from './describe.ts'
import { chunksOf } from './jira-api.ts'
import type { Reading } from './reading.ts'

const patienceCycles = 3
const pageSize = 1_000

/**
 * Rows announced as changed that nobody showed: asked for again each cycle. After three cycles a
 * stored one is asked for where it was last seen, and taken for gone only if that is a 404.
 */
export async function resolveSuspects(reading: Reading): Promise<void> {
  const { api, store, siteId, connection, now } = reading
  const suspects = await store.sync.listSuspects(siteId, connection.id)
  for (const chunk of chunksOf(suspects, pageSize)) {
    const sinceVersion = await reading.version()
    const shown = await api.worklogs(chunk.map((one) => one.jiraId))
    const ids = new Set(shown.map((row) => row.id))
    const left = chunk.filter((one) => !ids.has(one.jiraId))
    const old = left.filter((one) => one.cycles + 1 >= patienceCycles).map((one) => one.jiraId)
    const { gone, found } = await askWhereTheyWere(reading, old)
    await reading.commit({
      step: 'worklogs',
      batch: { worklogs: [...shown, ...found] },
      sinceVersion,
      gone: gone.map((jiraId): Gone => ({ jiraId, at: now(), reason: 'not-visible' })),
      async alongside(tx) {
        await tx.sync.removeSuspects(siteId, connection.id, [...ids, ...old])
        await tx.sync.putSuspects(
          siteId,
          connection.id,
          left
            .filter((one) => !old.includes(one.jiraId))
            .map((one) => ({ jiraId: one.jiraId, cycles: one.cycles + 1 })),
        )
      },
    })
  }
}

/**
 * Takes in rows whose ids a webhook brought, sooner than the feed would show them. Returns hinted
 * issues that Jira does not show: they may be deleted.
 */
export async function followHints(reading: Reading): Promise<readonly string[]> {
  const { api, store, siteId, connection } = reading
  const hints = await store.sync.listHints(siteId, connection.id, pageSize)
  if (hints.length === 0) return []
  const idsOf = (kind: string) =>
    hints.filter((hint) => hint.kind === kind).map((hint) => hint.jiraId)
  const sinceVersion = await reading.version()
  const rows = await api.worklogs(idsOf('worklog'))
  const issueIds = [...new Set(rows.flatMap((row) => row.issueId ?? []))]
  const known = await store.issues.findByJiraIds(siteId, connection.id, issueIds)
  const unknown = issueIds.filter((id) => !known.some((issue) => issue.jiraId === id))
  const issues = await api.describe([...unknown, ...idsOf('issue')])
  const bare = issues.map((issue) => ({ ...issue, worklogs: [] }))
  // Not listed any more: a 404 where the row was is evidence, the event alone is not.
  const shown = new Set(rows.map((row) => row.id))
  const asked = await askWhereTheyWere(
    reading,
    idsOf('worklog').filter((id) => !shown.has(id)),
  )
  await reading.commit({
    step: 'worklogs',
    batch: { worklogs: [...rows, ...asked.found], issues: bare, projects: projectsOf(bare) },
    sinceVersion,
    gone: asked.gone.map((jiraId) => ({ jiraId, at: reading.now(), reason: 'missing' })),
    async alongside(tx) {
      await tx.sync.removeHints(siteId, connection.id, hints)
      await tx.sync.putMarks(siteId, connection.id, describedMarks(bare, reading.now()))
    },
  })
  const described = new Set(bare.map((issue) => issue.id))
  return idsOf('issue').filter((id) => !described.has(id))
}

/** Asks for stored rows under the issue they were last seen at. */
export async function askWhereTheyWere(reading: Reading, jiraIds: readonly string[]) {
  const { api, store, siteId, connection } = reading
  const rows = await store.worklogs.findByJiraIds(siteId, connection.id, jiraIds)
  const live = rows.filter((row) => row.deletedAt === null)
  const issues = await store.issues.getMany(siteId, [...new Set(live.map((row) => row.issueId))])
  const issueOf = new Map(issues.map((issue) => [issue.id, issue.jiraId]))
  const answers = await Promise.all(
    live.map(async (row) => ({
      jiraId: row.jiraId,
      found: await api.worklog(issueOf.get(row.issueId)!, row.jiraId),
    })),
  )
  return {
    gone: answers.flatMap(({ jiraId, found }) => (found ? [] : [jiraId])),
    found: answers.flatMap(({ found }) => found ?? []),
  }
}
