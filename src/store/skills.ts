import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { GenericResourceId } from '../domain/generic-resource.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { PersonSkill, Skill, SkillId, SkillLevelId, SkillStore } from '../domain/skill.ts'
import { containsPattern, type Db, idList, isBigId, recordset } from './rows.ts'
import type { PersonSkillTable, SkillTable } from './tables-teams.ts'

export function makeSkillStore(db: Db): SkillStore {
  return { ...skills(db), ...skillsOfPeople(db), ...skillsOfResources(db) }
}

function skills(
  db: Db,
): Pick<SkillStore, 'get' | 'getMany' | 'findByName' | 'list' | 'insert' | 'update' | 'remove'> {
  const select = (siteId: SiteId) =>
    db.selectFrom('skill').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no skill ${id}`)
      return toSkill(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      const rows = select(siteId).where(sql<boolean>`id = any(${idList(ids)})`)
      return (await rows.orderBy('id').execute()).map(toSkill)
    },
    async findByName(siteId, name) {
      const row = await select(siteId)
        .where(sql<boolean>`lower(name) = lower(${name})`)
        .executeTakeFirst()
      return row && toSkill(row)
    },
    async list(siteId, { ids, text, limit, afterId, offset = 0 }) {
      let rows = select(siteId).orderBy('id').limit(limit).offset(offset)
      if (ids) rows = rows.where(sql<boolean>`id = any(${idList(ids)})`)
      if (text !== undefined) rows = rows.where('name', 'ilike', containsPattern(text))
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toSkill)
    },
    async insert(siteId, { name, version }) {
      const row = await db
        .insertInto('skill')
        .values({ site_id: siteId, name, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as SkillId
    },
    async update(siteId, { id, name, version }) {
      await db
        .updateTable('skill')
        .set({ name, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      for (const table of ['person_skill', 'generic_resource_skill'] as const)
        await db
          .deleteFrom(table)
          .where('site_id', '=', siteId)
          .where('skill_id', '=', id)
          .execute()
      await db.deleteFrom('skill').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function skillsOfPeople(db: Db): Pick<SkillStore, 'ofPeople' | 'peopleWith' | 'give' | 'take'> {
  const select = (siteId: SiteId) =>
    db.selectFrom('person_skill').selectAll().where('site_id', '=', siteId)
  return {
    async ofPeople(siteId, personIds) {
      if (personIds.length === 0) return []
      const rows = select(siteId).where(sql<boolean>`person_id = any(${idList(personIds)})`)
      return (await rows.orderBy('skill_id').orderBy('person_id').execute()).map(toPersonSkill)
    },
    async peopleWith(siteId, id, limit) {
      if (!isBigId(id)) return []
      const rows = select(siteId).where('skill_id', '=', id).orderBy('person_id').limit(limit)
      return (await rows.execute()).map(toPersonSkill)
    },
    async give(siteId, given) {
      if (given.length === 0) return
      const rows = given.map(({ personId, skillId, levelId }) => ({
        person_id: personId,
        skill_id: skillId,
        level_id: levelId,
      }))
      await sql`insert into person_skill (site_id, person_id, skill_id, level_id)
        select ${siteId}, r.* from ${recordset(rows, {
          person_id: 'bigint',
          skill_id: 'bigint',
          level_id: 'bigint',
        })}
        on conflict (site_id, person_id, skill_id) do update
          set level_id = excluded.level_id`.execute(db)
    },
    async take(siteId, personId, skillIds) {
      await db
        .deleteFrom('person_skill')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .where(sql<boolean>`skill_id = any(${idList(skillIds)})`)
        .execute()
    },
  }
}

function skillsOfResources(
  db: Db,
): Pick<SkillStore, 'ofResources' | 'giveResource' | 'takeFromResource'> {
  return {
    async ofResources(siteId, resourceIds) {
      const rows = await db
        .selectFrom('generic_resource_skill')
        .select(['resource_id', 'skill_id'])
        .where('site_id', '=', siteId)
        .where(sql<boolean>`resource_id = any(${idList(resourceIds)})`)
        .orderBy('skill_id')
        .orderBy('resource_id')
        .execute()
      return rows.map((row) => ({
        resourceId: row.resource_id as GenericResourceId,
        skillId: row.skill_id as SkillId,
      }))
    },
    async giveResource(siteId, resourceId, skillIds) {
      await sql`insert into generic_resource_skill (site_id, resource_id, skill_id)
        select ${siteId}::integer, ${resourceId}::bigint, s from unnest(${idList(skillIds)}) s
        on conflict do nothing`.execute(db)
    },
    async takeFromResource(siteId, resourceId, skillIds) {
      await db
        .deleteFrom('generic_resource_skill')
        .where('site_id', '=', siteId)
        .where('resource_id', '=', resourceId)
        .where(sql<boolean>`skill_id = any(${idList(skillIds)})`)
        .execute()
    },
  }
}

function toSkill(row: Selectable<SkillTable>): Skill {
  return { id: row.id as SkillId, name: row.name, version: Number(row.version) }
}

function toPersonSkill(row: Selectable<PersonSkillTable>): PersonSkill {
  return {
    personId: row.person_id as PersonId,
    skillId: row.skill_id as SkillId,
    levelId: row.level_id as SkillLevelId | null,
  }
}
