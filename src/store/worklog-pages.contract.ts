import { describe, expect, it } from 'vitest'
import { aSite, type SiteBuilder } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { type GroupId, groupRights } from '../domain/group.ts'
import type { IssueId } from '../domain/issue.ts'
import { seesWorklog, type Viewer } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import { ownConnection } from '../domain/site.ts'
import type { Worklog, WorklogOrder, WorklogQuery } from '../domain/worklog.ts'

const all: Viewer = { kind: 'all' }

export function worklogPagesContract(database: () => TestDatabase): void {
  describe.each<WorklogOrder>(['day', 'id'])('in the order of %s', (order) => {
    it('pages by limit, offset and bookmark', async () => {
      const { store } = database()
      const site = await aSite(store)
      const rows = await site.worklogs(shuffledDays(40))
      const expected = sorted(rows, order).map((row) => row.id)
      const query: WorklogQuery = { siteId: site.siteId, viewer: all, order }
      const ids = async (page: Parameters<typeof store.worklogs.find>[1]) =>
        (await store.worklogs.find(query, page)).map((row) => row.id)
      expect(await ids({ limit: 100 })).toEqual(expected)
      expect(await ids({ limit: 7, offset: 33 })).toEqual(expected.slice(33))
      expect(await ids({ limit: 7, offset: 40 })).toEqual([])
      expect(await ids({ limit: 7, offset: 4_000 })).toEqual([])
      expect(await ids({ limit: 0 })).toEqual([])
      // Offsets out of order, so that each is reached from another remembered row.
      for (const offset of [12, 3, 30, 13, 0, 39, 12])
        expect(await ids({ limit: 5, offset })).toEqual(expected.slice(offset, offset + 5))
      const end = sorted(rows, order)[9]!
      const after = { day: end.day, id: end.id }
      expect(await ids({ limit: 5, after })).toEqual(expected.slice(10, 15))
      expect(await ids({ limit: 5, after, offset: 3 })).toEqual(expected.slice(13, 18))
    })

    it('shows every row that stayed exactly once, whatever comes and goes between pages', async () => {
      const { store } = database()
      const site = await aSite(store)
      const stays = await site.worklogs(shuffledDays(60))
      const goes = await site.worklogs(shuffledDays(30))
      const query: WorklogQuery = { siteId: site.siteId, viewer: all, order }
      for (let round = 0; round < 2; round += 1) {
        const seen: string[] = []
        for (let offset = 0; ; offset += 10) {
          const page = await store.worklogs.find(query, { limit: 10, offset })
          if (page.length === 0) break
          seen.push(...page.map((row) => row.id))
          await site.worklogs([{ day: '2026-01-01' }, { day: '2026-03-15' }])
          const gone = goes.pop()
          if (gone) await site.changeWorklog(gone, { deletedAt: 1 })
        }
        const times = stays.map((row) => seen.filter((id) => id === row.id).length)
        expect(times).toEqual(stays.map(() => 1))
        expect(new Set(seen).size).toBe(seen.length)
      }
    })
  })

  it('answers page 1 anew, and the pages behind it from there', async () => {
    const { store } = database()
    const site = await aSite(store)
    await site.worklogs(shuffledDays(10))
    const query: WorklogQuery = { siteId: site.siteId, viewer: all }
    const page = async (offset: number) =>
      (await store.worklogs.find(query, { limit: 5, offset })).map((row) => row.id)
    const [, second] = [await page(0), await page(5)]
    const early = await site.aWorklog({ day: '2000-01-01' })
    const first = await page(0)
    expect(first[0]).toBe(early.id)
    expect((await page(5)).slice(1)).toEqual(second.slice(0, 4))
  })

  it('keeps bookmarks of different queries, viewers and sites apart', async () => {
    const { store } = database()
    const [site, other] = [await aSite(store), await aSite(store)]
    const person = await site.aPerson()
    const rows = await site.worklogs(shuffledDays(20).map((wish) => ({ ...wish, author: person })))
    const secret = { type: 'group', value: 'staff' } as const
    await site.worklogs(shuffledDays(20).map((wish) => ({ ...wish, visibility: secret })))
    const foreign = await other.worklogs(shuffledDays(20))
    const limited: Viewer = {
      kind: 'limited',
      personId: person.id,
      authorIds: 'everybody',
      groupNames: [],
    }
    for (const offset of [0, 10]) {
      const find = async (siteId: typeof site.siteId, viewer: Viewer) =>
        (await store.worklogs.find({ siteId, viewer }, { limit: 10, offset })).map((row) => row.id)
      await find(site.siteId, all)
      const mine = sorted(rows, 'day').map((row) => row.id)
      expect(await find(site.siteId, limited)).toEqual(mine.slice(offset, offset + 10))
      const theirs = sorted(foreign, 'day').map((row) => row.id)
      expect(await find(other.siteId, all)).toEqual(theirs.slice(offset, offset + 10))
    }
  })

  it('filters by days, authors, groups, projects and issues, all together', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [ann, bob] = [await site.aPerson(), await site.aPerson()]
    const [p, q] = [await site.aProject(), await site.aProject()]
    const [i, j] = [await site.anIssue({ project: p }), await site.anIssue({ project: q })]
    const [group] = await store.groups.create(siteId, ['staff'])
    await store.groups.addMembers(siteId, [{ groupId: group!.id, personId: bob.id }])
    const rows = await site.worklogs([
      { day: '2026-03-01', author: ann, issue: i },
      { day: '2026-03-02', author: bob, issue: i },
      { day: '2026-03-03', author: ann, issue: j },
      { day: '2026-03-04', author: bob, issue: j },
      { day: '2026-03-02', author: bob, issue: i, deletedAt: 1 },
    ])
    const found = async (conditions: Partial<WorklogQuery>) => {
      const query = { siteId, viewer: all, ...conditions }
      const page = await store.worklogs.find(query, { limit: 9 })
      expect(await store.worklogs.tally(query)).toEqual({
        count: page.length,
        timeSpentSeconds: page.length * 3_600,
        hiddenCount: 0,
        hiddenAuthorCount: 0,
      })
      return page.map((row) => rows.findIndex(({ id }) => id === row.id))
    }
    const [from, to] = [rows[1]!.day, rows[2]!.day]
    expect(await found({})).toEqual([0, 1, 2, 3])
    expect(await found({ period: {} })).toEqual([0, 1, 2, 3])
    expect(await found({ period: { from } })).toEqual([1, 2, 3])
    expect(await found({ period: { to } })).toEqual([0, 1, 2])
    expect(await found({ period: { from, to } })).toEqual([1, 2])
    expect(await found({ authorIds: [ann.id] })).toEqual([0, 2])
    expect(await found({ authorIds: [ann.id, bob.id, '999999999' as PersonId] })).toHaveLength(4)
    expect(await found({ groupIds: [group!.id] })).toEqual([1, 3])
    expect(await found({ projectIds: [q.id] })).toEqual([2, 3])
    expect(await found({ issueIds: [i.id] })).toEqual([0, 1])
    expect(await found({ issueIds: [i.id], groupIds: [group!.id] })).toEqual([1])
    for (const empty of ['authorIds', 'groupIds', 'projectIds', 'issueIds'])
      expect(await found({ [empty]: [] })).toEqual([])
    const unknown = 'no number'
    expect(await found({ authorIds: [unknown as PersonId] })).toEqual([])
    expect(await found({ projectIds: [unknown as ProjectId] })).toEqual([])
    expect(await found({ issueIds: [unknown as IssueId, i.id] })).toEqual([0, 1])
    expect(await found({ groupIds: ['1}' as GroupId] })).toEqual([])
  })

  it('never finds rows of another site, even by their own authors and issues', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const [mine, theirs] = [await here.aWorklog(), await there.aWorklog()]
    const query = { siteId: here.siteId, viewer: all }
    expect((await store.worklogs.find(query, { limit: 9 })).map((row) => row.id)).toEqual([mine.id])
    for (const foreign of [
      { authorIds: [theirs.authorId] },
      { issueIds: [theirs.issueId] },
      { projectIds: [theirs.projectId] },
    ])
      expect(await store.worklogs.find({ ...query, ...foreign }, { limit: 9 })).toEqual([])
    const after = { day: theirs.day, id: '1' as Worklog['id'] }
    expect(await store.worklogs.find(query, { limit: 9, after })).toHaveLength(1)
  })

  describe('limits of the viewer', () => {
    it('show open rows, own rows and rows of own groups, and count the hidden ones', async () => {
      const { store } = database()
      const site = await aSite(store)
      const { query, rows, limited } = await aMixedSite(site)
      const look = async (viewer: Viewer) => {
        const asked = { ...query, viewer }
        const found = await store.worklogs.find(asked, { limit: 99 })
        const tally = await store.worklogs.tally(asked)
        expect(tally.count).toBe(found.length)
        expect(tally.hiddenCount).toBe(rows.length - found.length)
        const hidden = rows.filter(({ id }) => !found.some((one) => one.id === id))
        expect(tally.hiddenAuthorCount).toBe(new Set(hidden.map((row) => row.authorId)).size)
        expect(tally.timeSpentSeconds).toBe(
          found.reduce((sum, row) => sum + row.timeSpentSeconds, 0),
        )
        return found.map((row) => row.comment)
      }
      expect(await look(all)).toEqual(rows.map((row) => row.comment))
      expect(await look(limited({}))).toEqual(['ann open', 'ann staff', 'ann role', 'bob open'])
      expect(await look(limited({ groupNames: ['staff', 'x"{},\\'] }))).toEqual([
        'ann open',
        'ann staff',
        'ann role',
        'bob open',
        'bob staff',
      ])
      // A role is Jira's to know: nobody but the author and administrators sees such a row.
      expect(await look(limited({ groupNames: ['admins'] }))).not.toContain('bob role')
      expect(await look(limited({ authorIds: [] }))).toEqual([])
    })

    it('ask the groups of the Jira a row comes from where there are several', async () => {
      const { store } = database()
      const { siteId, aPerson, worklogs } = await aSite(store)
      const [one, two] = [
        await store.connections.create(siteId, { name: 'one', baseUrl: null }),
        await store.connections.create(siteId, { name: 'two', baseUrl: null }),
      ]
      const [ann, bob] = [await aPerson(), await aPerson()]
      const visibility = { type: 'group', value: 'staff' } as const
      const rows = await worklogs(
        [ownConnection, one.id, two.id].map((connectionId) => ({
          connectionId,
          author: bob,
          visibility,
        })),
      )
      const [group] = await store.groups.create(siteId, ['staff'])
      const shown = async () => {
        const rights = groupRights(await store.groups.sourcesOf(siteId, ann.id), [
          ownConnection,
          one.id,
          two.id,
        ])
        const personId = ann.id
        const viewer = { kind: 'limited', personId, authorIds: 'everybody', ...rights } as const
        const found = await store.worklogs.find({ siteId, viewer }, { limit: 9 })
        const ids = found.map((row) => row.connectionId).sort()
        const seen = rows.filter((row) => seesWorklog(viewer, row)).map((row) => row.connectionId)
        expect(seen.sort()).toEqual(ids)
        return ids
      }
      expect(await shown()).toEqual([])
      await store.groups.replaceMembers(siteId, group!.id, two.id, [ann.id])
      expect(await shown()).toEqual([0, two.id])
      await store.groups.addMembers(siteId, [{ groupId: group!.id, personId: ann.id }])
      expect(await shown()).toEqual([0, one.id, two.id])
    })

    it('show team members only what their authors show', async () => {
      const { store } = database()
      const site = await aSite(store)
      const { query, people, limited } = await aMixedSite(site)
      const comments = async (authorIds: readonly PersonId[]) =>
        (
          await store.worklogs.find({ ...query, viewer: limited({ authorIds }) }, { limit: 99 })
        ).map((row) => row.comment)
      expect(await comments([people.ann])).toEqual(['ann open', 'ann staff', 'ann role'])
      expect(await comments([people.bob])).toEqual(['bob open'])
    })
  })
}

async function aMixedSite(site: SiteBuilder) {
  const [ann, bob] = [await site.aPerson(), await site.aPerson()]
  const staff = { type: 'group', value: 'staff' } as const
  const role = { type: 'role', value: 'admins' } as const
  const rows = await site.worklogs([
    { author: ann, comment: 'ann open', timeSpentSeconds: 1 },
    { author: ann, comment: 'ann staff', timeSpentSeconds: 2, visibility: staff },
    { author: ann, comment: 'ann role', timeSpentSeconds: 4, visibility: role },
    { author: bob, comment: 'bob open', timeSpentSeconds: 8 },
    { author: bob, comment: 'bob staff', timeSpentSeconds: 16, visibility: staff },
    { author: bob, comment: 'bob role', timeSpentSeconds: 32, visibility: role },
  ])
  const limited = (limits: Partial<Viewer & { kind: 'limited' }>): Viewer => ({
    kind: 'limited',
    personId: ann.id,
    authorIds: 'everybody',
    groupNames: [],
    ...limits,
  })
  return { query: { siteId: site.siteId }, rows, limited, people: { ann: ann.id, bob: bob.id } }
}

function shuffledDays(count: number): { day: string }[] {
  return Array.from({ length: count }, (_, at) => ({
    day: `2026-03-${String(1 + ((at * 7) % 28)).padStart(2, '0')}`,
  }))
}

function sorted(rows: readonly Worklog[], order: WorklogOrder): Worklog[] {
  const byId = (a: Worklog, b: Worklog) => Number(a.id) - Number(b.id)
  return [...rows].sort((a, b) =>
    order === 'id' || a.day === b.day ? byId(a, b) : a.day < b.day ? -1 : 1,
  )
}
