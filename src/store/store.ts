import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { chainAudit, type NewAuditEntry } from '../domain/audit.ts'
import { DomainError } from '../domain/errors.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store, Stores, Writing } from '../domain/store.ts'
import { makeAccountCategoryStore } from './account-categories.ts'
import { makeAccountLinkStore } from './account-links.ts'
import { makeAccountStore } from './accounts.ts'
import { makeAllocationStore } from './allocations.ts'
import { makeApprovalStore } from './approvals.ts'
import { makeAttributeStore } from './attributes.ts'
import { insertAudit, makeAuditStore } from './audits.ts'
import { type Bookmarks, makeBookmarks } from './bookmarks.ts'
import { makeCatalogueStore } from './catalogue.ts'
import { makeCustomerStore } from './customers.ts'
import { describeDatabase } from './database-figures.ts'
import type { Engine } from './engine.ts'
import { makeEventTypeStore } from './event-types.ts'
import { makeEventStore } from './events.ts'
import { makeFeedStore, stampVersions } from './feeds.ts'
import { makeFilterStore } from './filters.ts'
import { makeGenericResourceStore } from './generic-resources.ts'
import { makeGroupStore } from './groups.ts'
import { makeHandOverStore } from './hand-overs.ts'
import { makeHolidayStore } from './holidays.ts'
import { makeIdempotencyStore } from './idempotency.ts'
import { makeIssueSearchStore } from './issue-search.ts'
import { makeIssueWorklogStore } from './issue-worklogs.ts'
import { makeIssueStore } from './issues.ts'
import { makeJiraLinkStore } from './jira-links.ts'
import { makeLockStore } from './locks.ts'
import { makeLoginStore } from './logins.ts'
import { makeManifestStore } from './manifests.ts'
import { makeMembershipStore } from './memberships.ts'
import { makeMirrorStore } from './mirrors.ts'
import { makeNameStore } from './names.ts'
import { makeOAuthStore } from './oauth-apps.ts'
import { makeFavouriteStore, makeTimerStore } from './own-week.ts'
import { makePersonStore } from './people.ts'
import { makePermissionRoleStore } from './permission-roles.ts'
import { makePlanDraftStore } from './plan-drafts.ts'
import { makePlanningSettingsStore } from './planning-settings.ts'
import { makePositionStore } from './positions.ts'
import { makePreferenceStore } from './preferences.ts'
import { makeProgramStore } from './programs.ts'
import { makeProjectStore } from './projects.ts'
import { makeReportStore } from './reports.ts'
import type { Db } from './rows.ts'
import { makeRuleStore } from './rules.ts'
import { makeScheduleStore } from './schedules.ts'
import { makeSessionStore } from './sessions.ts'
import { makeConnectionStore, makeSiteStore } from './sites.ts'
import { makeSkillLevelStore } from './skill-levels.ts'
import { makeSkillStore } from './skills.ts'
import { makeSyncStore } from './sync-states.ts'
import { makeTeamLinkStore } from './team-links.ts'
import { makeTeamReportStore } from './team-reports.ts'
import { makeTeamRoleStore } from './team-roles.ts'
import { makeTeamStore } from './teams.ts'
import { makeTokenStore } from './tokens.ts'
import { makeVacationStore } from './vacations.ts'
import { makeWorkingTimeStore } from './working-time.ts'
import { makeWorklogApprovalStore } from './worklog-approvals.ts'
import { makeWorklogCategoryStore } from './worklog-categories.ts'
import { makeWorklogStore } from './worklogs.ts'

type Listener = (siteId: SiteId, version: number) => void

/** The store over an engine whose schema is up to date. */
export function makeStore(engine: Engine, now: () => number = Date.now): Store {
  const bookmarks = makeBookmarks(now)
  const listeners = new Set<Listener>()
  const statistics = makeStatistics(engine)
  return {
    ...storesOn(engine, engine.db, bookmarks),
    async write(siteId, work) {
      let version = 0
      let written = 0
      const result = await engine.db.transaction().execute(async (db) => {
        const site = await holdSite(db, siteId)
        const writing = await startWriting(engine, db, bookmarks, site, siteId)
        const answer = await work(writing.tx)
        version = await writing.finish()
        if (version > site.version) await stampVersions(db, siteId, site.version + 1, now())
        written = version - site.version
        return answer
      })
      await statistics.noteRows(written).catch(warn)
      for (const listener of listeners) tell(listener, siteId, version)
      return result
    },
    async ping() {
      await sql`select 1`.execute(engine.db)
    },
    describe: (siteId) => describeDatabase(engine, siteId),
    async schemaVersion() {
      const row = await engine.db
        .selectFrom('schema_migration')
        .select((eb) => eb.fn.max('number').as('number'))
        .executeTakeFirst()
      return Number(row?.number ?? 0)
    },
    async maintain() {
      await engine.execute('vacuum (analyze)')
    },
    onWrite(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => engine.close(),
  }
}

/**
 * A planner that was never told that a table has grown goes on reading it whole, above all in the
 * checks of foreign keys. PGlite has no autovacuum, and on a server it may be late or off: each
 * time the rows written have doubled, the statistics are taken anew.
 */
function makeStatistics(engine: Engine): { noteRows(count: number): Promise<void> } {
  let written = 0
  let rowsKnown: number | undefined
  return {
    async noteRows(count) {
      written += count
      if (written < 1_000) return
      rowsKnown ??= await knownRows(engine)
      if (written < rowsKnown) return
      rowsKnown += written
      written = 0
      await engine.execute(`analyze ${growing.join(', ')}`)
    },
  }
}

/**
 * The columns that rows are found and joined by. Where columns are named the expressions of indexes
 * are left out, and the words of summaries take longer than everything else together.
 */
const growing = [
  'worklog (site_id, id, connection_id, jira_id, issue_id, project_id, author_id, day, version)',
  'issue (site_id, id, connection_id, jira_id, project_id, key)',
  'person (site_id, id, account_id, username, key)',
  'project (site_id, id, connection_id, jira_id, key)',
] as const

/** How many worklogs the planner believes in. */
async function knownRows(engine: Engine): Promise<number> {
  const result = await sql<{ rows: number }>`select reltuples::float8 as rows from pg_class
    where oid = 'worklog'::regclass`.execute(engine.db)
  return Math.max(0, result.rows[0]?.rows ?? 0)
}

/** The write is committed by now: whoever fails to hear of it must not make it look failed. */
function tell(listener: Listener, siteId: SiteId, version: number): void {
  try {
    listener(siteId, version)
  } catch (error) {
    warn(error)
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}

type HeldSite = {
  readonly version: number
  readonly nextJiraId: number
  readonly auditSeq: number
  readonly auditHash: string
}

/** The row lock that orders the site's writers; no trigger, no advisory lock, so it also shards. */
async function holdSite(db: Db, siteId: SiteId): Promise<HeldSite> {
  const row = await db
    .selectFrom('site')
    .select(['version', 'next_jira_id', 'audit_seq', 'audit_hash'])
    .where('id', '=', siteId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', `There is no site ${siteId}`)
  return {
    version: Number(row.version),
    nextJiraId: Number(row.next_jira_id),
    auditSeq: Number(row.audit_seq),
    auditHash: row.audit_hash,
  }
}

async function startWriting(
  engine: Engine,
  db: Db,
  bookmarks: Bookmarks,
  site: HeldSite,
  siteId: SiteId,
): Promise<{ tx: Writing; finish(): Promise<number> }> {
  let { version, nextJiraId } = site
  const notes: NewAuditEntry[] = []
  const tx: Writing = {
    ...storesOn(engine, db, bookmarks),
    takeVersions(count) {
      version += count
      return version - count + 1
    },
    takeJiraIds(count) {
      nextJiraId += count
      return nextJiraId - count
    },
    note: (entry) => void notes.push(entry),
  }
  return {
    tx,
    async finish() {
      if (version === site.version && nextJiraId === site.nextJiraId && notes.length === 0)
        return version
      const entries = chainAudit(
        site.auditHash,
        notes.map((entry, at) => ({ ...entry, siteId, seq: site.auditSeq + at + 1 })),
        (text) => createHash('sha256').update(text).digest('hex'),
      )
      await insertAudit(db, entries)
      await db
        .updateTable('site')
        .set({
          version: String(version),
          next_jira_id: String(nextJiraId),
          audit_seq: String(site.auditSeq + entries.length),
          audit_hash: entries.at(-1)?.hash ?? site.auditHash,
        })
        .where('id', '=', siteId)
        .execute()
      return version
    },
  }
}

function storesOn(engine: Engine, db: Db, bookmarks: Bookmarks): Stores {
  return {
    sites: makeSiteStore(db),
    connections: makeConnectionStore(db),
    people: makePersonStore(db),
    groups: makeGroupStore(db),
    projects: makeProjectStore(db),
    issues: makeIssueStore(db),
    catalogue: makeCatalogueStore(db),
    worklogs: makeWorklogStore(engine, db, bookmarks),
    reports: makeReportStore(db),
    tokens: makeTokenStore(db),
    oauth: makeOAuthStore(db),
    attributes: makeAttributeStore(db),
    customers: makeCustomerStore(db),
    accountCategories: makeAccountCategoryStore(db),
    accounts: makeAccountStore(db),
    accountLinks: makeAccountLinkStore(db),
    locks: makeLockStore(db),
    audit: makeAuditStore(db),
    teams: makeTeamStore(db),
    resources: makeGenericResourceStore(db),
    memberships: makeMembershipStore(db),
    allocations: makeAllocationStore(db, bookmarks),
    permissionRoles: makePermissionRoleStore(db),
    positions: makePositionStore(db),
    programs: makeProgramStore(db),
    skillLevels: makeSkillLevelStore(db),
    skills: makeSkillStore(db),
    teamLinks: makeTeamLinkStore(db),
    teamReports: makeTeamReportStore(db),
    teamRoles: makeTeamRoleStore(db),
    events: makeEventStore(db),
    eventTypes: makeEventTypeStore(db),
    planDrafts: makePlanDraftStore(db),
    planningSettings: makePlanningSettingsStore(db),
    handOvers: makeHandOverStore(engine, db),
    vacations: makeVacationStore(db),
    worklogCategories: makeWorklogCategoryStore(db),
    worklogApprovals: makeWorklogApprovalStore(db),
    idempotency: makeIdempotencyStore(db),
    links: makeJiraLinkStore(db),
    sync: makeSyncStore(db),
    mirror: makeMirrorStore(db),
    issueSearch: makeIssueSearchStore(db, bookmarks),
    issueWorklogs: makeIssueWorklogStore(db),
    names: makeNameStore(db),
    schedules: makeScheduleStore(db),
    holidays: makeHolidayStore(db),
    workingTime: makeWorkingTimeStore(db),
    feeds: makeFeedStore(db),
    filters: makeFilterStore(db),
    logins: makeLoginStore(db),
    sessions: makeSessionStore(db),
    rules: makeRuleStore(db),
    approvals: makeApprovalStore(db),
    manifests: makeManifestStore(db),
    favourites: makeFavouriteStore(db),
    timers: makeTimerStore(db),
    preferences: makePreferenceStore(db),
  }
}
