import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { SiteId } from '../domain/site.ts'
import type { SkillLevel, SkillLevelId, SkillLevelStore } from '../domain/skill.ts'
import { type Db, isBigId } from './rows.ts'
import type { SkillLevelTable } from './tables-teams.ts'

export function makeSkillLevelStore(db: Db): SkillLevelStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('skill_level').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no skill level ${id}`)
      return toLevel(row)
    },
    async findByName(siteId, name) {
      const row = await select(siteId)
        .where(sql<boolean>`lower(name) = lower(${name})`)
        .executeTakeFirst()
      return row && toLevel(row)
    },
    async findDefault(siteId) {
      const row = await select(siteId).where('is_default', '=', true).executeTakeFirst()
      return row && toLevel(row)
    },
    async list(siteId, { limit, afterId, offset = 0 }) {
      let rows = select(siteId).orderBy('id').limit(limit).offset(offset)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toLevel)
    },
    async insert(siteId, { name, color, isDefault, version }) {
      const row = await db
        .insertInto('skill_level')
        .values({ site_id: siteId, name, color, is_default: isDefault, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as SkillLevelId
    },
    async update(siteId, { id, name, color, isDefault, version }) {
      await db
        .updateTable('skill_level')
        .set({ name, color, is_default: isDefault, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      await db
        .updateTable('person_skill')
        .set({ level_id: null })
        .where('site_id', '=', siteId)
        .where('level_id', '=', id)
        .execute()
      await db
        .deleteFrom('skill_level')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
  }
}

function toLevel(row: Selectable<SkillLevelTable>): SkillLevel {
  return {
    id: row.id as SkillLevelId,
    name: row.name,
    color: row.color,
    isDefault: row.is_default,
    version: Number(row.version),
  }
}
