import type { SourceWorklog } from '../domain/ingest-source.ts'
import { type Intent, originProperty } from '../domain/mirror.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store, Writing } from '../domain/store.ts'
import type { Worklog, WorklogView } from '../domain/worklog.ts'
import { type Instant, localIn } from '../domain/zone.ts'

export type Landed = {
  readonly intent: Intent
  readonly row: SourceWorklog
  /** The row belongs to the service account there, and to the intent's person here. */
  readonly isByService: boolean
  readonly via: string
  readonly actorId: string | null
  readonly at: Instant
}

/** Stores a row as its Jira answered it, with what only we know, and ends its intent. */
export async function storeLanded(
  store: Pick<Store, 'write'>,
  siteId: SiteId,
  landed: Landed,
): Promise<WorklogView> {
  return store.write(siteId, async (tx) => {
    const { intent, row, at } = landed
    const { connectionId, uid } = intent
    // The feed may have been faster than the answer: then the row is there already.
    const [known] = await tx.worklogs.findByJiraIds(siteId, connectionId, [row.id])
    const worklog = { ...(await merged(tx, siteId, landed)), version: tx.takeVersions(1) }
    const before = known ?? null
    let { id } = worklog
    if (known) {
      id = known.id
      const { createdVersion } = known
      await tx.worklogs.update(siteId, [{ ...worklog, id, createdVersion, copy: known.copy }])
    } else {
      const fresh = { ...worklog, createdVersion: worklog.version }
      id = (await tx.worklogs.insert(siteId, [fresh]))[0]!
    }
    tx.note({
      at,
      actorId: landed.actorId,
      via: landed.via,
      action: intent.kind === 'log' ? 'worklog.create' : 'worklog.update',
      objectType: 'worklog',
      objectId: id,
      before,
      after: { ...worklog, id },
    })
    await tx.mirror.finish(siteId, uid, { state: 'done', jiraId: row.id, error: null, at })
    return tx.worklogs.get(siteId, id)
  })
}

/** Takes a row out that its Jira has deleted on our word, and ends the intent. */
export async function storeRemoved(
  store: Pick<Store, 'write'>,
  siteId: SiteId,
  { intent, via, actorId, at }: Omit<Landed, 'row' | 'isByService'>,
): Promise<void> {
  await store.write(siteId, async (tx) => {
    const rows = await tx.worklogs.getMany(siteId, [intent.wanted.id])
    const live = rows.filter((row) => row.deletedAt === null)
    await tx.worklogs.update(
      siteId,
      live.map((row) => ({
        ...row,
        deletedAt: at,
        deletedReason: null,
        version: tx.takeVersions(1),
      })),
    )
    for (const row of live)
      tx.note({
        at,
        actorId,
        via,
        action: 'worklog.delete',
        objectType: 'worklog',
        objectId: row.id,
        before: row,
        after: null,
      })
    const { jiraId } = intent
    await tx.mirror.finish(siteId, intent.uid, { state: 'done', jiraId, error: null, at })
  })
}

async function merged(
  tx: Writing,
  siteId: SiteId,
  { intent, row, isByService }: Landed,
): Promise<Worklog> {
  const { wanted, connectionId, uid, personId } = intent
  const { instant } = row.started
  const isSameTime = instant === wanted.startedAt
  const [author] = isSameTime ? [] : await tx.people.getMany(siteId, [wanted.authorId])
  const zone = author?.timeZone ?? (await tx.sites.get(siteId)).timeZone
  const place =
    row.issueId === undefined
      ? undefined
      : (await tx.issues.findByJiraIds(siteId, connectionId, [row.issueId]))[0]
  return {
    ...wanted,
    ...(place ? { issueId: place.id, projectId: place.projectId } : {}),
    ...(isSameTime ? {} : localIn(zone, instant)),
    connectionId,
    jiraId: row.id,
    copy: 0,
    startedAt: instant,
    timeSpentSeconds: row.timeSpentSeconds,
    comment: row.comment,
    visibility: row.visibility ?? null,
    properties: {
      ...wanted.properties,
      ...row.properties,
      ...(intent.kind === 'log'
        ? { [originProperty]: { uid, ...(isByService ? { personId } : {}) } }
        : {}),
    },
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: null,
    deletedReason: null,
  }
}
