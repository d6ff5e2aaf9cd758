import { expect, it } from 'vitest'
import { anEvent, aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { EventId } from '../domain/event.ts'
import type { TeamId } from '../domain/team.ts'

/** What every store must do with events. */
export function eventsContract(database: () => TestDatabase): void {
  const all = { kind: 'all' } as const

  it('finds events that touch the days, by first day and id, a page at a time', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const rows = [
      anEvent(person, { from: '2026-03-10', to: '2026-03-20', title: 'late "quoted" \\ 夏' }),
      anEvent(person, { from: '2026-03-01', to: '2026-03-10', kind: 'holiday' }),
      anEvent(person, { from: '2026-03-21', to: '2026-03-21', kind: 'note' }),
    ]
    await store.events.insert(siteId, rows)
    await store.events.insert(siteId, [])
    const find = (from: string, to: string, limit = 9) =>
      store.events.find(
        { siteId, viewer: all, period: { from: day(from), to: day(to) } },
        { limit },
      )
    expect(await find('2026-03-10', '2026-03-20')).toMatchObject([rows[1]!, rows[0]!])
    const [first] = await find('2026-03-10', '2026-03-20', 1)
    expect(first).toMatchObject(rows[1]!)
    const after = { from: first!.from, id: first!.id }
    const rest = await store.events.find({ siteId, viewer: all }, { limit: 9, after })
    expect(rest).toMatchObject([rows[0]!, rows[2]!])
    expect(await find('2026-03-22', '2026-12-31')).toEqual([])
    const { siteId: elsewhere } = await aSite(store)
    expect(await store.events.find({ siteId: elsewhere, viewer: all }, { limit: 9 })).toEqual([])
  })

  it('reads as if some events stood otherwise, and leaves them as they are', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [ann, bob] = await site.people([{}, {}])
    const rows = [
      anEvent(ann!, { kind: 'booking', secondsPerDay: 60, title: 'moved' }),
      anEvent(ann!, { kind: 'vacation', title: 'gone' }),
      anEvent(ann!, { kind: 'booking', secondsPerDay: 60, title: 'stays' }),
    ]
    await store.events.insert(siteId, rows)
    const [moved, gone, stays] = rows
    const made = anEvent(bob!, { title: 'made "new"', kind: 'vacation' })
    const now = { ...moved!, personId: bob!.id, title: 'moved \\ on', version: 9 }
    const drafted = store.events.overlaid(
      siteId,
      new Map([
        [moved!.id, now],
        [gone!.id, null],
        [made.id, made],
      ]),
    )
    const ids = [moved!.id, gone!.id, stays!.id, made.id]
    const byId = (found: readonly { id: EventId }[]) => new Set(found.map(({ id }) => id))
    expect(byId(await drafted.getMany(siteId, ids))).toEqual(
      new Set([moved!.id, stays!.id, made.id]),
    )
    const views = await drafted.find({ siteId, viewer: all, personIds: [bob!.id] }, { limit: 9 })
    expect(views.map(({ title }) => title).sort()).toEqual(['made "new"', 'moved \\ on'])
    const days = { from: moved!.from, to: moved!.to }
    expect(await drafted.absencesOf(siteId, [ann!.id, bob!.id], days)).toMatchObject([
      { personId: bob!.id, kind: 'vacation' },
    ])
    expect(await drafted.itemsOf(siteId, [ann!.id], days)).toHaveLength(1)
    const onlyGone = store.events.overlaid(siteId, new Map([[gone!.id, null]]))
    expect(byId(await onlyGone.getMany(siteId, ids))).toEqual(new Set([moved!.id, stays!.id]))
    expect(byId(await store.events.getMany(siteId, ids))).toEqual(
      new Set([moved!.id, gone!.id, stays!.id]),
    )
  })

  it('keeps drafts of plans with everything events say', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [ann, bob] = await site.people([{}, {}])
    const event = anEvent(ann!, { title: 'x', approvedById: bob!.id, approvedAt: 1 })
    const draft = {
      ownerId: ann!.id,
      name: 'What if',
      steps: [[{ eventId: event.id, before: null, after: event }]],
      changes: 1,
      createdAt: 1,
      updatedAt: 2,
      version: 3,
    }
    const id = await store.planDrafts.insert(siteId, draft)
    expect(await store.planDrafts.get(siteId, ann!.id, id)).toEqual({ ...draft, id })
    const { steps, ...told } = draft
    expect(await store.planDrafts.list(siteId, ann!.id)).toEqual([{ ...told, id }])
    await expect(store.planDrafts.get(siteId, bob!.id, id)).rejects.toThrow('no draft')
    await store.planDrafts.update(siteId, { ...draft, id, name: 'Then', steps: [], version: 4 })
    expect(await store.planDrafts.get(siteId, ann!.id, id)).toMatchObject({
      name: 'Then',
      steps: [],
    })
    await store.planDrafts.remove(siteId, id)
    expect(await store.planDrafts.list(siteId, ann!.id)).toEqual([])
  })

  it('keeps ids beyond 2^53 in every digit', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const ids = ['9007199254740993', '3728690601734324315', '9223372036854775807'] as EventId[]
    await store.events.insert(
      siteId,
      ids.map((id) => anEvent(person, { id })),
    )
    for (const id of ids) {
      const [event] = await store.events.getMany(siteId, [id])
      expect(event).toEqual(anEvent(person, { id, uid: event!.uid }))
      expect((await store.events.views(siteId, [id]))[0]).toMatchObject({ id })
    }
    await store.events.remove(siteId, ids.slice(1))
    expect(await store.events.find({ siteId, viewer: all }, { limit: 9 })).toMatchObject([
      { id: ids[0] },
    ])
  })

  it('filters by person, panel, kind, project, issue and approval', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [ann, bob] = await site.people([{}, {}])
    const issue = await site.anIssue()
    const teamId = await store.teams.create(siteId, { name: 'Team', leadId: ann!.id })
    const panel = { personId: null, teamId } as const
    await store.events.insert(siteId, [
      anEvent(ann!, { title: 'a', kind: 'booking', projectId: issue.projectId }),
      anEvent(bob!, { title: 'b', kind: 'vacation', approvedById: ann!.id, approvedAt: 0 }),
      anEvent(ann!, { title: 'c', kind: 'issue', typeId: null, issueId: issue.id }),
      anEvent(ann!, { title: 'd', ...panel }),
    ])
    const titles = async (wish: object) => {
      const rows = await store.events.find({ siteId, viewer: all, ...wish }, { limit: 9 })
      return rows.map(({ title }) => title).sort()
    }
    expect(await titles({ personIds: [bob!.id] })).toEqual(['b'])
    expect(await titles({ personIds: [bob!.id], panelTeamIds: [teamId] })).toEqual(['b', 'd'])
    expect(await titles({ panelTeamIds: ['1' as TeamId] })).toEqual([])
    expect(await titles({ kinds: ['vacation', 'issue'] })).toEqual(['b', 'c'])
    expect(await titles({ projectIds: [issue.projectId] })).toEqual(['a', 'c'])
    expect(await titles({ issueIds: [issue.id] })).toEqual(['c'])
    expect(await titles({ isApproved: true })).toEqual(['b'])
    expect(await titles({ isApproved: false, personIds: [] })).toEqual([])
    const limited = {
      kind: 'limited' as const,
      personId: bob!.id,
      authorIds: [bob!.id],
      groupNames: [],
    }
    expect(await titles({ viewer: limited })).toEqual(['b'])
    expect(
      await titles({ viewer: { ...limited, personId: ann!.id, authorIds: [ann!.id] } }),
    ).toEqual(['a', 'c', 'd'])
  })

  it('reads what figures need: spans reach for absences outside the window, once each', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [ann, bob] = await site.people([{}, {}])
    const issue = await site.anIssue({ remainingEstimateSeconds: 7_200 })
    const scheduled = { kind: 'issue', typeId: null, issueId: issue.id } as const
    await store.events.insert(siteId, [
      anEvent(ann!, { ...scheduled, from: '2026-03-02', to: '2026-03-31' }),
      anEvent(ann!, { kind: 'vacation', from: '2026-03-20', to: '2026-03-25' }),
      anEvent(ann!, { kind: 'vacation', from: '2026-03-09', to: '2026-03-10' }),
      anEvent(ann!, { kind: 'vacation', from: '2026-04-20', to: '2026-04-21' }),
      anEvent(ann!, { kind: 'booking', from: '2026-03-20', to: '2026-03-20' }),
      anEvent(ann!, { kind: 'note', from: '2026-03-10', to: '2026-03-10' }),
      anEvent(bob!, { kind: 'vacation', from: '2026-03-20', to: '2026-03-25' }),
    ])
    const window = { from: day('2026-03-09'), to: day('2026-03-13') }
    const items = await store.events.itemsOf(siteId, [ann!.id, bob!.id], window)
    const shown = items.map(({ kind, from }) => `${kind} ${from}`).sort()
    expect(shown).toEqual(['issue 2026-03-02', 'vacation 2026-03-09', 'vacation 2026-03-20'])
    expect(items.find(({ kind }) => kind === 'issue')).toMatchObject({
      remainingSeconds: 7_200,
      secondsPerDay: null,
      group: (await store.projects.get(siteId, issue.projectId)).key,
    })
  })

  it('leaves out issues of projects that are switched off', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const project = await site.aProject({ isActive: false })
    const issue = await site.anIssue({ project })
    await store.events.insert(siteId, [
      anEvent(person, { kind: 'issue', typeId: null, issueId: issue.id }),
      anEvent(person, { projectId: project.id }),
    ])
    const query = { siteId, viewer: all, skipsInactiveProjects: true }
    const rows = await store.events.find(query, { limit: 9 })
    expect(rows).toMatchObject([{ kind: 'booking' }])
    const items = await store.events.itemsOf(siteId, [person.id], {
      from: day('2026-03-02'),
      to: day('2026-03-02'),
    })
    expect(items.map(({ kind }) => kind)).toEqual(['booking'])
  })

  it('remembers changes by version', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const event = anEvent(person)
    const change = {
      version: 7,
      eventId: event.id,
      actorId: person.id,
      at: 1_000,
      before: null,
      after: event,
    }
    await store.events.keepChanges(siteId, [change])
    expect(await store.events.findChanges(siteId, [7, 8])).toEqual([change])
  })
}
