import { seesWorklog, viewerOf } from '../../domain/permission.ts'
import type { WorklogId, WorklogQuery, WorklogSort, WorklogView } from '../../domain/worklog.ts'
import type { Call } from './call.ts'
import { inWords, notFound } from './errors.ts'
import { paged, rangeOf } from './lists.ts'
import type { Operations } from './operations.ts'
import { filtersOf, issueIdsOf, projectIdsOf, sortOf } from './worklogs-params.ts'
import { renderWorklog } from './worklogs-render.ts'

/** Reading worklogs: sections 4.5 and 4.6 of the contract. */
export function worklogs({ face, get }: Operations): void {
  const [issue, project] = face.version === 3 ? ['issue', 'project'] : ['issueId', 'projectId']

  get('/worklogs', async (call) => {
    const issues = call.query.all(issue)
    const projects = call.query.all(project)
    return page(call, {
      ...(await filtersOf(call)),
      ...(issues.length > 0 ? { issueIds: await issueIdsOf(call, issues) } : {}),
      ...(projects.length > 0 ? { projectIds: await projectIdsOf(call, projects) } : {}),
    })
  })

  get('/worklogs/:id', async (call) => renderWorklog(call, await findWorklog(call)))
}

/** One page of what the query matches, in the order the caller may have asked for. */
export async function page(
  call: Call,
  query: WorklogQuery,
  sort: readonly WorklogSort[] = sortOf(call),
): Promise<object> {
  const { needs, actor } = call
  const range = rangeOf(call)
  const { rows, hasMore } = await needs.store.worklogs.findPage(query, {
    ...range,
    sort,
    reader: actor.via,
  })
  const results = rows.map((row) => renderWorklog(call, row))
  return paged(call, range, results, hasMore)
}

/** The worklog of the path; one the caller may not see is not there. */
export async function findWorklog(call: Call): Promise<WorklogView> {
  const { actor, needs } = call
  const id = call.param('id') as WorklogId
  const worklog = await inWords({ 'not-found': 'Worklog cannot be found' }, () =>
    needs.store.worklogs.get(actor.siteId, id),
  )
  if (!seesWorklog(viewerOf(actor), worklog)) throw notFound('Worklog cannot be found')
  return worklog
}
