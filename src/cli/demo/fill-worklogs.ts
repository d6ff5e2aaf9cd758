import { ownConnection } from '../../domain/site.ts'
import { worklogLimits } from '../../domain/worklog.ts'
import { accountAttribute } from './accounts.ts'
import type { FillContext, PersonOf } from './fill.ts'
import type { AccountKeyOf } from './fill-accounts.ts'
import type { IssueOf } from './fill-issues.ts'

/** Writes what was done by `now`, in the order it was written down; returns how many rows. */
export async function fillWorklogs(
  { tx, siteId, company, now }: FillContext,
  personOf: PersonOf,
  issueOf: IssueOf,
  accountOf: AccountKeyOf,
): Promise<number> {
  const rows = company.worklogs.filter((row) => row.startedAt + row.timeSpentSeconds * 1000 <= now)
  for (let at = 0; at < rows.length; at += worklogLimits.batch) {
    const batch = rows.slice(at, at + worklogLimits.batch)
    let jiraId = tx.takeJiraIds(batch.length)
    let version = tx.takeVersions(batch.length)
    await tx.worklogs.insert(
      siteId,
      batch.map(({ issueKey, author, updateAuthor, ...row }) => {
        const { id: issueId, projectId } = issueOf(issueKey)
        const account = accountOf(issueKey.slice(0, issueKey.lastIndexOf('-')))
        const place = { version, createdVersion: version++, jiraId: String(jiraId++) }
        return {
          ...row,
          ...place,
          connectionId: ownConnection,
          copy: 0,
          issueId,
          projectId,
          authorId: personOf(author),
          updateAuthorId: personOf(updateAuthor),
          attributes: account === undefined ? {} : { [accountAttribute.key]: account },
          properties: {},
          createdAt: Math.min(row.createdAt, now),
          updatedAt: Math.min(row.updatedAt, now),
          deletedAt: null,
          deletedReason: null,
        }
      }),
    )
  }
  return rows.length
}
