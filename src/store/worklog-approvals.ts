import { sql } from 'kysely'
import type { PersonId } from '../domain/person.ts'
import type { WorklogId } from '../domain/worklog.ts'
import type { WorklogApprovalStore } from '../domain/worklog-approval.ts'
import { type Db, idList, insertMany, instantOfText, textOfInstant } from './rows.ts'

export function makeWorklogApprovalStore(db: Db): WorklogApprovalStore {
  return {
    async find(siteId, worklogIds) {
      if (worklogIds.length === 0) return []
      const rows = await db
        .selectFrom('worklog_approval')
        .selectAll()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`worklog_id = any(${idList(worklogIds)})`)
        .execute()
      return rows.map((row) => ({
        worklogId: row.worklog_id as WorklogId,
        approvedById: row.approved_by as PersonId | null,
        approvedAt: instantOfText(row.approved_at),
      }))
    },
    async put(siteId, approvals) {
      await insertMany(
        db,
        'worklog_approval',
        {
          site_id: 'integer',
          worklog_id: 'bigint',
          approved_by: 'bigint',
          approved_at: 'timestamptz',
        },
        approvals.map((approval) => ({
          site_id: siteId,
          worklog_id: approval.worklogId,
          approved_by: approval.approvedById,
          approved_at: textOfInstant(approval.approvedAt),
        })),
        'on conflict (site_id, worklog_id) do nothing',
      )
    },
    async remove(siteId, worklogIds) {
      await sql`delete from worklog_approval
        where site_id = ${siteId} and worklog_id = any(${idList(worklogIds)})`.execute(db)
    },
  }
}
