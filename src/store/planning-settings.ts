import { type PlanningSettingsStore, usualPlanningSettings } from '../domain/planning-settings.ts'
import type { Db } from './rows.ts'

export function makePlanningSettingsStore(db: Db): PlanningSettingsStore {
  return {
    async get(siteId) {
      const row = await db
        .selectFrom('planning_setting')
        .selectAll()
        .where('site_id', '=', siteId)
        .executeTakeFirst()
      if (!row) return usualPlanningSettings
      return {
        spread: row.spread === 'liquid' ? 'liquid' : 'balance',
        scope: row.scope === 'fromToday' ? 'fromToday' : 'all',
        countsUnapprovedAbsence: row.counts_unapproved_absence,
        approvesWorklogs: row.approves_worklogs,
        vacationDays: row.vacation_days === null ? null : Number(row.vacation_days),
        isActivityTimelineOn: row.is_activity_timeline_on,
        activityTimelineWindow: row.activity_timeline_window === 'seed' ? 'seed' : 'exact',
        activityTimelineExtended: row.activity_timeline_extended,
        version: Number(row.version),
      }
    },
    async put(siteId, settings) {
      const values = {
        spread: settings.spread,
        scope: settings.scope,
        counts_unapproved_absence: settings.countsUnapprovedAbsence,
        approves_worklogs: settings.approvesWorklogs,
        vacation_days: settings.vacationDays,
        is_activity_timeline_on: settings.isActivityTimelineOn,
        activity_timeline_window: settings.activityTimelineWindow,
        activity_timeline_extended: settings.activityTimelineExtended,
        version: settings.version,
      }
      await db
        .insertInto('planning_setting')
        .values({ site_id: siteId, ...values })
        .onConflict((conflict) => conflict.column('site_id').doUpdateSet(values))
        .execute()
    },
  }
}
