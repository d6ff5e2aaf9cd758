import { checkFresh, checkMay, noteChange, startChecks } from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import { type Actor, can } from './permission.ts'
import {
  type ReportDefinition,
  type ReportId,
  type ReportLink,
  type ReportLinkId,
  reportLimits,
  type SavedReport,
} from './report.ts'
import type { Store, Writing } from './store.ts'
import type { Instant } from './zone.ts'

export type ReportWish = {
  readonly name: string
  readonly definition: ReportDefinition
  readonly isShared: boolean
}

export type LinkWish = {
  readonly allows: ReportLink['allows']
  readonly expiresAt: Instant
}

/** Use cases on kept reports and the addresses that show them. */
export type Reports = {
  /** Not found as well where the caller may not see it. */
  get(actor: Actor, id: ReportId): Promise<SavedReport>
  create(actor: Actor, wish: ReportWish): Promise<SavedReport>
  change(
    actor: Actor,
    id: ReportId,
    change: Partial<ReportWish>,
    ifVersion?: number,
  ): Promise<SavedReport>
  remove(actor: Actor, id: ReportId, ifVersion?: number): Promise<void>
  listLinks(actor: Actor, id: ReportId): Promise<readonly ReportLink[]>
  /** The secret is returned once and kept nowhere. */
  createLink(
    actor: Actor,
    id: ReportId,
    wish: LinkWish,
  ): Promise<{ link: ReportLink; secret: string }>
  revokeLink(actor: Actor, id: ReportId, linkId: ReportLinkId): Promise<void>
  /** What a secret opens; `not-found` for whatever does not, or no longer. */
  open(secret: string): Promise<{ link: ReportLink; report: SavedReport }>
}

export type ReportsNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly newSecret: () => string
  /** SHA-256, hex. */
  readonly hashSecret: (secret: string) => string
}

const longestLinkMs = 366 * 86_400_000

export function makeReports({ store, now, newSecret, hashSecret }: ReportsNeeds): Reports {
  const find = async (stores: Pick<Store, 'reports'>, actor: Actor, id: ReportId) => {
    const report = await stores.reports.get(actor.siteId, id)
    if (can(actor, 'read', objectOf(report))) return report
    throw new DomainError('not-found', `There is no report ${id}`)
  }
  const note = (
    tx: Writing,
    actor: Actor,
    action: string,
    id: string,
    before: unknown,
    after: unknown,
  ) => noteChange({ tx, actor, now: now() }, action, id, before, after)
  const own = async (
    tx: Writing,
    actor: Actor,
    id: ReportId,
    action: 'change' | 'remove',
    ifVersion?: number,
  ) => {
    const report = await find(tx, actor, id)
    checkMay(actor, action, objectOf(report), `${action} this report`)
    checkFresh(report, ifVersion)
    return report
  }
  return {
    get: (actor, id) => find(store, actor, id),
    async create(actor, wish) {
      checkName(wish)
      const object = { type: 'report', personId: actor.personId, isShared: false } as const
      checkMay(actor, 'create', object, 'keep reports')
      return store.write(actor.siteId, async (tx) => {
        const report = {
          ownerId: actor.personId,
          name: wish.name,
          definition: wish.definition,
          isShared: wish.isShared,
          createdAt: now(),
          updatedAt: now(),
          version: tx.takeVersions(1),
        }
        const id = await tx.reports.insert(actor.siteId, report)
        note(tx, actor, 'report.create', id, null, report)
        return { ...report, id }
      })
    },
    async change(actor, id, change, ifVersion) {
      checkName(change)
      return store.write(actor.siteId, async (tx) => {
        const before = await own(tx, actor, id, 'change', ifVersion)
        const after: SavedReport = {
          ...before,
          name: change.name ?? before.name,
          definition: change.definition ?? before.definition,
          isShared: change.isShared ?? before.isShared,
          updatedAt: now(),
          version: tx.takeVersions(1),
        }
        await tx.reports.update(actor.siteId, after)
        note(tx, actor, 'report.update', id, before, after)
        return after
      })
    },
    async remove(actor, id, ifVersion) {
      await store.write(actor.siteId, async (tx) => {
        const report = await own(tx, actor, id, 'remove', ifVersion)
        await tx.reports.remove(actor.siteId, id)
        note(tx, actor, 'report.remove', id, report, null)
      })
    },
    async listLinks(actor, id) {
      const report = await find(store, actor, id)
      checkMay(actor, 'change', objectOf(report), 'see the links of this report')
      return store.reports.listLinks(actor.siteId, id)
    },
    async createLink(actor, id, { allows, expiresAt }) {
      if (expiresAt <= now()) throw invalidField('expiresAt', 'must lie in the future')
      if (expiresAt > now() + longestLinkMs)
        throw invalidField('expiresAt', 'must lie within a year from now')
      return store.write(actor.siteId, async (tx) => {
        await own(tx, actor, id, 'change')
        const links = await tx.reports.listLinks(actor.siteId, id)
        if (links.length >= reportLimits.linksPerReport)
          throw new DomainError(
            'conflict',
            `A report has at most ${reportLimits.linksPerReport} links; copy it to make more`,
          )
        const secret = newSecret()
        const link = await tx.reports.insertLink({
          siteId: actor.siteId,
          reportId: id,
          makerId: actor.personId,
          hash: hashSecret(secret),
          allows,
          createdAt: now(),
          expiresAt,
        })
        note(tx, actor, 'report.link', id, null, link)
        return { link, secret }
      })
    },
    async revokeLink(actor, id, linkId) {
      await store.write(actor.siteId, async (tx) => {
        await own(tx, actor, id, 'change')
        const link = (await tx.reports.listLinks(actor.siteId, id)).find((one) => one.id === linkId)
        if (!link) throw new DomainError('not-found', `The report has no link ${linkId}`)
        await tx.reports.revokeLink(actor.siteId, linkId, now())
        note(tx, actor, 'report.unlink', id, link, null)
      })
    },
    async open(secret) {
      const link = await store.reports.findLinkByHash(hashSecret(secret))
      if (!link || link.revokedAt !== null || link.expiresAt <= now())
        throw new DomainError('not-found', 'This link shows nothing, or no longer does')
      return { link, report: await store.reports.get(link.siteId, link.reportId) }
    },
  }
}

function objectOf({ ownerId, isShared }: SavedReport) {
  return { type: 'report', personId: ownerId, isShared } as const
}

function checkName({ name }: Partial<ReportWish>): void {
  const checks = startChecks()
  checks.line('name', name, reportLimits.name)
  checks.finish('The report cannot be accepted')
}
