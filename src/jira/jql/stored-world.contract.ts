import { aSite, type SiteBuilder } from '../../../test/builders.ts'
import type { Project } from '../../domain/project.ts'
import type { Store } from '../../domain/store.ts'
import type { World } from './world.contract.ts'

/** The world written to a site of its own, and the same world again with the ids it got there. */
export async function storeWorld(
  store: Store,
  plain: World,
): Promise<{ readonly site: SiteBuilder; readonly world: World }> {
  const site = await aSite(store)
  const { siteId } = site
  const persons = await site.people(
    plain.people.map(({ username, email, zone }) => ({
      accountId: `account ${username}`,
      username,
      key: `key ${username}`,
      displayName: username.toUpperCase(),
      email,
      timeZone: zone,
    })),
  )
  const personId = <T>(id: T) =>
    id === null ? null : persons[plain.people.findIndex((one) => one.id === (id as unknown))]!.id
  const groups = await store.write(siteId, async (tx) => {
    const created = await tx.groups.create(
      siteId,
      plain.groups.map(({ name }) => name),
    )
    const withIds = plain.groups.map((group) => ({
      ...group,
      id: created.find(({ name }) => name === group.name)!.id,
    }))
    await tx.groups.addMembers(
      siteId,
      withIds.flatMap(({ id, members }) =>
        members.map((at) => ({ groupId: id, personId: persons[at]!.id })),
      ),
    )
    return withIds
  })
  const projects: Project[] = []
  for (const { key, name, jiraId, category, lead } of plain.projects)
    projects.push(
      await site.aProject({
        key,
        name,
        jiraId,
        category,
        leadId: lead === null ? null : persons[lead]!.id,
      }),
    )
  const wishes = plain.issues.map(({ id: _, ...issue }) => ({
    ...issue,
    projectId: projects[plain.projects.findIndex((one) => one.id === issue.projectId)]!.id,
    assigneeId: personId(issue.assigneeId),
    reporterId: personId(issue.reporterId),
    creatorId: personId(issue.creatorId),
  }))
  const issues = await store.write(siteId, async (tx) => {
    const rows = wishes.map((wish) => ({ ...wish, version: tx.takeVersions(1) }))
    const ids = await tx.issues.insert(siteId, rows)
    return rows.map((row, at) => ({ ...row, id: ids[at]! }))
  })
  const issueOf = (id: string) => issues[plain.issues.findIndex((one) => one.id === id)]!
  const worklogs = await site.worklogs(
    plain.worklogs.map((worklog) => ({
      ...worklog,
      issue: issueOf(worklog.issueId),
      issueId: issueOf(worklog.issueId).id,
      authorId: personId(worklog.authorId)!,
      author: persons[0]!,
    })),
  )
  // Deleted rows are there to be overlooked.
  const gone = await site.worklogs(
    plain.worklogs.slice(0, 50).map((worklog) => ({
      ...worklog,
      issue: issues.at(-1)!,
      issueId: issues.at(-1)!.id,
      authorId: persons[0]!.id,
      author: persons[0]!,
      visibility: null,
      deletedAt: 1,
    })),
  )
  if (gone.length === 0) throw new Error('the world has no worklogs')
  const world: World = {
    people: plain.people.map((person, at) => ({ ...person, id: persons[at]!.id })),
    groups,
    projects: plain.projects.map((project, at) => ({ ...project, id: projects[at]!.id })),
    issues,
    worklogs,
  }
  return { site, world }
}
