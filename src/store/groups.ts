import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Group, GroupId, GroupStore } from '../domain/group.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, insertMany, isBigId, textList } from './rows.ts'

export function makeGroupStore(db: Db): GroupStore {
  const select = (siteId: SiteId) =>
    db
      .selectFrom('person_group as g')
      .select([
        'g.id',
        'g.name',
        sql<string>`(select count(*) from group_member m
          where m.site_id = g.site_id and m.group_id = g.id)`.as('members'),
      ])
      .where('g.site_id', '=', siteId)
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
        .where('m.site_id', '=', siteId)
        .where('m.person_id', '=', personId)
        .orderBy('g.name')
        .execute()
      return rows.map((row) => row.name)
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
      return created.map((row) => ({ id: row.id as GroupId, name: row.name, memberCount: 0 }))
    },
    async members(siteId, id, { limit, afterId }) {
      if (!isBigId(id)) return []
      let rows = db
        .selectFrom('group_member')
        .select('person_id')
        .where('site_id', '=', siteId)
        .where('group_id', '=', id)
        .orderBy('person_id')
        .limit(limit)
      if (afterId) rows = rows.where('person_id', '>', afterId)
      return (await rows.execute()).map((row) => row.person_id as PersonId)
    },
    async addMembers(siteId, memberships) {
      const rows = memberships.map(({ groupId, personId }) => ({
        site_id: siteId,
        group_id: groupId,
        person_id: personId,
      }))
      const added = await insertMany(
        db,
        'group_member',
        { site_id: 'integer', group_id: 'bigint', person_id: 'bigint' },
        rows,
        'on conflict do nothing returning person_id',
      )
      return added.length
    },
    async removeMember(siteId, groupId, personId) {
      await db
        .deleteFrom('group_member')
        .where('site_id', '=', siteId)
        .where('group_id', '=', groupId)
        .where('person_id', '=', personId)
        .execute()
    },
  }
}

function toGroup(row: { id: string; name: string; members: string }): Group {
  return { id: row.id as GroupId, name: row.name, memberCount: Number(row.members) }
}
