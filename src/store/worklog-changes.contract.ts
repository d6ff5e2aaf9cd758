import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { Viewer } from '../domain/permission.ts'
import type { Worklog } from '../domain/worklog.ts'

const all: Viewer = { kind: 'all' }

export function worklogChangesContract(database: () => TestDatabase): void {
  it('reads each row once, at its newest version, with what became of it', async () => {
    const { store } = database()
    const site = await aSite(store)
    const { siteId } = site
    const [a, b, c] = (await site.worklogs([{}, {}, {}])) as [Worklog, Worklog, Worklog]
    const { version: start } = await store.sites.get(siteId)
    const changed = await site.changeWorklog(a, { comment: 'changed' })
    const born = await site.aWorklog()
    const removed = await site.changeWorklog(b, { deletedAt: 1_000 })
    const short = await site.aWorklog()
    const shortRemoved = await site.changeWorklog(short, { deletedAt: 2_000 })
    const bornChanged = await site.changeWorklog(born, { comment: 'again' })

    const read = async (since: number, limit = 100) =>
      (await store.worklogs.changedSince(siteId, all, since, limit)).map(({ kind, worklog }) => {
        const { issue, project, author, ...row } = worklog
        expect([issue.id, project.id, author.id]).toEqual([
          row.issueId,
          row.projectId,
          row.authorId,
        ])
        return [kind, row]
      })
    const after = [
      ['updated', changed],
      ['deleted', removed],
      ['deleted', shortRemoved],
      ['created', bornChanged],
    ]
    expect(await read(start)).toEqual(after)
    expect(await read(start, 2)).toEqual(after.slice(0, 2))
    expect(await read(removed.version)).toEqual([after[2], ['updated', bornChanged]])
    expect(await read(born.version)).toEqual([...after.slice(1, 3), ['updated', bornChanged]])
    expect(await read(bornChanged.version)).toEqual([])
    expect((await read(0)).map(([kind, row]) => [kind, (row as Worklog).id])).toEqual([
      ['created', c.id],
      ['created', a.id],
      ['deleted', b.id],
      ['deleted', short.id],
      ['created', born.id],
    ])
  })

  it('loses no change to a reader who follows while many write', async () => {
    const { store } = database()
    const site = await aSite(store)
    const { siteId } = site
    const [pattern] = await site.worklogs([{ jiraId: '1' }])
    const seen: number[] = []
    let since = 0
    let isDone = false
    const follow = async () => {
      for (;;) {
        const wasDone = isDone
        const page = await store.worklogs.changedSince(siteId, all, since, 7)
        seen.push(...page.map(({ worklog }) => worklog.version))
        since = seen.at(-1) ?? since
        if (wasDone && page.length === 0) return
      }
    }
    const writers = Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        store.write(siteId, async (tx) => {
          const version = tx.takeVersions(1)
          const jiraId = String(100 + at)
          await tx.worklogs.insert(siteId, [
            { ...pattern!, jiraId, version, createdVersion: version },
          ])
        }),
      ),
    ).then(() => {
      isDone = true
    })
    await Promise.all([follow(), writers])
    const first = pattern!.version
    expect(seen).toEqual(Array.from({ length: 61 }, (_, at) => first + at))
  })

  it('shows a limited viewer no change it may not see, and no change of another site', async () => {
    const { store } = database()
    const [site, other] = [await aSite(store), await aSite(store)]
    const [ann, bob] = [await site.aPerson(), await site.aPerson()]
    await other.aWorklog()
    const [open, , secret] = await site.worklogs([
      { author: ann },
      { author: bob },
      { author: ann, visibility: { type: 'group', value: 'staff' } },
    ])
    const ids = async (viewer: Viewer) =>
      (await store.worklogs.changedSince(site.siteId, viewer, 0, 9)).map(
        ({ worklog }) => worklog.id,
      )
    const limited: Viewer = {
      kind: 'limited',
      personId: bob.id,
      authorIds: [ann.id],
      groupNames: [],
    }
    expect(await ids(limited)).toEqual([open!.id])
    expect(await ids({ ...limited, groupNames: ['staff'] })).toEqual([open!.id, secret!.id])
    expect(await ids(all)).toHaveLength(3)
  })
}
