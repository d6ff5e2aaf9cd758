import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import type {
  ReportDefinition,
  ReportId,
  ReportLink,
  ReportLinkId,
  ReportStore,
  SavedReport,
} from '../domain/report.ts'
import { reportLimits } from '../domain/report.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, instantOfText, instantOrNull, isBigId, textOfInstant } from './rows.ts'
import type { ReportLinkTable, ReportTable } from './tables.ts'

export function makeReportStore(db: Db): ReportStore {
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await db
            .selectFrom('report')
            .selectAll()
            .where('site_id', '=', siteId)
            .where('id', '=', id)
            .executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no report ${id}`)
      return toReport(row)
    },
    async list(siteId, { personId, limit, afterId }) {
      const rows = await db
        .selectFrom('report')
        .selectAll()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`(owner_id = ${personId} or is_shared)`)
        .where('id', '>', afterId ?? '0')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toReport)
    },
    async listAll(siteId, { limit, afterId }) {
      const rows = await db
        .selectFrom('report')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('id', '>', afterId ?? '0')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toReport)
    },
    async insert(siteId, report) {
      const { id } = await db
        .insertInto('report')
        .values({ site_id: siteId, ...fromReport(report) })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id as ReportId
    },
    async update(siteId, report) {
      await db
        .updateTable('report')
        .set(fromReport(report))
        .where('site_id', '=', siteId)
        .where('id', '=', report.id)
        .execute()
    },
    async remove(siteId, id) {
      await db.deleteFrom('report').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
    async insertLink({ siteId, reportId, makerId, hash, allows, createdAt, expiresAt }) {
      const row = await db
        .insertInto('report_link')
        .values({
          site_id: siteId,
          report_id: reportId,
          maker_id: makerId,
          hash,
          allows,
          created_at: textOfInstant(createdAt),
          expires_at: textOfInstant(expiresAt),
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toLink(row)
    },
    async listLinks(siteId, reportId) {
      const rows = await db
        .selectFrom('report_link')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('report_id', '=', reportId)
        .orderBy('id')
        .limit(reportLimits.linksPerReport)
        .execute()
      return rows.map(toLink)
    },
    async revokeLink(siteId, id, at) {
      await db
        .updateTable('report_link')
        .set({ revoked_at: textOfInstant(at) })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .execute()
    },
    async findLinkByHash(hash) {
      const row = await db
        .selectFrom('report_link')
        .selectAll()
        .where('hash', '=', hash)
        .limit(1)
        .executeTakeFirst()
      return row && toLink(row)
    },
  }
}

function fromReport(report: Omit<SavedReport, 'id'>) {
  return {
    owner_id: report.ownerId,
    name: report.name,
    definition: JSON.stringify(report.definition),
    is_shared: report.isShared,
    created_at: textOfInstant(report.createdAt),
    updated_at: textOfInstant(report.updatedAt),
    version: report.version,
  }
}

/** A kept report as the domain has it. */
export function toReport(row: Selectable<ReportTable>): SavedReport {
  return {
    id: row.id as ReportId,
    ownerId: row.owner_id as PersonId,
    name: row.name,
    definition: row.definition as ReportDefinition,
    isShared: row.is_shared,
    createdAt: instantOfText(row.created_at),
    updatedAt: instantOfText(row.updated_at),
    version: Number(row.version),
  }
}

function toLink(row: Selectable<ReportLinkTable>): ReportLink {
  return {
    id: row.id as ReportLinkId,
    siteId: row.site_id as SiteId,
    reportId: row.report_id as ReportId,
    makerId: row.maker_id as PersonId,
    allows: row.allows === 'worklogs' ? 'worklogs' : 'table',
    createdAt: instantOfText(row.created_at),
    expiresAt: instantOfText(row.expires_at),
    revokedAt: instantOrNull(row.revoked_at),
  }
}
