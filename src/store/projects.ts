import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import type { NewProject, Project, ProjectId, ProjectStore } from '../domain/project.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import {
  containsPattern,
  type Db,
  idList,
  insertVersioned,
  isBigId,
  textList,
  updateMany,
} from './rows.ts'
import type { ProjectTable } from './tables.ts'

const columns = {
  site_id: 'integer',
  connection_id: 'integer',
  jira_id: 'bigint',
  key: 'text',
  name: 'text',
  category: 'text',
  lead_id: 'bigint',
  is_active: 'boolean',
  is_ghost: 'boolean',
  version: 'bigint',
}

export function makeProjectStore(db: Db): ProjectStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('project').selectAll().where('site_id', '=', siteId)
  const selectFrom = (siteId: SiteId, connectionId: ConnectionId) =>
    select(siteId).where('connection_id', '=', connectionId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no project ${id}`)
      return toProject(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      return (
        await select(siteId)
          .where(sql<boolean>`id = any(${idList(ids)})`)
          .execute()
      ).map(toProject)
    },
    async findByNames(siteId, names) {
      const found = new Map<string, Project[]>()
      if (names.length === 0) return found
      const list = textList(names)
      const rows = await select(siteId)
        .where(
          sql<boolean>`(key = any(${list}) or name = any(${list}) or id = any(${idList(names.filter(isBigId))}))`,
        )
        .orderBy('id')
        .execute()
      const projects = rows.map(toProject)
      for (const name of names) {
        const byKey = projects.filter((project) => project.key === name || project.id === name)
        const matches =
          byKey.length > 0 ? byKey : projects.filter((project) => project.name === name)
        if (matches.length > 0) found.set(name, matches)
      }
      return found
    },
    async findByJiraIds(siteId, connectionId, jiraIds) {
      if (jiraIds.length === 0) return []
      const rows = selectFrom(siteId, connectionId).where(
        sql<boolean>`jira_id = any(${idList(jiraIds)})`,
      )
      return (await rows.execute()).map(toProject)
    },
    async findByKeys(siteId, connectionId, keys) {
      if (keys.length === 0) return []
      const rows = selectFrom(siteId, connectionId).where(
        sql<boolean>`key = any(${textList(keys)})`,
      )
      return (await rows.execute()).map(toProject)
    },
    async list(siteId, { limit, afterId, offset, text, jira, isActive, isGhost }) {
      let rows = select(siteId).orderBy('id').limit(limit)
      if (afterId) rows = rows.where('id', '>', afterId)
      if (offset !== undefined) rows = rows.offset(offset)
      if (jira !== undefined) rows = rows.where('connection_id', '=', jira)
      if (isActive !== undefined) rows = rows.where('is_active', '=', isActive)
      if (isGhost !== undefined) rows = rows.where('is_ghost', '=', isGhost)
      if (text !== undefined) {
        const pattern = containsPattern(text)
        rows = rows.where((eb) =>
          eb.or([eb('key', 'ilike', pattern), eb('name', 'ilike', pattern)]),
        )
      }
      return (await rows.execute()).map(toProject)
    },
    async insert(siteId, projects) {
      const rows = projects.map((project) => fromProject(siteId, project))
      return insertVersioned<ProjectId>(db, 'project', columns, rows)
    },
    async update(siteId, projects) {
      const rows = projects.map((project) => ({ ...fromProject(siteId, project), id: project.id }))
      await updateMany(db, 'project', columns, rows)
    },
    async nextIssueNumber(siteId, id) {
      const row = await db
        .updateTable('project')
        .set({ last_issue_number: sql`last_issue_number + 1` })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .returning('last_issue_number')
        .executeTakeFirstOrThrow()
      return Number(row.last_issue_number)
    },
  }
}

function fromProject(siteId: SiteId, project: NewProject) {
  return {
    site_id: siteId,
    connection_id: project.connectionId,
    jira_id: project.jiraId,
    key: project.key,
    name: project.name,
    category: project.category,
    lead_id: project.leadId,
    is_active: project.isActive,
    is_ghost: project.isGhost,
    version: project.version,
  }
}

function toProject(row: Selectable<ProjectTable>): Project {
  return {
    id: row.id as ProjectId,
    connectionId: row.connection_id as ConnectionId,
    jiraId: row.jira_id,
    key: row.key,
    name: row.name,
    category: row.category,
    leadId: row.lead_id as PersonId | null,
    isActive: row.is_active,
    isGhost: row.is_ghost,
    version: Number(row.version),
  }
}
