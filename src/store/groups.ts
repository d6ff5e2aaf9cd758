import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Group, GroupId, GroupStore, NewMembership } from '../domain/group.ts'
import type { PersonId } from '../domain/person.ts'
import { type ConnectionId, ownConnection, type SiteId } from '../domain/site.ts'
import { type Db, idList, insertMany, isBigId, textList } from './rows.ts'

export function makeGroupStore(db: Db): GroupStore {
  const select = (siteId: SiteId) =>
    db
      .selectFrom('person_group as g')
      .select([
        'g.id',
        'g.name',
        sql<string>`(select count(distinct m.person_id) from group_member m
          where m.site_id = g.site_id and m.group_id = g.id)`.as('members'),
        sql<boolean>`not exists (select from group_member m where m.site_id = g.site_id
          and m.group_id = g.id and m.connection_id <> ${ownConnection})`.as('is_own'),
      ])
      .where('g.site_id', '=', siteId)
  async function insertMembers(
    siteId: SiteId,
    memberships: readonly NewMembership[],
  ): Promise<readonly PersonId[]> {
    const rows = memberships.map(({ groupId, personId, connectionId = ownConnection }) => ({
      site_id: siteId,
      group_id: groupId,
      person_id: personId,
      connection_id: connectionId,
    }))
    const added = await insertMany<{ person_id: string }>(
      db,
      'group_member',
      { site_id: 'integer', group_id: 'bigint', person_id: 'bigint', connection_id: 'integer' },
      rows,
      'on conflict do nothing returning person_id',
    )
    return added.map((row) => row.person_id as PersonId)
  }

  return {
    async list(siteId, { limit, afterId }) {
      let rows = select(siteId).orderBy('g.id').limit(limit)
      if (afterId) rows = rows.where('g.id', '>', afterId)
      return (await rows.execute()).map(toGroup)
    },
    async findByNames(siteId, names) {
      if (names.length === 0) return []
      const rows = select(siteId).where(sql<boolean>`g.name = any(${textList(names)})`)
      return (await rows.execute()).map(toGroup)
    },
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('g.id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no group ${id}`)
      return toGroup(row)
    },
    async namesOf(siteId, personId) {
      const rows = await db
        .selectFrom('group_member as m')
        .innerJoin('person_group as g', (join) =>
          join.onRef('g.site_id', '=', 'm.site_id').onRef('g.id', '=', 'm.group_id'),
        )
        .select('g.name')
        .distinct()
        .where('m.site_id', '=', siteId)
        .where('m.person_id', '=', personId)
        .orderBy('g.name')
        .execute()
      return rows.map((row) => row.name)
    },
    async sourcesOf(siteId, personId) {
      const rows = await db
        .selectFrom('group_member as m')
        .innerJoin('person_group as g', (join) =>
          join.onRef('g.site_id', '=', 'm.site_id').onRef('g.id', '=', 'm.group_id'),
        )
        .select(['g.name', 'm.connection_id'])
        .where('m.site_id', '=', siteId)
        .where('m.person_id', '=', personId)
        .orderBy('g.name')
        .orderBy('m.connection_id')
        .execute()
      return rows.map((row) => ({
        name: row.name,
        connectionId: row.connection_id as ConnectionId,
      }))
    },
    async inOrder(names) {
      const rows = await sql<{ name: string }>`select name from unnest(${textList(names)}) as name
        order by name`.execute(db)
      return rows.rows.map((row) => row.name)
    },
    async create(siteId, names) {
      const rows = names.map((name) => ({ site_id: siteId, name }))
      const created = await insertMany<{ id: string; name: string }>(
        db,
        'person_group',
        { site_id: 'integer', name: 'text' },
        rows,
        'returning id, name',
      )
      return created.map((row) => toGroup({ ...row, members: '0', is_own: true }))
    },
    async rename(siteId, id, name) {
      await db
        .updateTable('person_group')
        .set({ name })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async members(siteId, id, { limit, afterId }) {
      if (!isBigId(id)) return []
      let rows = db
        .selectFrom('group_member')
        .select('person_id')
        .distinct()
        .where('site_id', '=', siteId)
        .where('group_id', '=', id)
        .orderBy('person_id')
        .limit(limit)
      if (afterId) rows = rows.where('person_id', '>', afterId)
      return (await rows.execute()).map((row) => row.person_id as PersonId)
    },
    async addMembers(siteId, memberships) {
      return (await insertMembers(siteId, memberships)).length
    },
    async replaceMembers(siteId, groupId, connectionId, personIds) {
      const gone = await sql<{ person_id: string }>`delete from group_member
        where site_id = ${siteId} and group_id = ${groupId}::bigint
          and connection_id = ${connectionId} and person_id <> all(${idList(personIds)})
        returning person_id`.execute(db)
      const added = await insertMembers(
        siteId,
        personIds.map((personId) => ({ groupId, personId, connectionId })),
      )
      return { added, removed: gone.rows.map((row) => row.person_id as PersonId) }
    },
    async removeMember(siteId, groupId, personId, connectionIds = [ownConnection]) {
      if (connectionIds.length === 0) return
      await db
        .deleteFrom('group_member')
        .where('site_id', '=', siteId)
        .where('group_id', '=', groupId)
        .where('person_id', '=', personId)
        .where('connection_id', 'in', connectionIds)
        .execute()
    },
    async namesBySource(siteId, connectionId) {
      const rows = await sql<{ name: string }>`select g.name from person_group g
        where g.site_id = ${siteId} and exists (select from group_member m
          where m.site_id = g.site_id and m.group_id = g.id and m.connection_id = ${connectionId})
        order by g.name`.execute(db)
      return rows.rows.map((row) => row.name)
    },
    async namesRestricting(siteId, connectionId) {
      const rows = await sql<{ name: string }>`select distinct w.visibility_value as name
        from worklog w where w.site_id = ${siteId} and w.connection_id = ${connectionId}
          and w.visibility_type = 'group' and w.deleted_at is null`.execute(db)
      return rows.rows.map((row) => row.name)
    },
  }
}

function toGroup(row: { id: string; name: string; members: string; is_own: boolean }): Group {
  const { id, name, members, is_own: isOwn } = row
  return { id: id as GroupId, name, memberCount: Number(members), isOwn }
}
