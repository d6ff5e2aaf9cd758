import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { Approval } from '../domain/approval.ts'
import { usualRules } from '../domain/rules.ts'
import type { WorklogId } from '../domain/worklog.ts'

const march = { from: day('2026-03-01'), to: day('2026-03-31') }
const at = Date.UTC(2026, 3, 1, 8, 0, 0, 123)

export function booksContract(database: () => TestDatabase): void {
  it('keeps the rules of each site, usual ones until they are set', async () => {
    const { store } = database()
    const [{ siteId }, other] = [await aSite(store), await aSite(store)]
    expect(await store.rules.get(siteId)).toEqual({ rules: usualRules, version: 0 })
    const rules = { ...usualRules, futureDays: 30, period: { kind: 'week', firstWeekday: 7 } }
    const stored = { rules, version: 4 } as Awaited<ReturnType<typeof store.rules.get>>
    await store.rules.put(siteId, stored)
    await store.rules.put(siteId, { ...stored, version: 5 })
    expect(await store.rules.get(siteId)).toEqual({ ...stored, version: 5 })
    expect((await store.rules.get(other.siteId)).version).toBe(0)
  })

  it('finds timesheets by people, status and days, in pages', async () => {
    const { store } = database()
    const { siteId, people } = await aSite(store)
    const [ann, bob] = await people([{}, {}])
    const sheet = (personId: Approval['personId'], month: number, more = {}): Approval => ({
      personId,
      from: day(`2026-0${month}-01`),
      to: day(`2026-0${month}-28`),
      status: 'waiting',
      reviewerId: bob!.id,
      actorId: personId,
      updatedAt: at,
      comment: 'please',
      requiredSecondsAtSubmit: 10,
      spentSecondsAtSubmit: 9,
      ...more,
    })
    const sheets = [
      sheet(ann!.id, 2, { status: 'approved' }),
      sheet(bob!.id, 2),
      sheet(ann!.id, 3),
      sheet(ann!.id, 4, { reviewerId: null, updatedAt: null }),
    ]
    for (const one of sheets) await store.approvals.put(siteId, { ...one, status: 'open' })
    for (const one of sheets) await store.approvals.put(siteId, one)
    const find = (more = {}) => store.approvals.find(siteId, { limit: 10, ...more })
    expect(await find()).toEqual(sheets)
    expect(await find({ personIds: [ann!.id], statuses: ['waiting'] })).toEqual(sheets.slice(2))
    expect(await find({ personIds: [] })).toEqual([])
    expect(await find({ period: { from: day('2026-02-28'), to: day('2026-03-01') } })).toEqual(
      sheets.slice(0, 3),
    )
    const after = { from: sheets[0]!.from, personId: sheets[0]!.personId }
    expect(await find({ after, limit: 2 })).toEqual(sheets.slice(1, 3))
    expect(await store.locks.find(siteId, march.from, march.to)).toEqual([])
    const entry = {
      personId: ann!.id,
      ...march,
      action: 'submit',
      before: 'open',
      after: 'waiting',
      actorId: bob!.id,
      at,
      comment: 'ü',
      reviewerId: null,
      requiredSeconds: 1,
      spentSeconds: 2,
      findings: [],
      overrideReason: null,
    } as const
    await store.approvals.addLog(siteId, entry)
    await store.approvals.addLog(siteId, { ...entry, personId: bob!.id, overrideReason: 'so' })
    const log = await store.approvals.listLog(siteId, { limit: 10 })
    expect(log).toMatchObject([entry, { personId: bob!.id, overrideReason: 'so' }])
    const narrowed = { personIds: [bob!.id], period: march, since: at, limit: 10 }
    expect(await store.approvals.listLog(siteId, narrowed)).toEqual([log[1]])
    const rest = { limit: 10, afterId: log[0]!.id }
    expect(await store.approvals.listLog(siteId, rest)).toEqual([log[1]])
    expect(await store.approvals.listLog(siteId, { since: at + 1, limit: 10 })).toEqual([])
  })

  it('adds up days, and knows who reviews whom', async () => {
    const { store } = database()
    const { siteId, people, worklogs } = await aSite(store)
    const wishes = [{}, { role: 'team-lead' }, { role: 'manager' }, { role: 'manager' }] as const
    const [ann, lead, manager, gone] = await people([
      ...wishes.slice(0, 3),
      { ...wishes[3], isActive: false },
    ])
    await worklogs([
      { author: ann!, day: '2026-03-02', timeSpentSeconds: 60, comment: 'x' },
      { author: ann!, day: '2026-03-02', timeSpentSeconds: 30, comment: ' ' },
      { author: ann!, day: '2026-03-02', timeSpentSeconds: 99, deletedAt: at },
      { author: ann!, day: '2026-04-01' },
      { author: lead!, day: '2026-03-31', timeSpentSeconds: 5 },
    ])
    expect(await store.approvals.dayTotals(siteId, [ann!.id, lead!.id], march)).toEqual([
      { personId: ann!.id, day: '2026-03-02', seconds: 90, count: 2, withoutComment: 1 },
      { personId: lead!.id, day: '2026-03-31', seconds: 5, count: 1, withoutComment: 1 },
    ])
    const team = await store.teams.create(siteId, { name: 'T', leadId: lead!.id })
    await store.teams.addMemberships(siteId, [
      {
        teamId: team,
        personId: ann!.id,
        from: march.from,
        to: march.to,
        commitmentPercent: 100,
      },
    ])
    const on = (text: string) => store.approvals.reviewers(siteId, ann!.id, day(text))
    expect(await on('2026-03-31')).toEqual([lead!.id, manager!.id])
    expect(await on('2026-04-01')).toEqual([manager!.id])
    expect(await store.approvals.reviewers(siteId, manager!.id, march.from)).toEqual([])
    expect(gone!.isActive).toBe(false)
  })

  it('knows further managers and permission roles as reviewers, and nobody whose role cannot', async () => {
    const { store } = database()
    const { siteId, people } = await aSite(store)
    const [ann, cannot, manages, granted, everywhere, elsewhere] = await people([
      {},
      {},
      { role: 'team-lead' },
      {},
      {},
      {},
    ])
    const team = await store.teams.create(siteId, { name: 'T', leadId: cannot!.id })
    const other = await store.teams.create(siteId, { name: 'U', leadId: manages!.id })
    await store.teams.setManagers(siteId, team, [manages!.id])
    await store.teams.addMemberships(siteId, [
      { teamId: team, personId: ann!.id, from: null, to: null, commitmentPercent: 100 },
    ])
    const role = { name: 'r', rights: ['approve-time'], isGlobal: false, version: 0 } as const
    const gives = (personId: Approval['personId'], more: object) =>
      store.permissionRoles.insert(siteId, { ...role, personIds: [personId], teamIds: [], ...more })
    await gives(granted!.id, { teamIds: [team] })
    await gives(everywhere!.id, { isGlobal: true })
    await gives(elsewhere!.id, { teamIds: [other] })
    await gives(cannot!.id, { teamIds: [team], rights: ['view-time'] })
    expect(await store.approvals.reviewers(siteId, ann!.id, march.from)).toEqual([
      manages!.id,
      granted!.id,
      everywhere!.id,
    ])
  })

  it('takes snapshots whose hash depends on every row and on nothing else', async () => {
    const { store } = database()
    const { siteId, worklogs, changeWorklog } = await aSite(store)
    const [first, second] = await worklogs([
      {
        day: '2026-03-01',
        billableSeconds: 60,
        comment: 'Grüße "x"',
        attributes: { b: '2', a: '1' },
      },
      { day: '2026-03-31' },
      { day: '2026-04-01' },
      { day: '2026-03-05', deletedAt: at },
    ])
    const take = (seq: number) => store.manifests.takeSnapshot(siteId, seq, march)
    const totals = await take(1)
    expect(totals).toMatchObject({
      worklogCount: 2,
      timeSpentSeconds: 7_200,
      billableSeconds: 3_660,
    })
    expect(await take(2)).toEqual(totals)
    expect(await store.manifests.recount(siteId, 1)).toEqual(totals)
    const manifest = {
      ...totals,
      ...march,
      seq: 1,
      kind: 'close',
      at,
      actorId: null,
      comment: '',
      hash: 'h',
    } as const
    await store.manifests.add(siteId, manifest)
    expect(await store.manifests.last(siteId)).toEqual(manifest)
    expect(await store.manifests.get(siteId, 1)).toEqual(manifest)
    expect(await store.manifests.list(siteId, 1, 10)).toEqual([manifest])
    await expect(store.manifests.get(siteId, 2)).rejects.toMatchObject({ code: 'not-found' })
    expect(await store.manifests.differences(siteId, manifest, 10)).toEqual([])
    await changeWorklog(first!, { comment: 'other' })
    await changeWorklog(second!, { deletedAt: at })
    const [late] = await worklogs([{ day: '2026-03-09' }])
    expect(await store.manifests.differences(siteId, manifest, 10)).toEqual([
      { worklogId: first!.id, kind: 'changed' },
      { worklogId: second!.id, kind: 'gone' },
      { worklogId: late!.id, kind: 'added' },
    ])
    expect((await take(3)).contentHash).not.toBe(totals.contentHash)
    const rows = await store.manifests.rows(siteId, 1, { limit: 1 })
    expect(rows).toMatchObject([
      { worklogId: first!.id, worklog: { comment: 'Grüße "x"', attributes: { a: '1', b: '2' } } },
    ])
    const rest = { limit: 9, afterId: first!.id as WorklogId }
    expect(await store.manifests.rows(siteId, 1, rest)).toMatchObject([{ worklogId: second!.id }])
    expect(await store.manifests.rows(siteId, 9, { limit: 9 })).toEqual([])
  })
}
