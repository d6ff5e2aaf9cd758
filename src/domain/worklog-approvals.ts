import { applyDrift } from './drift.ts'
import { DomainError } from './errors.ts'
import { type Actor, can, seesWorklog, viewerOf } from './permission.ts'
import type { Store, Stores, Writing } from './store.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import type { WorklogApproval } from './worklog-approval.ts'
import type { Instant } from './zone.ts'

/** Use cases on single worklogs that are agreed to. Doing what is done already changes nothing. */
export type WorklogApprovals = {
  /** `bySystem` leaves out who it was. Refused (`forbidden`) where the site does not approve so. */
  approve(actor: Actor, id: WorklogId, bySystem?: boolean): Promise<WorklogApproval>
  /** What Jira changed of it meanwhile is taken over. */
  unapprove(actor: Actor, id: WorklogId): Promise<void>
}

export function makeWorklogApprovals({
  store,
  now,
}: {
  readonly store: Store
  readonly now: () => Instant
}): WorklogApprovals {
  const change = <T>(
    actor: Actor,
    id: WorklogId,
    work: (
      tx: Writing,
      known: WorklogApproval | undefined,
      worklog: Worklog,
    ) => Promise<[T, WorklogApproval | null]>,
  ) =>
    store.write(actor.siteId, async (tx) => {
      const { approvesWorklogs } = await tx.planningSettings.get(actor.siteId)
      if (!approvesWorklogs)
        throw new DomainError('forbidden', 'The approval of worklogs is switched off')
      const worklog = await findApprovable(tx, actor, id)
      const [known] = await tx.worklogApprovals.find(actor.siteId, [id])
      const [result, after] = await work(tx, known, worklog)
      if ((known ?? null) !== after) {
        const action = after ? 'worklog.approve' : 'worklog.unapprove'
        tx.takeVersions(1)
        tx.note({
          at: now(),
          actorId: actor.personId,
          via: actor.via,
          action,
          objectType: 'worklog',
          objectId: id,
          before: known ?? null,
          after,
        })
      }
      return result
    })
  return {
    approve: (actor, id, bySystem = false) =>
      change(actor, id, async (tx, known) => {
        if (known) return [known, known]
        const approvedById = bySystem ? null : actor.personId
        const approval = { worklogId: id, approvedById, approvedAt: now() }
        await tx.worklogApprovals.put(actor.siteId, [approval])
        return [approval, approval]
      }),
    unapprove: (actor, id) =>
      change(actor, id, async (tx, known, { authorId, day }) => {
        await tx.worklogApprovals.remove(actor.siteId, [id])
        // What Jira changed of it meanwhile waited for this.
        if (known) await applyDrift({ tx, actor, now: now() }, { from: day, to: day }, authorId)
        return [undefined, null]
      }),
  }
}

async function findApprovable(
  tx: Pick<Stores, 'worklogs'>,
  actor: Actor,
  id: WorklogId,
): Promise<Worklog> {
  const [worklog] = await tx.worklogs.getMany(actor.siteId, [id])
  if (!worklog || worklog.deletedAt !== null || !seesWorklog(viewerOf(actor), worklog))
    throw new DomainError('not-found', `There is no worklog ${id}`)
  if (!can(actor, 'approve', { type: 'worklog', personId: worklog.authorId }))
    throw new DomainError('forbidden', `You may not approve worklog ${id}`)
  return worklog
}
