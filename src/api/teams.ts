import type { FastifyInstance } from 'fastify'
import { type Actor, can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProgramId } from '../domain/program.ts'
import type { Team, TeamId, TeamQuery } from '../domain/team.ts'
import { registerCatalogue } from './catalogue.ts'
import * as contract from './contract.ts'
import { registerMemberships } from './memberships.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { registerPermissionRoles, registerPrograms, registerTeamRoles } from './team-catalogues.ts'
import { registerTeamLinks } from './team-links.ts'
import { getVisibleTeam, visibleTo } from './team-visibility.ts'

/** Teams with their leads, members, links and resources, and the lists they draw on. */
export function registerTeams(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, teams } = needs
  registerCatalogue(scope, {
    ...{ path: '/teams', tag: 'Teams', one: 'team', id: 'Team', key: 'teams', access: 'write' },
    description:
      'Public teams, and the others you are in or lead. Managers create and remove teams; whoever leads one may change it.',
    schemas: {
      row: contract.Team,
      list: contract.TeamsAnswer,
      wish: contract.NewTeam,
      change: contract.TeamChange,
      query: contract.TeamsQuery,
    },
    cases: teams,
    list: (actor, page, query: contract.TeamsQuery) =>
      store.teams.list(actor.siteId, { ...page, ...queryOf(query), ...visibleTo(actor) }),
    get: (actor, id) => getVisibleTeam(needs, actor, id),
    render: (actor, rows) => rows.map((team) => renderTeam(actor, team)),
  })
  registerManagers(scope, needs)
  registerMemberships(scope, needs)
  registerTeamLinks(scope, needs)
  registerTeamRoles(scope, needs)
  registerPrograms(scope, needs)
  registerPermissionRoles(scope, needs)
}

function registerManagers(scope: FastifyInstance, { teams }: ApiNeeds): void {
  for (const [method, isManager] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const)
    scope.route<{ Params: { id: TeamId; personId: PersonId } }>({
      method,
      url: '/teams/:id/managers/:personId',
      config: { access: 'write' },
      schema: operation({
        id: isManager ? 'addManager' : 'removeManager',
        tag: 'Teams',
        summary: isManager ? 'Let somebody lead a team' : 'Let somebody lead a team no longer',
        description: 'Does nothing where it is so already.',
        params: contract.TeamPersonParams,
        answers: { 200: answer('The team now', contract.ref(contract.Team)) },
      }),
      handler: async (request) => {
        const actor = actorOf(request)
        const { id, personId } = request.params
        const act = isManager ? teams.addManager : teams.removeManager
        return renderTeam(actor, await act(actor, id, personId))
      },
    })
}

function queryOf({ text, member, program }: contract.TeamsQuery): TeamQuery {
  return {
    ...(text === undefined ? {} : { text }),
    ...(member === undefined ? {} : { memberIds: member as PersonId[] }),
    ...(program === undefined ? {} : { programIds: [program as ProgramId] }),
  }
}

function renderTeam(actor: Actor, team: Team): contract.TeamBody {
  return {
    id: team.id,
    name: team.name,
    summary: team.summary,
    leadId: team.leadId,
    managerIds: [...team.managerIds],
    programId: team.programId,
    isAdministrative: team.isAdministrative,
    isPublic: team.isPublic,
    mayChange: can(actor, 'change', { type: 'team', team }),
    maySeeHome: can(actor, 'read', { type: 'team-panel', teamId: team.id }),
    version: team.version,
  }
}
