import { checkMay, noteChange } from './directory-checks.ts'
import { DomainError } from './errors.ts'
import { type Actor, can } from './permission.ts'
import type { PersonId } from './person.ts'
import type { ReportId, SavedReport } from './report.ts'
import type { SiteId } from './site.ts'
import type { Store } from './store.ts'
import type { Team, TeamId } from './team.ts'
import { getTeamToChange } from './team-changes.ts'
import type { Instant } from './zone.ts'

export const pinShapes = ['table', 'chart'] as const

/** How a report is shown at the home of a team. */
export type PinShape = (typeof pinShapes)[number]

/** A kept report at the home of a team. */
export type PinnedReport = {
  readonly report: SavedReport
  readonly shownAs: PinShape
  readonly pinnedById: PersonId
  readonly pinnedAt: Instant
}

/** Reports at the home of one team. */
export const mostPinnedReports = 12

export interface TeamReportStore {
  /** In the order in which they were pinned. */
  list(siteId: SiteId, teamId: TeamId): Promise<readonly PinnedReport[]>
  put(
    siteId: SiteId,
    teamId: TeamId,
    pin: Omit<PinnedReport, 'report'> & { readonly reportId: ReportId },
  ): Promise<void>
  remove(siteId: SiteId, teamId: TeamId, reportId: ReportId): Promise<void>
}

export type TeamHome = { readonly team: Team; readonly pinned: readonly PinnedReport[] }

/**
 * Use cases on the homes of teams: kept reports that its people find there, each as they may see it.
 * Who may change the team may pin what they may read; a report of somebody else only while that one
 * shares it.
 */
export type TeamHomes = {
  get(actor: Actor, teamId: TeamId): Promise<TeamHome>
  find(actor: Actor, teamId: TeamId, reportId: ReportId): Promise<PinnedReport>
  /** Pins it, or shows it in another way. */
  pin(actor: Actor, teamId: TeamId, reportId: ReportId, shownAs: PinShape): Promise<void>
  /** Does nothing where it is not pinned. */
  unpin(actor: Actor, teamId: TeamId, reportId: ReportId): Promise<void>
}

export type TeamHomesNeeds = { readonly store: Store; readonly now: () => Instant }

export function makeTeamHomes({ store, now }: TeamHomesNeeds): TeamHomes {
  async function get(actor: Actor, teamId: TeamId): Promise<TeamHome> {
    const team = await store.teams.get(actor.siteId, teamId)
    if (!can(actor, 'read', { type: 'team', team }))
      throw new DomainError('not-found', `There is no team ${teamId}`)
    checkMay(actor, 'read', { type: 'team-panel', teamId: team.id }, 'see the home of this team')
    const pinned = await store.teamReports.list(actor.siteId, team.id)
    return { team, pinned: pinned.filter(isShown) }
  }
  return {
    get,
    async find(actor, teamId, reportId) {
      const { pinned } = await get(actor, teamId)
      const found = pinned.find(({ report }) => report.id === reportId)
      if (found) return found
      throw new DomainError('not-found', `Report ${reportId} is not pinned here`)
    },
    async pin(actor, teamId, reportId, shownAs) {
      const { siteId } = actor
      await store.write(siteId, async (tx) => {
        const team = await getTeamToChange({ tx, actor, now: now() }, teamId)
        const pinned = await tx.teamReports.list(siteId, team.id)
        const before = pinned.find(({ report }) => report.id === reportId)
        if (before?.shownAs === shownAs && isShown(before)) return
        const report = await tx.reports.get(siteId, reportId)
        const mayRead = can(actor, 'read', {
          type: 'report',
          personId: report.ownerId,
          isShared: report.isShared,
        })
        if (!mayRead && !(before && isShown(before)))
          throw new DomainError('not-found', `There is no report ${reportId}`)
        if (!before && pinned.length >= mostPinnedReports)
          throw new DomainError(
            'conflict',
            `A team has at most ${mostPinnedReports} reports at its home: unpin one first`,
          )
        const isKept = before !== undefined && isShown(before)
        const pin = {
          reportId: report.id,
          shownAs,
          pinnedById: isKept ? before.pinnedById : actor.personId,
          pinnedAt: before?.pinnedAt ?? now(),
        }
        await tx.teamReports.put(siteId, team.id, pin)
        tx.takeVersions(1)
        noteChange({ tx, actor, now: now() }, 'team.pin', team.id, before ? pinOf(before) : null, {
          reportId: report.id,
          shownAs,
        })
      })
    },
    async unpin(actor, teamId, reportId) {
      const { siteId } = actor
      await store.write(siteId, async (tx) => {
        const team = await getTeamToChange({ tx, actor, now: now() }, teamId)
        const pinned = await tx.teamReports.list(siteId, team.id)
        const before = pinned.find(({ report }) => report.id === reportId)
        if (!before) return
        await tx.teamReports.remove(siteId, team.id, before.report.id)
        tx.takeVersions(1)
        noteChange({ tx, actor, now: now() }, 'team.unpin', team.id, pinOf(before), null)
      })
    },
  }
}

/** Whoever pinned it may show it: it is theirs, or its owner shares it. */
function isShown({ report, pinnedById }: PinnedReport): boolean {
  return report.isShared || report.ownerId === pinnedById
}

function pinOf({ report, shownAs }: PinnedReport) {
  return { reportId: report.id, shownAs }
}
