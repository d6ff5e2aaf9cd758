import type { SiteId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import { usernameOf } from './find.ts'
import { renderWorklog } from './render-worklog.ts'

/** Worklogs as this API shows them: three queries for all of them. */
export async function describeWorklogs(
  store: Store,
  siteId: SiteId,
  worklogs: readonly WorklogView[],
) {
  const categories = await store.worklogCategories.list(siteId)
  const approvals = await store.worklogApprovals.find(
    siteId,
    worklogs.map(({ id }) => id),
  )
  const approverIds = approvals.flatMap(({ approvedById }) => (approvedById ? [approvedById] : []))
  const approvers = await store.people.getMany(siteId, [...new Set(approverIds)])
  const beside = {
    categories,
    approvals: new Map(approvals.map((one) => [one.worklogId as string, one])),
    approvers: new Map(approvers.map((person) => [person.id as string, usernameOf(person)])),
  }
  return worklogs.map((worklog) => renderWorklog(worklog, beside))
}
