import type { FastifyRequest } from 'fastify'
import type { Issue } from '../../domain/issue.ts'
import { can, viewerOf } from '../../domain/permission.ts'
import type { Store } from '../../domain/store.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import { noWorklog, refusal, texts } from './errors.ts'
import type { Look } from './flavour.ts'
import { actorOf } from './identity.ts'
import type { Beside } from './render-worklog.ts'

/** The issue a path names by Jira's id or by a key, in any case, present or earlier. */
export async function findIssue(
  store: Store,
  request: FastifyRequest,
  idOrKey: string,
): Promise<Issue> {
  const actor = actorOf(request)
  const found = await store.names.issues(actor.siteId, [idOrKey], actor.jira)
  const [named] = found.get(idOrKey) ?? []
  if (!named || !can(actor, 'read', { type: 'issue' })) throw refusal(404, texts.noIssue)
  return store.issues.get(actor.siteId, named.id)
}

/** The worklog a path names below its issue; absent, hidden and elsewhere all look the same. */
export async function findWorklog(
  store: Store,
  request: FastifyRequest,
  issue: Issue,
  id: string,
): Promise<WorklogView> {
  const actor = actorOf(request)
  const [found] = await store.issueWorklogs.findByJiraIds(
    actor.siteId,
    viewerOf(actor),
    [id],
    issue.id,
  )
  if (!found) throw noWorklog(id)
  return found
}

/** The people and groups that worklogs name beside themselves. */
export async function readBeside(
  store: Store,
  request: FastifyRequest,
  look: Look,
  worklogs: readonly WorklogView[],
): Promise<Beside> {
  const { siteId } = actorOf(request)
  const changers = worklogs.flatMap(({ updateAuthorId, authorId }) =>
    updateAuthorId === null || updateAuthorId === authorId ? [] : [updateAuthorId],
  )
  const names = worklogs.flatMap(({ visibility }) =>
    look.version === 3 && visibility?.type === 'group' ? [visibility.value] : [],
  )
  const people = await store.people.getMany(siteId, [...new Set(changers)])
  const groups = await store.groups.findByNames(siteId, [...new Set(names)])
  return {
    people: new Map(people.map((person) => [person.id, person])),
    groups: new Map(groups.map((group) => [group.name, group])),
  }
}
