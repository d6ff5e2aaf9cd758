import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import {
  anIngest,
  aSourceIssue,
  aSourcePerson,
  aSourceWorklog,
  moment,
  sourceProject,
} from '../../test/sources.ts'
import type { SourceIssue } from './ingest-source.ts'

withDatabase(openMemoryDatabase, (database) => {
  async function aJira() {
    const made = await anIngest(database())
    const { store, siteId } = made
    return {
      ...made,
      issues: () => store.issues.list({ siteId, limit: 99 }),
      projects: () => store.projects.list(siteId, { limit: 99 }),
      keysOf: async (...names: string[]) => {
        const found = await store.issues.findByNames(siteId, names)
        return names.map((name) => found.get(name)?.map((issue) => issue.key))
      },
      show: (more: Partial<SourceIssue>) => made.take({ issues: [aSourceIssue('1', [], more)] }),
    }
  }

  const moved = {
    key: 'XYZ-9',
    project: { id: '2', key: 'XYZ', name: 'Project XYZ' },
    updatedAt: moment('2026-03-03T12:00:00Z'),
  }

  describe('taking in issues', () => {
    it('keeps all that is told, once', async () => {
      const { show, issues, store, siteId } = await aJira()
      const told = {
        summary: '\u200b要件 "x"',
        issueType: { name: 'バグ', isSubtask: true },
        status: { name: '完了', category: 'done' },
        priority: 'Major',
        resolution: 'Fixed',
        assignee: aSourcePerson('Ann'),
        reporter: aSourcePerson('Bob'),
        creator: aSourcePerson('Ann'),
        parent: { id: '7' },
        labels: ['a,b', '{}"'],
        components: ['c'],
        fixVersions: ['1.0'],
        affectedVersions: ['0.9'],
        sprints: ['Sprint 1'],
        originalEstimateSeconds: 0,
        remainingEstimateSeconds: 60,
        timeSpentSeconds: 10_800,
        worklogTotal: 67,
        createdAt: moment('2026-03-01T00:00:00Z'),
        resolvedAt: moment('2026-03-02T00:00:00Z'),
        dueDay: '2026-03-31',
        fields: { customfield_1: { value: [1.5, null, 'x'] } },
      }
      expect(await show(told)).toMatchObject({ issues: { new: 1, changed: 0, unchanged: 0 } })
      expect(await show(told)).toMatchObject({ issues: { new: 0, changed: 0, unchanged: 1 } })
      const [issue] = await issues()
      expect(issue).toMatchObject({
        key: 'ABC-1',
        summary: told.summary,
        issueType: 'バグ',
        isSubtask: true,
        status: '完了',
        statusCategory: 'done',
        parentJiraId: '7',
        labels: told.labels,
        sprints: told.sprints,
        originalEstimateSeconds: 0,
        reportedTimeSpentSeconds: 10_800,
        reportedWorklogCount: 67,
        dueDay: '2026-03-31',
        fields: told.fields,
        isGhost: false,
      })
      const [assignee, reporter] = await store.people.getMany(siteId, [
        issue!.assigneeId!,
        issue!.reporterId!,
      ])
      expect([assignee?.displayName, reporter?.displayName].sort()).toEqual(['Ann', 'Bob'])
      expect(issue!.creatorId).toBe(issue!.assigneeId)
    })

    it('drops a due day that is none', async () => {
      const { show, issues } = await aJira()
      await show({ dueDay: '31/Mar/26' })
      expect(await issues()).toMatchObject([{ dueDay: null }])
    })

    it('lets the newer stand, in whatever order they are shown', async () => {
      const { show, issues } = await aJira()
      const at = (hour: number) => moment(`2026-03-03T1${hour}:00:00Z`)
      await show({ summary: 'second', updatedAt: at(2) })
      expect(await show({ summary: 'first', updatedAt: at(1) })).toMatchObject({
        issues: { changed: 0, unchanged: 1 },
      })
      expect(await issues()).toMatchObject([{ summary: 'second' }])
      await show({ summary: 'third', updatedAt: at(3) })
      expect(await issues()).toMatchObject([{ summary: 'third' }])
    })

    it('follows an issue to another project and finds it by its old key, with its worklogs', async () => {
      const { show, take, keysOf, worklogs, projects } = await aJira()
      await take({ issues: [aSourceIssue('1', [aSourceWorklog('10')])] })
      await show(moved)
      expect(await keysOf('ABC-1', 'XYZ-9')).toEqual([['XYZ-9'], ['XYZ-9']])
      expect(await worklogs()).toMatchObject([
        { issue: { key: 'XYZ-9' }, project: { key: 'XYZ', name: 'Project XYZ' } },
      ])
      expect((await projects()).map((project) => project.key)).toEqual(['ABC', 'XYZ'])
    })

    it('learns old keys from the change log, and from an export older than what we hold', async () => {
      const { show, keysOf, issues } = await aJira()
      await show({ ...moved, oldKeys: ['OLD-1', 'OLD-2'] })
      await show({})
      expect(await keysOf('OLD-1', 'OLD-2', 'ABC-1', 'XYZ-9')).toEqual([
        ['XYZ-9'],
        ['XYZ-9'],
        ['XYZ-9'],
        ['XYZ-9'],
      ])
      expect(await issues()).toMatchObject([{ key: 'XYZ-9' }])
    })

    it('gives a key that was left to the issue that took it over', async () => {
      const { show, take, keysOf } = await aJira()
      await show({})
      await show(moved)
      await take({ issues: [aSourceIssue('2', [], { key: 'ABC-1' })] })
      expect(await keysOf('ABC-1')).toEqual([['ABC-1']])
    })
  })

  describe('an issue only heard of', () => {
    it('is a ghost in a project of ghosts until it is described', async () => {
      const { take, show, issues, projects, worklogs, keysOf } = await aJira()
      const alone = { worklogs: [aSourceWorklog('10', { issueId: '1' })] }
      expect(await take(alone)).toMatchObject({ issues: { new: 0 }, projects: { new: 0 } })
      await take(alone)
      expect(await issues()).toMatchObject([{ jiraId: '1', key: 'UNKNOWN-1', isGhost: true }])
      expect(await projects()).toMatchObject([{ key: 'UNKNOWN', isGhost: true }])
      const [before] = await worklogs()
      expect(await show({ updatedAt: moment('2000-01-01T00:00:00Z') })).toMatchObject({
        issues: { changed: 1 },
      })
      expect(await worklogs()).toMatchObject([
        { id: before!.id, issue: { key: 'ABC-1' }, project: { key: 'ABC' } },
      ])
      expect(await keysOf('UNKNOWN-1')).toEqual([undefined])
      expect(await take(alone)).toMatchObject({ worklogs: { unchanged: 1 } })
    })
  })

  describe('projects', () => {
    it('beside an issue are made but never changed; those listed are', async () => {
      const { show, take, projects } = await aJira()
      await show({})
      await show({ project: { ...sourceProject, key: 'NEW', name: 'Renamed' } })
      expect(await projects()).toMatchObject([{ key: 'ABC', name: 'Project ABC', category: null }])
      const listed = {
        ...sourceProject,
        key: 'NEW',
        name: 'Renamed',
        category: 'Kunde',
        lead: aSourcePerson('Ann'),
      }
      expect(await take({ projects: [listed] })).toMatchObject({ projects: { new: 0, changed: 1 } })
      expect(await take({ projects: [listed] })).toMatchObject({ projects: { new: 0, changed: 0 } })
      expect(await projects()).toMatchObject([{ key: 'NEW', name: 'Renamed', category: 'Kunde' }])
      expect((await projects())[0]?.leadId).not.toBeNull()
    })

    it('without an id are known by their key', async () => {
      const { take, projects } = await aJira()
      const project = { key: 'ABC', name: 'Project ABC' }
      const batch = { issues: [aSourceIssue('1', [], { project })], projects: [project] }
      await take(batch)
      expect(await take(batch)).toMatchObject({ projects: { new: 0, changed: 0 } })
      expect(await projects()).toHaveLength(1)
    })
  })

  it('keeps filters and fields, and counts only what differs', async () => {
    const { take, store, siteId } = await aJira()
    const batch = {
      filters: [
        { id: '1', name: 'Mine', jql: 'x = "y"', owner: aSourcePerson('Ann'), isFavourite: true },
      ],
      fields: [{ id: 'customfield_1', name: 'Points', isCustom: true, clauseNames: ['cf[1]'] }],
    }
    expect(await take(batch)).toMatchObject({ catalogue: 2, people: { new: 1 } })
    expect(await take(batch)).toMatchObject({ catalogue: 0, people: { new: 0 } })
    expect(await store.catalogue.listFilters(siteId)).toMatchObject([{ name: 'Mine' }])
    expect(await store.catalogue.listFields(siteId)).toMatchObject([{ clauseNames: ['cf[1]'] }])
  })

  it('counts what is announced against what is held, and knows its connection again', async () => {
    const { take, ingest, connection, store, siteId, clock } = await aJira()
    await take({ issues: [aSourceIssue('1', [aSourceWorklog('10')], { worklogTotal: 67 })] })
    await ingest.finish(siteId, connection)
    expect(await ingest.connect(siteId, 'jira', null)).toMatchObject({
      id: connection.id,
      syncedAt: clock.now(),
      worklogsAnnounced: 67,
      worklogsHeld: 1,
    })
    const [one, two] = await Promise.all([
      ingest.connect(siteId, 'new', null),
      ingest.connect(siteId, 'new', null),
    ])
    expect(one).toEqual(two)
    expect(await store.connections.list(siteId)).toHaveLength(3)
  })

  it('leaves nothing of a batch that cannot be stored', async () => {
    const { take, issues, projects, store, siteId } = await aJira()
    const wrong = aSourceWorklog('10', { timeSpentSeconds: -1 })
    await expect(take({ issues: [aSourceIssue('1', [wrong])] })).rejects.toThrow()
    expect([await issues(), await projects()]).toEqual([[], []])
    expect(await store.people.list({ siteId, limit: 9 })).toEqual([])
    expect(await store.audit.list(siteId, 1, 9)).toEqual([])
  })
})
