import { type RawBuilder, sql } from 'kysely'
import type { AccountLinkId, AccountLinkStore, AccountLinkView } from '../domain/account.ts'
import type { ProjectId } from '../domain/project.ts'
import type { ConnectionId } from '../domain/site.ts'
import { type AccountRow, accountColumns, accountJoins, toAccountView } from './account-rows.ts'
import { type Db, idList } from './rows.ts'

type LinkRow = AccountRow & {
  readonly link_id: string
  readonly is_default: boolean
  readonly link_version: string
  readonly project_id: string
  readonly project_jira_id: string
  readonly project_key: string
  readonly project_name: string
  readonly project_connection: number
}

export function makeAccountLinkStore(db: Db): AccountLinkStore {
  return {
    async find(siteId, { id, accountId, projectIds, isDefault, limit }) {
      const conditions: RawBuilder<unknown>[] = [sql`k.site_id = ${siteId}`]
      if (id) conditions.push(sql`k.id = any(${idList([id])})`)
      if (accountId) conditions.push(sql`k.account_id = any(${idList([accountId])})`)
      if (projectIds) conditions.push(sql`k.project_id = any(${idList(projectIds)})`)
      if (isDefault) conditions.push(sql`k.is_default`)
      const result = await sql<LinkRow>`select k.id as link_id, k.is_default,
          k.version as link_version, k.project_id, p.jira_id as project_jira_id,
          p.key as project_key, p.name as project_name, p.connection_id as project_connection,
          ${accountColumns}
        from account_link k join account a on a.site_id = k.site_id and a.id = k.account_id
        ${accountJoins}
        join project p on p.site_id = k.site_id and p.id = k.project_id
        where ${sql.join(conditions, sql` and `)} order by k.id limit ${limit}`.execute(db)
      return result.rows.map(toLinkView)
    },
    async insert(siteId, { accountId, projectId, isDefault, version }) {
      const row = await db
        .insertInto('account_link')
        .values({
          site_id: siteId,
          account_id: accountId,
          project_id: projectId,
          is_default: isDefault,
          version,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as AccountLinkId
    },
    async update(siteId, { id, isDefault, version }) {
      await db
        .updateTable('account_link')
        .set({ is_default: isDefault, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      await db
        .deleteFrom('account_link')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
  }
}

function toLinkView(row: LinkRow): AccountLinkView {
  const account = toAccountView(row)
  return {
    id: row.link_id as AccountLinkId,
    accountId: account.id,
    projectId: row.project_id as ProjectId,
    isDefault: row.is_default,
    version: Number(row.link_version),
    account,
    project: {
      id: row.project_id as ProjectId,
      jiraId: row.project_jira_id,
      key: row.project_key,
      name: row.project_name,
      connectionId: row.project_connection as ConnectionId,
    },
  }
}
