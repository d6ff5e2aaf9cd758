import { describe, expect, it } from 'vitest'
import { aSite, type SiteBuilder } from '../../test/builders.ts'
import { describeStores } from '../../test/database.ts'
import type { Viewer } from '../domain/permission.ts'
import type { Person } from '../domain/person.ts'

const all: Viewer = { kind: 'all' }
const at = (hour: number) => Date.UTC(2026, 2, 2, hour)

// What only the dialect of Jira asks of the store, on every engine.
describeStores('reading as Jira reads', (database) => {
  const limitedTo = ({ id }: Person, ...groupNames: string[]): Viewer => ({
    kind: 'limited',
    personId: id,
    authorIds: 'everybody',
    groupNames,
  })
  const aConnection = (site: SiteBuilder, name: string) =>
    site.store.write(site.siteId, (tx) =>
      tx.connections.create(site.siteId, { name, baseUrl: `https://${name}.example.org` }),
    )

  describe('feeds', () => {
    const read = async (
      { store, siteId }: SiteBuilder,
      kind: 'updated' | 'deleted',
      more: { since?: number; until?: number; limit?: number; viewer?: Viewer } = {},
    ) => store.feeds.read({ siteId, viewer: all, kind, since: 0, limit: 100, ...more })

    it('show each row once at its newest moment, deleted ones apart, no two at one moment', async () => {
      const site = await aSite(database().store)
      const [a, b, c] = await site.worklogs([{}, {}, {}])
      await site.changeWorklog(a!, { comment: 'changed' })
      await site.changeWorklog(b!, { deletedAt: at(12) })
      await site.changeWorklog(c!, { deletedAt: at(12), deletedReason: 'no-access' })
      const updated = await read(site, 'updated')
      const deleted = await read(site, 'deleted')
      expect(updated.map(({ id }) => id)).toEqual([a!.id])
      // Who may no longer be seen was not deleted.
      expect(deleted.map(({ id }) => id)).toEqual([b!.id])
      const [moment] = updated.map((entry) => entry.at)
      expect(await read(site, 'updated', { since: moment! })).toEqual(updated)
      expect(await read(site, 'updated', { since: moment! + 1 })).toEqual([])
      expect(await read(site, 'updated', { until: moment! })).toEqual(updated)
      expect(await read(site, 'updated', { until: moment! - 1 })).toEqual([])
    })

    it('page by the moment of the last row, whatever is asked', async () => {
      const site = await aSite(database().store)
      const rows = await site.worklogs(Array.from({ length: 25 }, () => ({})))
      const seen: string[] = []
      let since = 0
      for (;;) {
        const page = await read(site, 'updated', { since, limit: 7 })
        const fresh = page.filter(({ id }) => !seen.includes(id))
        if (fresh.length === 0) break
        seen.push(...fresh.map(({ id }) => id))
        since = page.at(-1)!.at
      }
      expect(seen).toEqual(rows.map(({ id }) => id))
      for (const odd of [-1, 8.64e15, Number.MAX_SAFE_INTEGER])
        expect(Array.isArray(await read(site, 'updated', { since: odd, until: odd }))).toBe(true)
    })

    it('tell a limited viewer of no row that is not theirs to see', async () => {
      const site = await aSite(database().store)
      const [ann, bob] = await site.people([{}, {}])
      const visibility = { type: 'group', value: 'staff' } as const
      const [open] = await site.worklogs([{ author: ann! }, { author: ann!, visibility }])
      const ids = async (viewer: Viewer) =>
        (await read(site, 'updated', { viewer })).map(({ id }) => id)
      expect(await ids(limitedTo(bob!))).toEqual([open!.id])
      expect(await ids(limitedTo(bob!, 'staff'))).toHaveLength(2)
      expect(await ids(limitedTo(ann!))).toHaveLength(2)
    })

    it('mean the row of the first Jira by an id that two gave out', async () => {
      const site = await aSite(database().store)
      const [first, second] = [await aConnection(site, 'first'), await aConnection(site, 'second')]
      const [one, two, other] = await site.worklogs([
        { connectionId: first.id, jiraId: '7' },
        { connectionId: second.id, jiraId: '7' },
        { connectionId: second.id, jiraId: '8' },
      ])
      const ids = async (kind: 'updated' | 'deleted') =>
        (await read(site, kind)).map(({ id }) => id)
      expect(await ids('updated')).toEqual([one!.id, other!.id])
      await site.changeWorklog(two!, { deletedAt: at(12) })
      expect(await ids('deleted')).toEqual([])
      await site.changeWorklog(one!, { deletedAt: at(12) })
      expect(await ids('deleted')).toEqual([one!.id])
    })
  })

  describe('worklogs of an issue', () => {
    it('come by creation, then id, between moments, with the total of what is seen', async () => {
      const site = await aSite(database().store)
      const [ann, bob] = await site.people([{}, {}])
      const [issue, other] = [await site.anIssue(), await site.anIssue()]
      const wish = (hour: number, more = {}) => ({
        issue,
        author: ann!,
        startedAt: at(hour),
        createdAt: at(20 - hour),
        ...more,
      })
      const visibility = { type: 'group', value: 'staff' } as const
      const [nine, ten, twin, , gone] = await site.worklogs([
        wish(9),
        wish(10),
        wish(10, { startedAt: at(11) }),
        wish(12, { visibility }),
        wish(13),
        { issue: other },
      ])
      await site.changeWorklog(gone!, { deletedAt: at(14) })
      const { issueWorklogs } = site.store
      const page = async (more = {}, viewer = limitedTo(bob!), offset = 0, limit = 10) => {
        const query = { siteId: site.siteId, viewer, issueId: issue.id, ...more }
        const { total, worklogs } = await issueWorklogs.page(query, { offset, limit })
        return [total, worklogs.map(({ id }) => id)]
      }
      expect(await page()).toEqual([3, [ten!.id, twin!.id, nine!.id]])
      expect((await page({}, all))[0]).toBe(4)
      expect(await page({}, undefined, 1, 1)).toEqual([3, [twin!.id]])
      expect(await page({}, undefined, 0, 0)).toEqual([3, []])
      expect(await page({}, undefined, 9)).toEqual([3, []])
      // From a moment on, up to before another.
      expect(await page({ startedFrom: at(9), startedBefore: at(10) })).toEqual([1, [nine!.id]])
      expect(await page({ startedFrom: at(10), startedBefore: at(12) })).toEqual([
        2,
        [ten!.id, twin!.id],
      ])
      const oldest = await issueWorklogs.oldest(
        site.siteId,
        limitedTo(bob!),
        [issue.id, other.id, '4711' as never],
        2,
      )
      expect([...oldest.keys()].sort()).toEqual([issue.id, other.id].sort())
      expect(oldest.get(issue.id)).toMatchObject({
        total: 3,
        timeSpentSeconds: 10_800,
        worklogs: [{ id: ten!.id }, { id: twin!.id }],
      })
    })

    it('are found by the ids their Jira gave, and by no text that is none', async () => {
      const site = await aSite(database().store)
      const [a, b] = await site.worklogs([{ jiraId: '7' }, { jiraId: '8' }])
      const find = async (ids: readonly string[], issueId = undefined as never) =>
        (await site.store.issueWorklogs.findByJiraIds(site.siteId, all, ids, issueId)).map(
          ({ id }) => id,
        )
      expect(await find(['8', '7', '7'])).toEqual([a!.id, b!.id])
      expect(await find(['abc', '', '9'.repeat(30), "7'--"])).toEqual([])
      expect(await find(['7'], (await site.anIssue()).id as never)).toEqual([])
    })
  })

  it('filters are somebody’s own and those that are shared, with their own marks', async () => {
    const site = await aSite(database().store)
    const { store, siteId } = site
    const [ann, bob] = await site.people([{}, {}])
    const plain = { connectionId: 0 as never, jql: 'project = A', description: null }
    const [mine, shared] = await store.write(siteId, async (tx) => {
      const make = (jiraId: string, name: string, isShared: boolean) =>
        tx.filters.insert(siteId, {
          ...{ ...plain, jiraId, name, isShared, isFavourite: false },
          ownerId: ann!.id,
        })
      return [await make('71', 'Über 100%', false), await make('72', 'open_ones', true)]
    })
    const find = async (person: typeof ann, more = {}) => {
      const found = await store.filters.find({ siteId, personId: person!.id, limit: 10, ...more })
      return [found.total, found.filters.map(({ id }) => id)]
    }
    expect(await find(ann)).toEqual([2, [shared, mine]])
    expect(await find(bob)).toEqual([1, [shared]])
    expect(await find(ann, { limit: 1, offset: 1 })).toEqual([2, [mine]])
    expect(await find(ann, { names: ['ÜBER 100%'] })).toEqual([1, [mine]])
    expect(await find(ann, { jiraIds: ['72', 'x', '9'.repeat(40)] })).toEqual([1, [shared]])
    // What stands for anything in a pattern stands for itself here.
    expect(await find(ann, { text: '0%' })).toEqual([1, [mine]])
    expect(await find(ann, { text: 'n_O' })).toEqual([1, [shared]])
    expect(await find(ann, { text: '__' })).toEqual([0, []])
    expect(await find(bob, { ownerId: ann!.id })).toEqual([1, [shared]])
    expect(await find(bob, { onlyFavourites: true })).toEqual([0, []])
    await store.write(siteId, async (tx) => {
      await tx.filters.setFavourite(siteId, shared!, bob!.id, true)
      await tx.filters.setFavourite(siteId, shared!, bob!.id, true)
    })
    expect(await find(bob, { onlyFavourites: true })).toEqual([1, [shared]])
    expect(await find(ann, { onlyFavourites: true })).toEqual([0, []])
    await store.write(siteId, (tx) => tx.filters.remove(siteId, shared!))
    expect(await find(bob)).toEqual([0, []])
  })

  describe('names', () => {
    it('lead to people by any of theirs, and by an address only one person has', async () => {
      const site = await aSite(database().store)
      const [ann, bob] = await site.people([
        { username: 'Ann', key: 'K1', accountId: 'A:1', email: 'same@example.org' },
        { username: null, key: null, accountId: 'B:2', email: 'bob@example.org' },
        { email: 'Same@example.org' },
      ])
      const found = await site.store.names.people(site.siteId, [
        ...['ANN', 'k1', 'a:1', 'BOB@example.org', 'same@example.org', 'nobody', '', '\0'],
      ])
      expect(Object.fromEntries(found)).toEqual({
        ANN: [ann!.id],
        k1: [ann!.id],
        'a:1': [ann!.id],
        'BOB@example.org': [bob!.id],
      })
    })

    it('lead to projects by key, name and id, and to issues by keys of now and before', async () => {
      const site = await aSite(database().store)
      const { store, siteId } = site
      const project = await site.aProject({ key: 'APP', name: 'The App', jiraId: '500' })
      const projects = await store.names.projects(siteId, ['app', 'THE APP', '500', '501'])
      expect(Object.fromEntries(projects)).toEqual({
        app: [project.id],
        'THE APP': [project.id],
        '500': [project.id],
      })
      const now = await site.anIssue({ project, key: 'APP-1', jiraId: '9001' })
      const before = await site.anIssue({ project, key: 'APP-2', jiraId: '9002' })
      await store.write(siteId, (tx) =>
        tx.issues.addOldKeys(siteId, [
          { issueId: before.id, key: 'OLD-9' },
          { issueId: before.id, key: 'APP-1' },
        ]),
      )
      const texts = ['app-1', 'old-9', '9002', 'APP-3', '99999999999999999999']
      const issues = await store.names.issues(siteId, texts)
      const ids = [...issues].map(([text, found]) => [text, found.map(({ id }) => id)])
      expect(Object.fromEntries(ids)).toEqual({
        'app-1': [now.id],
        'old-9': [before.id],
        '9002': [before.id],
      })
    })

    it('put the first Jira first where two gave out one id', async () => {
      const site = await aSite(database().store)
      const [first, second] = [await aConnection(site, 'first'), await aConnection(site, 'second')]
      const late = await site.anIssue({ connectionId: second.id, jiraId: '9001', key: 'B-1' })
      const early = await site.anIssue({ connectionId: first.id, jiraId: '9001', key: 'A-1' })
      const found = await site.store.names.issues(site.siteId, ['9001'])
      expect(found.get('9001')?.map(({ id }) => id)).toEqual([early.id, late.id])
    })

    it('of one Jira leave out what only another knows', async () => {
      const site = await aSite(database().store)
      const { siteId } = site
      const { names } = site.store
      const [first, second] = [await aConnection(site, 'first'), await aConnection(site, 'second')]
      const fieldsOf = (option: string, state: string) => ({
        customfield_9: { value: option },
        customfield_8: [{ id: 1, name: 'S 1', state }],
      })
      const now = await site.anIssue({
        ...{ connectionId: first.id, jiraId: '9001', key: 'A-1' },
        ...{ sprints: ['S 1'], fields: fieldsOf('Red', 'active') },
      })
      const moved = await site.anIssue({
        ...{ connectionId: second.id, jiraId: '9001', key: 'B-1' },
        ...{ sprints: ['S 1'], fields: fieldsOf('Rose', 'closed') },
      })
      await site.store.write(siteId, (tx) =>
        tx.issues.addOldKeys(siteId, [{ issueId: moved.id, key: 'A-1' }]),
      )
      for (const [jira, issue, option, isOpen] of [
        [first.id, now, 'Red', true],
        [second.id, moved, 'Rose', false],
      ] as const) {
        const found = await names.issues(siteId, ['A-1', '9001'], jira)
        expect([...found.values()].map((ones) => ones.map(({ id }) => id))).toEqual([
          [issue.id],
          [issue.id],
        ])
        const ids = ['customfield_9']
        expect(await names.options(siteId, ids, ['Red', 'Rose'], jira)).toEqual(new Set([option]))
        expect(await names.optionNames(siteId, ids, { text: 'r', limit: 9, jira })).toEqual([
          option,
        ])
        expect(await names.sprints(siteId, 'open', jira)).toEqual(isOpen ? ['S 1'] : [])
      }
      expect((await names.issues(siteId, ['A-1'])).get('A-1')?.map(({ id }) => id)).toEqual([
        now.id,
      ])
    })

    it('of a project’s versions come with what the youngest issue tells that tells any', async () => {
      const site = await aSite(database().store)
      const project = await site.aProject({ key: 'APP' })
      const told = (released: boolean) => ({ fixVersions: [{ id: '31', name: '2.0', released }] })
      await site.anIssue({ project, fixVersions: ['2.0'], fields: told(false), updatedAt: 1_000 })
      await site.anIssue({ project, fixVersions: ['2.0'], fields: told(true), updatedAt: 2_000 })
      await site.anIssue({ project, affectedVersions: ['2.0', '1.0'], updatedAt: 3_000 })
      await site.anIssue({ fixVersions: ['3.0'] })
      expect(await site.store.names.ofProject(site.siteId, project.id, 'versions')).toEqual([
        { name: '1.0', raw: null },
        { name: '2.0', raw: told(true).fixVersions[0] },
      ])
      expect(await site.store.names.ofProject(site.siteId, project.id, 'components')).toEqual([])
    })

    it('of values come in order, with the ids their Jira told', async () => {
      const site = await aSite(database().store)
      const { names } = site.store
      const { siteId } = site
      const version = { fixVersions: [{ id: '31', name: '2.0' }] }
      const sprint = (name: string, state: string) => ({ id: 1, name, state, boardId: 2 })
      const [open, over] = [sprint('S 2', 'active'), sprint('S 1', 'closed')]
      await site.anIssue({ status: 'Open', statusCategory: 'new', issueType: 'Bug' })
      await site.anIssue({
        status: 'Done',
        statusCategory: 'done',
        issueType: 'Part',
        isSubtask: true,
        labels: ['b', 'a'],
        fixVersions: ['2.0', '3.0'],
        sprints: ['S 1', 'S 2'],
        fields: { status: { id: '6', name: 'Done' }, ...version, customfield_9: [open, over] },
      })
      const values = async (field: 'status' | 'labels' | 'fixVersions') =>
        (await names.values(siteId, field)).map(({ name, jiraId }) => [name, jiraId])
      expect(await values('status')).toEqual([
        ['Done', '6'],
        ['Open', null],
      ])
      expect(await values('labels')).toEqual([
        ['a', null],
        ['b', null],
      ])
      expect(await values('fixVersions')).toEqual([
        ['2.0', '31'],
        ['3.0', null],
      ])
      expect(Object.fromEntries(await names.statusCategories(siteId))).toEqual({
        Open: 'new',
        Done: 'done',
      })
      expect([...(await names.subtaskTypes(siteId))]).toEqual(['Part'])
      expect(await names.sprints(siteId, 'open')).toEqual(['S 2'])
      expect(await names.sprints(siteId, 'closed')).toEqual(['S 1'])
      await site.anIssue({ fields: { customfield_9: 'Solo', customfield_8: [{ id: '1' }, null] } })
      const begin = (text: string, limit = 9) =>
        names.optionNames(siteId, ['customfield_9', 'customfield_8'], { text, limit })
      expect(await begin('')).toEqual(['S 1', 'S 2', 'Solo'])
      expect(await begin('', 2)).toEqual(['S 1', 'S 2'])
      expect(await begin('SO')).toEqual(['Solo'])
      expect(await begin('%')).toEqual([])
      expect(await begin('\0')).toEqual(await begin(''))
      const options = ['s 2', '1', 'none']
      expect([...(await names.options(siteId, ['customfield_9'], options))]).toEqual(['s 2', '1'])
    })
  })
})
