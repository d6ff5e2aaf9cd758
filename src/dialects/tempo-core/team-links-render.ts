import type { Team } from '../../domain/team.ts'
import type { TeamLink } from '../../domain/team-link.ts'
import type { Call } from './call.ts'
import { renderTeamRef, renderTeams } from './teams-render.ts'

/** How version 3 shows a link: alone, among those of a team, or among those of a project. */
export type LinkPlace = 'alone' | 'of-team' | 'of-project'

/** Links of teams to projects and boards; version 4 always shows the whole team [S3][S4]. */
export async function renderLinks(
  call: Call,
  links: readonly TeamLink[],
  place: LinkPlace,
): Promise<object[]> {
  const { actor, needs, to, face } = call
  const ids = [...new Set(links.map((link) => link.teamId))]
  const teams = await needs.store.teams.list(actor.siteId, { ids })
  const whole = await renderTeams(call, teams)
  const at = new Map(teams.map((team, index) => [team.id, index]))
  const teamOf = (link: TeamLink): Team => teams[at.get(link.teamId)!]!
  const scopes = await renderScopes(call, links)
  return links.map((link, index) => {
    const { self: scope, ...rest } = scopes[index]!
    const isBare = face.version === 3 && place === 'of-project'
    const team =
      face.version === 4 || place === 'of-project'
        ? whole[at.get(link.teamId)!]
        : place === 'of-team'
          ? { self: to(`/teams/${link.teamId}`) }
          : renderTeamRef(call, teamOf(link))
    return {
      self: to(`/team-links/${link.id}`),
      id: Number(link.id),
      scope: isBare ? { self: scope } : { self: scope, ...rest },
      team,
    }
  })
}

async function renderScopes(
  { actor, needs, jira }: Call,
  links: readonly TeamLink[],
): Promise<{ self: string; id: number; type: 'BOARD' | 'PROJECT' }[]> {
  const ids = links.flatMap(({ scope }) => (scope.type === 'project' ? scope.projectId : []))
  const projects = await needs.store.projects.getMany(actor.siteId, ids)
  const byId = new Map(projects.map((project) => [project.id, project]))
  return links.map(({ scope }) => {
    if (scope.type === 'board')
      return { self: jira.board(scope.boardId), id: Number(scope.boardId), type: 'BOARD' }
    const { connectionId, jiraId } = byId.get(scope.projectId)!
    return { self: jira.project(connectionId, jiraId), id: Number(jiraId), type: 'PROJECT' }
  })
}
