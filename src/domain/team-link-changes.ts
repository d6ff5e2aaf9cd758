import { type DirectoryWriting, noteChange, taken } from './directory-checks.ts'
import { invalidField } from './errors.ts'
import type { GenericResourceId } from './generic-resource.ts'
import type { TeamId } from './team.ts'
import { getTeamToChange } from './team-changes.ts'
import type { TeamLink, TeamLinkId, TeamScope } from './team-link.ts'

export async function linkTeam(
  writing: DirectoryWriting,
  teamId: TeamId,
  scope: TeamScope,
): Promise<TeamLink> {
  const { tx, actor } = writing
  await getTeamToChange(writing, teamId)
  await checkScope(writing, scope)
  if (await tx.teamLinks.find(actor.siteId, teamId, scope))
    throw taken(scope.type, 'is linked to this team already')
  const link = { teamId, scope, version: tx.takeVersions(1) }
  const created: TeamLink = { ...link, id: await tx.teamLinks.insert(actor.siteId, link) }
  noteChange(writing, 'team-link.create', created.id, null, created)
  return created
}

export async function unlinkTeam(writing: DirectoryWriting, id: TeamLinkId): Promise<void> {
  const { tx, actor } = writing
  const before = await tx.teamLinks.get(actor.siteId, id)
  await getTeamToChange(writing, before.teamId)
  await tx.teamLinks.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'team-link.delete', id, before, null)
}

/** Puts a generic resource into a team, or takes it out. Does nothing where it is so already. */
export async function setResourcePlace(
  writing: DirectoryWriting,
  teamId: TeamId,
  resourceId: GenericResourceId,
  isPlaced: boolean,
): Promise<void> {
  const { tx, actor, now } = writing
  const team = await getTeamToChange(writing, teamId)
  const resource = await tx.resources.get(actor.siteId, resourceId)
  const places = await tx.resources.placesIn(actor.siteId, [team.id])
  const before = places.find((place) => place.resourceId === resource.id)
  if ((before !== undefined) === isPlaced) return
  tx.takeVersions(1)
  const place = { teamId: team.id, resourceId: resource.id }
  if (before) await tx.resources.takeOut(actor.siteId, team.id, resource.id)
  else
    await tx.resources.place(actor.siteId, {
      ...place,
      assignedAt: now,
      assignedBy: actor.personId,
    })
  noteChange(writing, 'team.update', team.id, isPlaced ? null : place, isPlaced ? place : null)
}

async function checkScope({ tx, actor }: DirectoryWriting, scope: TeamScope): Promise<void> {
  if (scope.type === 'board') {
    if (!/^[1-9]\d{0,17}$/.test(scope.boardId))
      throw invalidField('boardId', 'must be the number of a board in Jira')
    return
  }
  const [project] = await tx.projects.getMany(actor.siteId, [scope.projectId])
  if (!project) throw invalidField('projectId', `there is no project ${scope.projectId}`)
}
