import { expect, it } from 'vitest'
import { describeStores, type TestDatabase } from '../../test/database.ts'
import { addDays, parseDay } from '../domain/day.ts'
import { mostDivergences } from '../domain/divergence.ts'
import type { Drift } from '../domain/lock.ts'
import type { Conflict } from '../domain/mirror.ts'
import type { Worklog } from '../domain/worklog.ts'
import { aWorld, type Name, type World } from './world.contract.ts'

const from = parseDay('2026-03-02')
const tuesday = addDays(from, 1)

describeStores('what a Jira says otherwise of a week', (database: () => TestDatabase) => {
  const arrange = async () => {
    const world = await aWorld(database().store)
    const { site, people, jiraIssue } = world
    const { siteId, store } = site
    const { connectionId } = jiraIssue
    const aRow = (wish: object = {}) =>
      site.aWorklog({ author: people.worker, issue: jiraIssue, connectionId, day: from, ...wish })
    const conflict = (row: Worklog, wish: Partial<Conflict> = {}) =>
      store.mirror.addConflict(siteId, {
        ...{ connectionId, worklogId: row.id, jiraId: row.jiraId, personId: row.authorId },
        ...{ reason: 'changed', ours: { comment: 'mine' }, theirs: { comment: row.comment } },
        createdAt: world.clock.now(),
        ...wish,
      })
    const drift = (row: Worklog, change: Partial<Worklog> | null, wish: Partial<Drift> = {}) => {
      const { id, version, createdVersion, ...rest } = row
      const incoming = change && { ...rest, ...change }
      return store.locks.keepDrift(siteId, [
        {
          ...{ connectionId, jiraId: row.jiraId, copy: row.copy, worklogId: id },
          ...{ personId: (incoming ?? row).authorId, day: (incoming ?? row).day, incoming },
          seenAt: world.clock.now(),
          ...wish,
        },
      ])
    }
    return { world, aRow, conflict, drift }
  }
  const week = async (world: World, who: Name = 'worker', day: string = from, of = 'worker') =>
    (await world.call(who, `GET /week?from=${day}&person=${of}`)).body.divergences

  it('shows both versions, names what differs, and says who may decide', async () => {
    const { world, aRow, conflict, drift } = await arrange()
    const [first, second] = [await aRow({ comment: 'theirs' }), await aRow({ day: tuesday })]
    await conflict(first)
    await drift(second, { timeSpentSeconds: 7_200, comment: 'longer', authorId: first.authorId })
    const issue = { id: world.jiraIssue.id, key: 'JIRA-1', summary: world.jiraIssue.summary }
    const seen = await week(world)
    expect(seen).toEqual([
      {
        ...{ kind: 'conflict', id: expect.any(String), worklogId: first.id, issue, day: from },
        ours: expect.objectContaining({ comment: 'mine', timeSpentSeconds: 3_600 }),
        theirs: expect.objectContaining({ comment: 'theirs', issueKey: 'JIRA-1' }),
        ...{ differs: ['comment'], since: expect.any(String), canSettle: true },
      },
      {
        ...{ kind: 'drift', id: expect.any(String), worklogId: second.id, issue, day: tuesday },
        ours: expect.objectContaining({ authorName: 'The worker', timeSpentSeconds: 3_600 }),
        theirs: expect.objectContaining({ comment: 'longer', timeSpentSeconds: 7_200 }),
        ...{ differs: ['timeSpentSeconds', 'comment'], since: expect.any(String) },
        canSettle: false,
      },
    ])
    const rights = async (who: Name) =>
      (await week(world, who)).map(({ canSettle }: { canSettle: boolean }) => canSettle)
    expect(await rights('lead')).toEqual([true, true])
    expect(await rights('mate')).toEqual([false, false])
    expect(await week(world, 'worker', addDays(from, 7))).toEqual([])
    expect(await week(world, 'mate', from, 'mate')).toEqual([])
    const settled = await world.call('lead', `POST /drifts/${seen[1].id}/dismiss`, {
      body: { comment: 'Booked as a correction' },
    })
    expect(settled.status).toBe(204)
    await world.store.mirror.resolveConflict(
      world.site.siteId,
      seen[0].id,
      'theirs',
      world.clock.now(),
    )
    expect(await week(world)).toEqual([])
  })

  it('finds a place for what is on one side only', async () => {
    const { world, aRow, conflict, drift } = await arrange()
    const gone = await aRow()
    await world.site.changeWorklog(gone, { deletedAt: world.clock.now() })
    await conflict(gone, { reason: 'deleted', theirs: null, ours: { timeSpentSeconds: 60 } })
    const deletedThere = await aRow({ day: tuesday })
    await drift(deletedThere, null)
    await drift(await aRow({ day: '2026-05-01' }), { day: addDays(from, 3) }, { worklogId: null })
    const sides = (await week(world)).map((one: Record<string, unknown>) => [
      ...[one.kind, one.day, one.worklogId, one.ours !== null, one.theirs !== null, one.differs],
    ])
    expect(sides).toEqual([
      ['conflict', from, gone.id, true, false, []],
      ['drift', tuesday, deletedThere.id, true, false, []],
      ['drift', addDays(from, 3), null, false, true, []],
    ])
  })

  it('of a row that moved to somebody else or another week stands where each side has it', async () => {
    const { world, aRow, drift } = await arrange()
    const row = await aRow()
    const later = addDays(from, 7)
    await drift(row, { day: later, authorId: world.people.mate.id })
    expect(await week(world)).toMatchObject([{ day: from, worklogId: row.id, differs: ['author'] }])
    expect(await week(world, 'mate', later, 'mate')).toMatchObject([{ day: later }])
    expect(await week(world, 'worker', later)).toEqual([])
  })

  it('keeps from a reader what either version keeps from them', async () => {
    const { world, aRow, conflict, drift } = await arrange()
    const visibility = { type: 'group', value: 'board' } as const
    await drift(await aRow(), { visibility, comment: 'secret' })
    await conflict(await aRow(), { ours: { visibility, comment: 'secret' } })
    expect(await week(world, 'mate')).toEqual([])
    expect(await week(world, 'worker')).toHaveLength(2)
    expect(await week(world, 'admin')).toHaveLength(2)
  })

  it('is bounded', async () => {
    const { world, aRow, drift } = await arrange()
    const row = await aRow()
    for (let copy = 0; copy <= mostDivergences; copy += 1)
      await drift(row, { comment: `copy ${copy}` }, { copy: copy + 1, worklogId: null })
    expect(await week(world)).toHaveLength(mostDivergences)
  })
})
