import { viewerOf } from '../../domain/permission.ts'
import type { WorklogId } from '../../domain/worklog.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, notFound } from './errors.ts'
import { pagedOut } from './lists.ts'
import type { Operations } from './operations.ts'
import { findAuthor } from './worklogs-body.ts'
import {
  changedFrom,
  filtersOf,
  issueIdsOf,
  periodOf,
  projectIdsOf,
  toSort,
} from './worklogs-params.ts'
import { renderWorklog } from './worklogs-render.ts'
import { page } from './worklogs-routes.ts'

/** Worklogs of one thing, by search, and by the ids of either side: sections 4.5 and 4.6. */
export function worklogsBy({ face, get, search }: Operations): void {
  /** Version 4 refuses what is unknown; in version 3 it has no worklogs [S3][S4]. */
  const known = (isKnown: boolean, message: string) => {
    if (!isKnown && face.version === 4) throw notFound(message)
  }

  get('/worklogs/user/:accountId', async (call) => {
    const person = await findAuthor(call, call.param('accountId'))
    known(person !== undefined, 'User not found')
    return page(call, { ...(await filtersOf(call)), authorIds: person ? [person.id] : [] })
  })

  get('/worklogs/project/:project', async (call) => {
    const projectIds = await projectIdsOf(call, [call.param('project')])
    known(projectIds.length > 0, 'Project not found')
    return page(call, { ...(await filtersOf(call)), projectIds })
  })

  get('/worklogs/issue/:issue', async (call) => {
    const issueIds = await issueIdsOf(call, [call.param('issue')])
    if (issueIds.length === 0) throw notFound('Issue not found')
    return page(call, { ...(await filtersOf(call)), issueIds })
  })

  get('/worklogs/team/:teamId', async (call) => {
    const teams = await call.needs.store.teams.list(call.actor.siteId)
    const team = teams.find(({ id }) => id === call.param('teamId'))
    known(team !== undefined, 'Team not found')
    return page(call, { ...(await filtersOf(call)), teamIds: team ? [team.id] : [] })
  })

  get('/worklogs/account/:key', async (call) => {
    const { store } = call.needs
    const { siteId } = call.actor
    const value = call.param('key')
    const [account] = await store.accounts.find(siteId, { keys: [value], limit: 1 })
    known(account !== undefined, 'Account not found')
    const attributes = await store.attributes.list(siteId)
    const keys = attributes.filter(({ type }) => type === 'account').map(({ key }) => key)
    return page(call, { ...(await filtersOf(call)), attribute: { keys, value } })
  })

  get('/worklogs/jira/:jiraId', async (call) => {
    const [worklog] = await find(call, [call.param('jiraId')])
    if (!worklog) throw notFound('Worklog cannot be found')
    return renderWorklog(call, worklog)
  })

  get('/worklogs/jira/filter/:filterId', async (call) => {
    const { actor, needs } = call
    const { filters } = await needs.store.filters.find({
      siteId: actor.siteId,
      personId: actor.personId,
      jiraIds: [call.param('filterId')],
      limit: 1,
    })
    const [filter] = filters
    if (!filter) throw notFound('Filter not found')
    const { search: found } = await needs.jql.understand(actor, filter.jql)
    return page(call, { ...(await filtersOf(call)), issueCondition: found.condition })
  })

  if (face.version === 3) return
  search('/worklogs/search', searchWorklogs)
  search('/worklogs/jira-to-tempo', async (call) =>
    pagedOut(call, await find(call, idsIn(call, 'jiraWorklogIds')), renderIds),
  )
  search('/worklogs/tempo-to-jira', async (call) => {
    const ids = idsIn<WorklogId>(call, 'tempoWorklogIds')
    const viewer = viewerOf(call.actor)
    const rows = await call.needs.store.worklogs.findByIds(call.actor.siteId, viewer, ids)
    return pagedOut(call, rows, renderIds)
  })
}

async function searchWorklogs(call: Call): Promise<object> {
  const fields = fieldsOf(call.body)
  const authors = fields.texts('authorIds')
  const issues = fields.ids('issueIds')
  const projects = fields.ids('projectIds')
  const period = periodOf(fields.day('from'), fields.day('to'))
  const updatedFrom = fields.text('updatedFrom')
  const sort = (fields.objects('orderBy') ?? []).map((one) => sortIn(one))
  fields.check()
  if (sort.length > 10) throw badRequest("'orderBy' can name at most 10 fields")
  const people = authors && (await Promise.all(authors.map((id) => findAuthor(call, id))))
  return page(
    call,
    {
      siteId: call.actor.siteId,
      viewer: viewerOf(call.actor),
      period,
      ...(people && people.length > 0
        ? { authorIds: people.flatMap((person) => (person ? [person.id] : [])) }
        : {}),
      ...(issues && issues.length > 0 ? { issueIds: await issueIdsOf(call, issues) } : {}),
      ...(projects && projects.length > 0
        ? { projectIds: await projectIdsOf(call, projects) }
        : {}),
      ...(await changedFrom(call, updatedFrom)),
    },
    sort,
  )
}

function sortIn(fields: Fields) {
  const order = fields.oneOf('order', ['ASC', 'DESC'])
  return toSort(fields.text('field') ?? '', order === 'DESC')
}

function idsIn<Id extends string>(call: Call, name: string): Id[] {
  const fields = fieldsOf(call.body)
  const ids = fields.ids(name)
  if (ids === undefined) fields.wrong(`'${name}' is missing`)
  fields.check()
  return [...new Set(ids)] as Id[]
}

function find({ actor, needs }: Call, jiraIds: readonly string[]) {
  return needs.store.worklogs.findByAnyJiraId(actor.siteId, viewerOf(actor), jiraIds)
}

function renderIds({ id, jiraId }: { readonly id: string; readonly jiraId: string }): object {
  return { tempoWorklogId: Number(id), jiraWorklogId: Number(jiraId) }
}
