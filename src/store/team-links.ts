import type { Selectable } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { ProjectId } from '../domain/project.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamId } from '../domain/team.ts'
import type { TeamLink, TeamLinkId, TeamLinkStore, TeamScope } from '../domain/team-link.ts'
import { type Db, isBigId } from './rows.ts'
import type { TeamLinkTable } from './tables-teams.ts'

export function makeTeamLinkStore(db: Db): TeamLinkStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('team_link').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no team link ${id}`)
      return toLink(row)
    },
    async list(siteId, { teamId, projectId, limit, afterId }) {
      let rows = select(siteId).orderBy('id').limit(limit)
      if (teamId) rows = rows.where('team_id', '=', teamId)
      if (projectId) rows = rows.where('project_id', '=', projectId)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toLink)
    },
    async find(siteId, teamId, scope) {
      const rows = select(siteId).where('team_id', '=', teamId)
      const row = await (scope.type === 'project'
        ? rows.where('project_id', '=', scope.projectId)
        : rows.where('board_id', '=', scope.boardId)
      ).executeTakeFirst()
      return row && toLink(row)
    },
    async insert(siteId, { teamId, scope, version }) {
      const row = await db
        .insertInto('team_link')
        .values({ site_id: siteId, team_id: teamId, ...fromScope(scope), version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as TeamLinkId
    },
    async remove(siteId, id) {
      await db.deleteFrom('team_link').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function fromScope(scope: TeamScope): { project_id: string | null; board_id: string | null } {
  return scope.type === 'project'
    ? { project_id: scope.projectId, board_id: null }
    : { project_id: null, board_id: scope.boardId }
}

function toLink(row: Selectable<TeamLinkTable>): TeamLink {
  return {
    id: row.id as TeamLinkId,
    teamId: row.team_id as TeamId,
    scope:
      row.project_id === null
        ? { type: 'board', boardId: row.board_id ?? '' }
        : { type: 'project', projectId: row.project_id as ProjectId },
    version: Number(row.version),
  }
}
