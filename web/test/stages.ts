import { aClock } from '../../test/clock.ts'
import { type FakeJira, startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aGoldenWorld } from '../../test/fake-jira/golden-world.ts'
import { aWebSite, type WebSite } from './site.ts'

/** What pictures are taken of: the sample company, a new site, or one that reads a Jira. */
export const stages = ['company', 'new', 'jira'] as const

export type Stage = (typeof stages)[number]

export type Staged = WebSite & { readonly jira?: FakeJira }

/** Sets a stage up. */
export async function aStage(stage: Stage): Promise<Staged> {
  const site = await aWebSite({ demo: stage === 'company' })
  if (stage !== 'jira') return site
  const world = aGoldenWorld({ clock: aClock(site.app.now()) })
  const jira = await startFakeJira({ dialect: 'cloud', world })
  await readAll(site, jira)
  return {
    ...site,
    jira,
    async close() {
      await site.close()
      await jira.close()
    },
  }
}

/** Connects the Jira, reads it, and leaves two conflicts behind. */
async function readAll({ app }: WebSite, jira: FakeJira): Promise<void> {
  const actor = await app.localActor()
  const { email, apiToken } = jira.credentials()
  const way = { auth: 'basic', login: email, secret: apiToken, allowsPrivate: true }
  await app.connections.add(actor, { name: 'cloud', url: jira.url, ...way })
  const found = await app.connections.find(app.site.id, 'cloud')
  const { connection, link } = found
  const siteId = app.site.id
  await app.syncNow({ siteId, ...found, isFull: false, acceptsGone: false })
  const held = await app.store.worklogs.find({ siteId, viewer: { kind: 'all' } }, { limit: 2 })
  await app.store.write(siteId, async (tx) => {
    await tx.links.put(siteId, { ...link, mode: 'mirror', writesAs: 'service' })
    for (const [at, row] of held.entries())
      await tx.mirror.addConflict(siteId, {
        connectionId: connection.id,
        worklogId: row.id,
        jiraId: row.jiraId!,
        personId: row.authorId,
        reason: at === 0 ? 'changed' : 'deleted',
        ours: { comment: 'Reviewed the plan with the customer', timeSpentSeconds: 5_400 },
        theirs: at === 0 ? { comment: row.comment, timeSpentSeconds: 3_600 } : null,
        createdAt: app.now(),
      })
  })
}
