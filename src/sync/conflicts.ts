import { DomainError } from '../domain/errors.ts'
import type { Conflict, Conflicts } from '../domain/mirror.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { Store } from '../domain/store.ts'
import type { Timesheets } from '../domain/timesheets.ts'
import type { Instant } from '../domain/zone.ts'

const mostListed = 1_000

export function makeConflicts({
  store,
  timesheets,
  now,
}: {
  store: Store
  timesheets: Timesheets
  now: () => Instant
}): Conflicts {
  const mayDecide = (actor: Actor, { personId }: Conflict) =>
    can(actor, 'change', { type: 'worklog', personId })
  return {
    async list(actor) {
      const all = await store.mirror.listConflicts(actor.siteId, mostListed)
      return all.filter((conflict) => mayDecide(actor, conflict))
    },
    async resolve(actor, id, resolution) {
      const conflict = await store.mirror.getConflict(actor.siteId, id)
      if (!mayDecide(actor, conflict))
        throw new DomainError('not-found', `There is no conflict ${id}`)
      if (conflict.resolvedAt !== null)
        throw new DomainError('conflict', `Conflict ${id} is settled already`)
      if (resolution === 'ours') await writeOurs(actor, conflict)
      await store.write(actor.siteId, async (tx) => {
        await tx.mirror.resolveConflict(actor.siteId, id, resolution, now())
        tx.note({
          at: now(),
          actorId: actor.personId,
          via: actor.via,
          action: 'conflict.resolve',
          objectType: 'conflict',
          objectId: id,
          before: conflict,
          after: { resolution },
        })
      })
    },
  }

  async function writeOurs(actor: Actor, { worklogId, reason, ours }: Conflict): Promise<void> {
    if (worklogId === null || reason === 'deleted')
      throw new DomainError('invalid', 'Jira deleted this worklog: log the time anew if it counts')
    await timesheets.change(actor, worklogId, ours)
  }
}
