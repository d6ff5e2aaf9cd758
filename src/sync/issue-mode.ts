import type { SourceIssue } from '../domain/ingest-source.ts'
import { isChosen } from '../domain/jira-link.ts'
import { localIn } from '../domain/zone.ts'
import { describedMarks, projectsOf } from './describe.ts'
import { readIssues } from './jira-api.ts'
import { issueFields } from './jira-search.ts'
import type { Reading } from './reading.ts'
import { type Findings, refetchIssue } from './reconcile-issues.ts'

/** No Jira is older; years without worklogs cost one request each. */
const firstYear = 2001
const pageSize = 100
const fields = [...issueFields, 'worklog']

/**
 * Reads by issues where the feeds fail for this account: everything once, year by year, then the
 * issues that changed. One day wider on both sides, as Jira's days are not the authors' days.
 */
export async function pullByIssues(reading: Reading): Promise<void> {
  const lastYear = Number(localIn('UTC', reading.now()).day.slice(0, 4)) + 1
  const begun = reading.now()
  const { phase, issueYear, issueCursor } = reading.state()
  if (phase !== 'ready' || issueYear !== null) {
    for (let year = issueYear ?? firstYear; year <= lastYear; year += 1) {
      const jql = `worklogDate >= "${year - 1}-12-31" AND worklogDate < "${year + 1}-01-02" ORDER BY id ASC`
      for await (const page of reading.api.search(jql, fields, pageSize))
        await takeIssues(reading, readIssues(page))
      await reading.commit({
        step: 'worklogs',
        sinceVersion: await reading.version(),
        state: { issueYear: year + 1 },
      })
    }
    await reading.commit({
      step: 'worklogs',
      sinceVersion: await reading.version(),
      state: { issueYear: null, issueCursor: issueCursor === 0 ? begun : issueCursor },
    })
    return
  }
  const minutes = Math.max(1, Math.ceil((begun - issueCursor) / 60_000)) + 10
  const jql = `updated >= "-${minutes}m" ORDER BY updated ASC`
  const findings: Findings = { gone: new Map(), visible: new Set() }
  for await (const page of reading.api.search(jql, fields, pageSize)) {
    const issues = readIssues(page)
    await takeIssues(reading, issues)
    const held = await reading.store.sync.countByIssue(
      reading.siteId,
      reading.connection.id,
      issues.map((issue) => issue.id),
    )
    for (const issue of issues.filter((one) => isChosen(reading.link, one.project.id)))
      if ((held.get(issue.id)?.count ?? 0) !== (issue.worklogTotal ?? 0))
        await refetchIssue(
          reading,
          { id: issue.id, timeSpentSeconds: issue.timeSpentSeconds ?? 0 },
          findings,
        )
  }
  // Without a feed of deletions a direct 404 is the evidence there is.
  await reading.commit({
    step: 'worklogs',
    sinceVersion: await reading.version(),
    gone: [...findings.gone].map(([jiraId, reason]) => ({ jiraId, reason, at: reading.now() })),
    state: { issueCursor: begun },
  })
}

/** A search shows twenty rows at most: where there are more, the issue itself is asked. */
export async function takeIssues(reading: Reading, issues: readonly SourceIssue[]): Promise<void> {
  const sinceVersion = await reading.version()
  const whole: SourceIssue[] = []
  for (const issue of issues) {
    const isOut = !isChosen(reading.link, issue.project.id)
    const isCut = !isOut && (issue.worklogTotal ?? 0) > issue.worklogs.length
    const worklogs = isCut ? await reading.api.issueWorklogs(issue.id) : issue.worklogs
    whole.push({ ...issue, worklogs: worklogs ?? [] })
  }
  await reading.commit({
    step: 'worklogs',
    batch: { issues: whole, projects: projectsOf(whole) },
    sinceVersion,
    isWhole: true,
    alongside: (tx) =>
      tx.sync.putMarks(reading.siteId, reading.connection.id, describedMarks(whole, reading.now())),
  })
}
