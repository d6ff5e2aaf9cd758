import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, inject, type World } from './world.contract.ts'

async function aFilledWorld(world: World): Promise<void> {
  const { site, people, issue, jiraIssue } = world
  await site.worklogs([
    { author: people.worker, issue, day: '2026-03-02', timeSpentSeconds: 3_600 },
    { author: people.worker, issue: jiraIssue, day: '2026-03-03', timeSpentSeconds: 100 },
    { author: people.mate, issue, day: '2026-03-03', timeSpentSeconds: 60, comment: '=1+1' },
    {
      author: people.mate,
      issue,
      day: '2026-03-04',
      timeSpentSeconds: 1_000,
      visibility: { type: 'group', value: 'board' },
    },
    { author: people.outsider, issue, day: '2026-03-05', timeSpentSeconds: 7 },
  ])
}

const definition = {
  rows: ['project', 'person'],
  columns: 'day',
  filters: { from: '2026-03-02', to: '2026-03-08' },
  hasSubtotals: true,
}

describe('reports', () => {
  withDatabase(openMemoryDatabase, (database) => {
    it('run as a table of sums with subtotals, keys and one total', async () => {
      const world = await aWorld(database().store)
      await aFilledWorld(world)
      const { status, body } = await world.call('admin', 'POST /reports/run', { body: definition })
      expect(status).toBe(200)
      expect(body.columns.map((one: { title: string }) => one.title)).toEqual([
        'Project',
        'Person',
        ...[2, 3, 4, 5, 6, 7, 8].map((day) => `2026-03-0${day}`),
        'Total',
      ])
      expect(body.rows.map((row: { cells: unknown[] }) => row.cells)).toEqual([
        ['JIRA', null, null, 100, null, null, null, null, null, 100],
        ['JIRA', 'The worker', null, 100, null, null, null, null, null, 100],
        ['OPS', null, 3_600, 60, 1_000, 7, null, null, null, 4_667],
        ['OPS', 'The mate', null, 60, 1_000, null, null, null, null, 1_060],
        ['OPS', 'The outsider', null, null, null, 7, null, null, null, 7],
        ['OPS', 'The worker', 3_600, null, null, null, null, null, null, 3_600],
      ])
      expect(body.rows[2].hints).toEqual(['Operations'])
      expect(body.total).toEqual(['Total', null, 3_600, 160, 1_000, 7, 0, 0, 0, 4_767])
      expect(body.period).toEqual({ from: '2026-03-02', to: '2026-03-08' })
    })

    it('kept by a group of people go on under its new name, whoever keeps them', async () => {
      const world = await aWorld(database().store)
      await aFilledWorld(world)
      const { people, store, site } = world
      const groups = await store.groups.create(site.siteId, ['crew', 'band'])
      await store.groups.addMembers(site.siteId, [
        { groupId: groups[0]!.id, personId: people.worker.id },
        { groupId: groups[1]!.id, personId: people.worker.id },
        { groupId: groups[0]!.id, personId: people.mate.id },
      ])
      const whole = { from: '2026-03-02', to: '2026-03-08' }
      const filters = [
        { group: ['crew'] },
        { excludeGroup: ['crew', 'band'] },
        { among: [{ dimension: 'group', keys: ['band, crew'] }] },
        { jql: 'worklogAuthor in membersOf("crew")' },
        { group: ['band'] },
      ]
      const kept = await Promise.all(
        filters.map(async (one, at) => {
          const body = { name: `by group ${at}`, definition: { filters: { ...whole, ...one } } }
          const { body: made } = await world.call('worker', 'POST /reports', { body })
          return made as { id: string; version: number }
        }),
      )
      const totals = () =>
        Promise.all(
          kept.map(async ({ id }) => {
            const { body } = await world.call('worker', `GET /reports/${id}/table`)
            return [body.total, body.detail]
          }),
        )
      const before = await totals()
      expect(new Set(before.map((one) => JSON.stringify(one))).size).toBeGreaterThan(2)
      const route = `PATCH /groups/${groups[0]!.id}`
      // It sorts before its neighbour now, which the list of both follows.
      expect((await world.call('admin', route, { body: { name: 'a "crew", again' } })).status).toBe(
        200,
      )
      expect(await totals()).toEqual(before)
      const now = await Promise.all(
        kept.map(async ({ id }) => (await world.call('worker', `GET /reports/${id}`)).body),
      )
      expect(now[0].definition.filters.group).toEqual(['a "crew", again'])
      expect(now.map(({ version }, at) => version > kept[at]!.version)).toEqual([
        true,
        true,
        true,
        true,
        false,
      ])
      expect((await world.call('admin', route, { body: { name: 'crew' } })).status).toBe(200)
      expect(await totals()).toEqual(before)
    })

    it('say how many rows are kept from the viewer, and how fresh the rest is', async () => {
      const world = await aWorld(database().store)
      await aFilledWorld(world)
      const { body } = await world.call('worker', 'POST /reports/run', { body: definition })
      expect(body.completeness).toEqual({
        total: 3,
        seconds: 3_760,
        hidden: 2,
        hiddenPeople: 2,
        connections: [
          {
            name: 'cloud',
            syncedAt: null,
            ageSeconds: null,
            worklogsAnnounced: null,
            worklogsHeld: null,
          },
        ],
      })
      expect(body.total.at(-1)).toBe(3_760)
    })

    it('find behind every cell the worklogs it adds up', async () => {
      const world = await aWorld(database().store)
      await aFilledWorld(world)
      const { body } = await world.call('admin', 'POST /reports/run', { body: definition })
      let checked = 0
      for (const row of body.rows)
        for (const [at, column] of body.columns.entries()) {
          if (column.role !== 'value') continue
          const behind = await world.call('admin', 'POST /reports/drill-down', {
            body: { definition, rowKeys: row.keys, columnKey: column.columnKey },
          })
          expect(behind.status).toBe(200)
          expect(behind.body.completeness.seconds).toBe(row.cells[at] ?? 0)
          checked += 1
        }
      expect(checked).toBe(48)
    })

    it('leave as files with the same total', async () => {
      const world = await aWorld(database().store)
      await aFilledWorld(world)
      const csv = await world.call('admin', 'POST /reports/export?format=csv', { body: definition })
      expect(csv.headers['content-disposition']).toBe('attachment; filename="report.csv"')
      expect((parse(csv.text) as string[][]).at(-1)?.at(-1)).toBe('4767')
      const html = await world.call('admin', 'POST /reports/export?format=html', {
        body: definition,
      })
      expect(html.headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-/,
      )
      expect(html.text).toContain('<td class="n">1:19:27</td></tr></tfoot>'.slice(0, 20))
      expect(html.text).toContain('1:19:27')
    })

    it.each([
      [{ rows: ['colour'] }, 'rows.0'],
      [{ rows: ['person', 'user'] }, 'rows'],
      [{ columns: 'person' }, 'columns'],
      [{ fields: ['summary'] }, 'fields'],
      [{ filters: { from: '2026-02-30' } }, 'filters'],
      [{ filters: { from: '2026-03-02', period: 'today' } }, 'period'],
      [{ filters: { author: ['nobody-at-all'] } }, 'author'],
      [{ filters: { among: [{ dimension: 'day', keys: [] }] } }, 'filters.among.0.dimension'],
      [{ values: [] }, 'values'],
      [{ surprise: 1 }, 'surprise'],
    ])('refuse %j, naming what is wrong', async (body, field) => {
      const world = await aWorld(database().store)
      const answer = await world.call('admin', 'POST /reports/run', { body })
      expect(answer.status).toBe(400)
      expect(JSON.stringify(answer.body)).toContain(field)
    })

    it('are kept for their owner, seen by others when shared, and changed by nobody else', async () => {
      const world = await aWorld(database().store)
      const body = { name: 'My week', definition: { filters: { period: 'this-week' } } }
      const kept = await world.call('worker', 'POST /reports', { body })
      expect(kept.status).toBe(201)
      const path = `/reports/${kept.body.id}`
      expect((await world.call('mate', `GET ${path}`)).status).toBe(404)
      const shared = await world.call('worker', `PATCH ${path}`, {
        body: { isShared: true, version: kept.body.version },
      })
      expect(shared.body.isShared).toBe(true)
      expect((await world.call('mate', `GET ${path}/table`)).status).toBe(200)
      expect((await world.call('mate', `PATCH ${path}`, { body: { name: 'Mine' } })).status).toBe(
        403,
      )
      expect((await world.call('mate', `DELETE ${path}`)).status).toBe(403)
      expect((await world.call('mate', 'GET /reports')).body.reports).toHaveLength(1)
      const stale = await world.call('worker', `PATCH ${path}`, {
        body: { name: 'Late', version: kept.body.version },
      })
      expect(stale.status).toBe(412)
      expect((await world.call('worker', `DELETE ${path}`)).status).toBe(204)
      expect((await world.call('worker', `GET ${path}`)).status).toBe(404)
    })

    it('show through a link what their maker sees, until it expires or is revoked', async () => {
      const world = await aWorld(database().store)
      await aFilledWorld(world)
      const kept = await world.call('worker', 'POST /reports', { body: { name: 'x', definition } })
      const links = `/reports/${kept.body.id}/links`
      const make = (allows: string) =>
        world.call('worker', `POST ${links}`, {
          body: { allows, expiresAt: new Date(world.clock.now() + 86_400_000).toISOString() },
        })
      const { body: sums } = await make('table')
      const { body: all } = await make('worklogs')
      const anybody = (route: string, body?: unknown) =>
        inject(world.server, null, route, body === undefined ? {} : { body })
      const shown = await anybody(`GET ${sums.path}`)
      expect(shown.status).toBe(200)
      expect(shown.body.total.at(-1)).toBe(3_760)
      expect((await anybody(`GET ${sums.path}/export?format=csv`)).status).toBe(200)
      expect((await anybody(`POST ${sums.path}/drill-down`, {})).status).toBe(403)
      expect((await anybody(`POST ${all.path}/drill-down`, {})).body.worklogs).toHaveLength(3)
      expect((await anybody('GET /reports/shared/guess')).status).toBe(404)
      expect((await world.call('mate', `GET ${links}`)).status).toBe(404)
      expect((await world.call('worker', `DELETE ${links}/${all.link.id}`)).status).toBe(204)
      expect((await anybody(`GET ${all.path}`)).status).toBe(404)
      world.clock.advance(2 * 86_400_000)
      expect((await anybody(`GET ${sums.path}`)).status).toBe(404)
    })

    it('tell what they can be made of', async () => {
      const world = await aWorld(database().store)
      const { body } = await world.call('worker', 'GET /reports/dimensions')
      expect(body.dimensions[0]).toEqual({ name: 'person', title: 'Person', kind: 'person' })
      expect(body.measures).toHaveLength(8)
    })
  })
})
