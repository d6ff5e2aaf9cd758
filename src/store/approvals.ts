import { type Selectable, sql } from 'kysely'
import {
  type Approval,
  type ApprovalLogEntry,
  type ApprovalLogId,
  type ApprovalStore,
  approvalActions,
  approvalStatuses,
} from '../domain/approval.ts'
import type { Day } from '../domain/day.ts'
import { rolePermissions, roles } from '../domain/permission.ts'
import type { Right } from '../domain/permission-role.ts'
import type { PersonId } from '../domain/person.ts'
import type { Finding } from '../domain/timesheet-check.ts'
import {
  type Db,
  idList,
  instantOfText,
  instantOrNull,
  isBigId,
  textList,
  textOfInstant,
  textOrNull,
} from './rows.ts'
import type { TimesheetApprovalLogTable, TimesheetApprovalTable } from './tables-approvals.ts'

/** Roles that approve everybody's time. */
const approvesAll = roles.filter((role) => rolePermissions[role].includes('manage-accounts'))

/** Roles that approve the time of those they lead. */
const approvesLed = roles.filter((role) => rolePermissions[role].includes('approve'))

export function makeApprovalStore(db: Db): ApprovalStore {
  return {
    async find(siteId, { personIds, statuses, period, limit, after }) {
      let query = db
        .selectFrom('timesheet_approval')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('from_day')
        .orderBy('person_id')
        .limit(limit)
      if (personIds) query = query.where(sql<boolean>`person_id = any(${idList(personIds)})`)
      if (statuses) query = query.where('status', 'in', [...statuses])
      if (period?.from) query = query.where('to_day', '>=', period.from)
      if (period?.to) query = query.where('from_day', '<=', period.to)
      if (after)
        query = query.where(
          sql<boolean>`(from_day, person_id) > (${after.from}::date, ${after.personId}::bigint)`,
        )
      return (await query.execute()).map(toApproval)
    },
    async put(siteId, approval) {
      const values = {
        status: approval.status,
        reviewer_id: approval.reviewerId,
        actor_id: approval.actorId,
        updated_at: textOrNull(approval.updatedAt),
        comment: approval.comment,
        required_seconds_at_submit: approval.requiredSecondsAtSubmit,
        spent_seconds_at_submit: approval.spentSecondsAtSubmit,
      }
      await db
        .insertInto('timesheet_approval')
        .values({
          site_id: siteId,
          person_id: approval.personId,
          from_day: approval.from,
          to_day: approval.to,
          ...values,
        })
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'person_id', 'from_day', 'to_day']).doUpdateSet(values),
        )
        .execute()
    },
    async addLog(siteId, entry) {
      await db
        .insertInto('timesheet_approval_log')
        .values({
          site_id: siteId,
          person_id: entry.personId,
          from_day: entry.from,
          to_day: entry.to,
          action: entry.action,
          before: entry.before,
          after: entry.after,
          actor_id: entry.actorId,
          at: textOfInstant(entry.at),
          comment: entry.comment,
          reviewer_id: entry.reviewerId,
          required_seconds: entry.requiredSeconds,
          spent_seconds: entry.spentSeconds,
          findings: JSON.stringify(entry.findings),
          override_reason: entry.overrideReason,
        })
        .execute()
    },
    async listLog(siteId, { personIds, period, since, limit, afterId }) {
      let query = db
        .selectFrom('timesheet_approval_log')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .limit(limit)
      if (personIds) query = query.where(sql<boolean>`person_id = any(${idList(personIds)})`)
      if (period)
        query = query.where('to_day', '>=', period.from).where('from_day', '<=', period.to)
      if (since !== undefined) query = query.where('at', '>=', textOfInstant(since))
      if (afterId) query = query.where('id', '>', isBigId(afterId) ? afterId : '0')
      return (await query.execute()).map(toEntry)
    },
    async dayTotals(siteId, personIds, { from, to }) {
      if (personIds.length === 0) return []
      const result = await sql<{
        author_id: string
        day: string
        seconds: string
        count: string
        silent: string
      }>`select author_id, day, sum(time_spent_seconds) as seconds, count(*) as count,
          count(*) filter (where btrim(comment) = '') as silent
        from worklog where site_id = ${siteId} and author_id = any(${idList(personIds)})
          and day between ${from}::date and ${to}::date and deleted_at is null
        group by author_id, day order by author_id, day`.execute(db)
      return result.rows.map((row) => ({
        personId: row.author_id as PersonId,
        day: row.day as Day,
        seconds: Number(row.seconds),
        count: Number(row.count),
        withoutComment: Number(row.silent),
      }))
    },
    async reviewers(siteId, personId, day) {
      const right: Right = 'approve-time'
      const result = await sql<{ id: string }>`
        with teams as (select m.team_id as id from team_membership m
            where m.site_id = ${siteId} and m.person_id = ${personId}::bigint
              and coalesce(m.from_day <= ${day}::date, true)
              and coalesce(m.to_day >= ${day}::date, true)),
          leads as (select t.lead_id as id from team t
              where t.site_id = ${siteId} and t.id in (select id from teams)
            union select m.person_id from team_manager m
              where m.site_id = ${siteId} and m.team_id in (select id from teams)),
          granted as (select g.person_id as id from permission_role r
            join permission_role_person g on g.site_id = r.site_id and g.role_id = r.id
            where r.site_id = ${siteId} and ${right} = any(r.rights)
              and (r.is_global or exists (select 1 from permission_role_team t
                where t.site_id = r.site_id and t.role_id = r.id
                  and t.team_id in (select id from teams))))
        select p.id, p.id in (select id from leads where id is not null) as leads
        from person p where p.site_id = ${siteId} and p.is_active and p.id <> ${personId}::bigint
          and (p.role = any(${textList(approvesAll)})
            or p.id in (select id from granted)
            or (p.role = any(${textList(approvesLed)})
              and p.id in (select id from leads where id is not null)))
        order by leads desc, p.id limit 500`.execute(db)
      return result.rows.map((row) => row.id as PersonId)
    },
  }
}

function toApproval(row: Selectable<TimesheetApprovalTable>): Approval {
  return {
    personId: row.person_id as PersonId,
    from: row.from_day as Day,
    to: row.to_day as Day,
    status: approvalStatuses.find((status) => status === row.status) ?? 'open',
    reviewerId: row.reviewer_id as PersonId | null,
    actorId: row.actor_id as PersonId | null,
    updatedAt: instantOrNull(row.updated_at),
    comment: row.comment,
    requiredSecondsAtSubmit: row.required_seconds_at_submit,
    spentSecondsAtSubmit: row.spent_seconds_at_submit,
  }
}

function toEntry(row: Selectable<TimesheetApprovalLogTable>): ApprovalLogEntry {
  const status = (text: string) => approvalStatuses.find((one) => one === text) ?? 'open'
  return {
    id: row.id as ApprovalLogId,
    personId: row.person_id as PersonId,
    from: row.from_day as Day,
    to: row.to_day as Day,
    action: approvalActions.find((action) => action === row.action) ?? 'submit',
    before: status(row.before),
    after: status(row.after),
    actorId: row.actor_id as PersonId,
    at: instantOfText(row.at),
    comment: row.comment,
    reviewerId: row.reviewer_id as PersonId | null,
    requiredSeconds: row.required_seconds,
    spentSeconds: row.spent_seconds,
    findings: row.findings as readonly Finding[],
    overrideReason: row.override_reason,
  }
}
