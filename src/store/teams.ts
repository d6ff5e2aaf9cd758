import { sql } from 'kysely'
import type { PersonId } from '../domain/person.ts'
import type { TeamId, TeamStore } from '../domain/team.ts'
import { type Db, idList, insertMany } from './rows.ts'

export function makeTeamStore(db: Db): TeamStore {
  return {
    async list(siteId) {
      const rows = await db
        .selectFrom('team')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .limit(10_000)
        .execute()
      return rows.map((row) => ({
        id: row.id as TeamId,
        name: row.name,
        leadId: row.lead_id as PersonId | null,
      }))
    },
    async create(siteId, { name, leadId }) {
      const row = await db
        .insertInto('team')
        .values({ site_id: siteId, name, lead_id: leadId })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as TeamId
    },
    async addMemberships(siteId, memberships) {
      const rows = memberships.map((membership) => ({
        site_id: siteId,
        team_id: membership.teamId,
        person_id: membership.personId,
        from_day: membership.from,
        to_day: membership.to,
        commitment_percent: membership.commitmentPercent,
      }))
      await insertMany(
        db,
        'team_membership',
        {
          site_id: 'integer',
          team_id: 'bigint',
          person_id: 'bigint',
          from_day: 'date',
          to_day: 'date',
          commitment_percent: 'integer',
        },
        rows,
      )
    },
    async membersDuring(siteId, teamIds, period, limit) {
      if (teamIds.length === 0) return []
      const rows = await db
        .selectFrom('team_membership')
        .select(['person_id', 'team_id'])
        .distinct()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`team_id = any(${idList(teamIds)})`)
        .where(sql<boolean>`coalesce(from_day <= ${period.to}::date, true)`)
        .where(sql<boolean>`coalesce(to_day >= ${period.from}::date, true)`)
        .orderBy('person_id')
        .orderBy('team_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        personId: row.person_id as PersonId,
        teamId: row.team_id as TeamId,
      }))
    },
    async colleagues(siteId, personId, day) {
      const onDay = sql`coalesce(m.from_day <= ${day}::date, true)
        and coalesce(m.to_day >= ${day}::date, true)`
      const result = await sql<{ person_id: string; is_led: boolean }>`
        select m.person_id, bool_or(coalesce(t.lead_id = ${personId}::bigint, false)) as is_led
        from team t join team_membership m on m.site_id = t.site_id and m.team_id = t.id
        where t.site_id = ${siteId} and ${onDay} and (t.lead_id = ${personId}::bigint
          or t.id in (select m.team_id from team_membership m
            where m.site_id = ${siteId} and m.person_id = ${personId}::bigint and ${onDay}))
        group by m.person_id`.execute(db)
      const ids = (isLed: boolean) =>
        result.rows.filter((row) => row.is_led || !isLed).map((row) => row.person_id as PersonId)
      return { teammateIds: ids(false), ledIds: ids(true) }
    },
  }
}
