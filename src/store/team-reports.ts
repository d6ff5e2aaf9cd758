import type { PersonId } from '../domain/person.ts'
import type { TeamReportStore } from '../domain/team-home.ts'
import { mostPinnedReports } from '../domain/team-home.ts'
import { toReport } from './reports.ts'
import { type Db, instantOfText, textOfInstant } from './rows.ts'

export function makeTeamReportStore(db: Db): TeamReportStore {
  return {
    async list(siteId, teamId) {
      const rows = await db
        .selectFrom('team_report as pin')
        .innerJoin('report as r', (join) =>
          join.onRef('r.site_id', '=', 'pin.site_id').onRef('r.id', '=', 'pin.report_id'),
        )
        .selectAll('r')
        .select(['pin.shown_as', 'pin.pinned_by', 'pin.pinned_at'])
        .where('pin.site_id', '=', siteId)
        .where('pin.team_id', '=', teamId)
        .orderBy('pin.pinned_at')
        .orderBy('pin.report_id')
        .limit(mostPinnedReports)
        .execute()
      return rows.map((row) => ({
        report: toReport(row),
        shownAs: row.shown_as === 'chart' ? 'chart' : 'table',
        pinnedById: row.pinned_by as PersonId,
        pinnedAt: instantOfText(row.pinned_at),
      }))
    },
    async put(siteId, teamId, { reportId, shownAs, pinnedById, pinnedAt }) {
      const row = {
        shown_as: shownAs,
        pinned_by: pinnedById,
        pinned_at: textOfInstant(pinnedAt),
      }
      await db
        .insertInto('team_report')
        .values({ site_id: siteId, team_id: teamId, report_id: reportId, ...row })
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'team_id', 'report_id']).doUpdateSet(row),
        )
        .execute()
    },
    async remove(siteId, teamId, reportId) {
      await db
        .deleteFrom('team_report')
        .where('site_id', '=', siteId)
        .where('team_id', '=', teamId)
        .where('report_id', '=', reportId)
        .execute()
    },
  }
}
