import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aMirror, type Mirror, settle } from '../../test/mirrored.ts'
import { trueRows } from '../../test/synced.ts'

withDatabase(openMemoryDatabase, (database) => {
  describe.each(['cloud', 'dc'] as const)('asking a mirrored %s again', (dialect) => {
    const keyed = { key: 'k', requestHash: 'h' }
    const rowsOf = ({ world }: Mirror) =>
      world.visibleWorklogs().filter((row) => row.comment === 'x')
    const deafen = ({ jira }: Mirror) => {
      const lost = { kind: 'status', status: 500, afterCommit: true } as const
      jira.faults.next({ match: { route: 'POST issue/{id}/worklog' }, fault: lost })
      const deaf = { kind: 'status', status: 503 } as const
      jira.faults.next({ match: { route: 'GET issue/{id}/worklog' }, fault: deaf, times: 5 })
    }

    it('with the same key finds the row nobody heard of, and books it once', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira } = mirror
      deafen(mirror)
      await expect(sheets.log(actor, entry('x'), keyed)).rejects.toMatchObject({
        details: { reason: 'unsettled' },
      })
      const logged = await sheets.log(actor, entry('x'), keyed)
      expect(rowsOf(mirror).map((row) => row.id)).toEqual([logged.jiraId])
      expect((await sheets.log(actor, entry('x'), keyed)).id).toBe(logged.id)
      const other = { ...keyed, requestHash: 'other' }
      await expect(sheets.log(actor, entry('y'), other)).rejects.toMatchObject({ code: 'conflict' })
      await settle(mirror)
      expect(await mirror.site.rows()).toEqual(trueRows(jira))
      expect(rowsOf(mirror)).toHaveLength(1)
      await jira.close()
    })

    it('sends what did not reach it, though it was refused for a while', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira } = mirror
      const fault = { kind: 'status', status: 503 } as const
      jira.faults.next({ match: { route: 'POST issue/{id}/worklog' }, fault, times: 3 })
      await expect(sheets.log(actor, entry('x'), keyed)).rejects.toMatchObject({ code: 'upstream' })
      expect(rowsOf(mirror)).toEqual([])
      await sheets.log(actor, entry('x'), keyed)
      expect(rowsOf(mirror)).toHaveLength(1)
      await jira.close()
    })

    it('is told to wait while another process is still at it', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira, store, site, clock } = mirror
      deafen(mirror)
      await sheets.log(actor, entry('x'), keyed).catch(() => {})
      const [open] = await store.mirror.listOpen(site.siteId, site.connection.id)
      await store.mirror.renew(site.siteId, open!.uid, clock.now() + 60_000)
      await expect(sheets.log(actor, entry('x'), keyed)).rejects.toMatchObject({
        code: 'unavailable',
        details: { reason: 'under-way' },
      })
      await site.run()
      expect(await store.mirror.listOpen(site.siteId, site.connection.id)).toHaveLength(1)
      clock.advance(60_000)
      await sheets.log(actor, entry('x'), keyed)
      expect(rowsOf(mirror)).toHaveLength(1)
      await jira.close()
    })
  })

  describe.each(['cloud', 'dc'] as const)('the remaining estimate in a mirrored %s', (dialect) => {
    it('follows by hand where the connection says so, and otherwise what is asked for', async () => {
      const hour = 3_600
      const mirror = await aMirror(database().store, dialect, { estimates: 'auto' })
      const { sheets, book, actor, entry, issue, jira } = mirror
      const remaining = () => issue.remainingEstimate
      issue.remainingEstimate = 10 * hour
      const logged = await sheets.log(actor, entry('auto'))
      expect(remaining()).toBe(9 * hour)
      await sheets.change(actor, logged.id, { timeSpentSeconds: 2 * hour })
      expect(remaining()).toBe(8 * hour)
      await book.write({ actor, commands: [{ kind: 'log', entry: entry('bulk', '12:00') }] })
      expect(remaining()).toBe(8 * hour)
      await sheets.log(actor, entry('leave', '13:00'), undefined, { mode: 'leave' })
      expect(remaining()).toBe(8 * hour)
      await sheets.log(actor, entry('new', '14:00'), undefined, { mode: 'new', seconds: 5 * hour })
      expect(remaining()).toBe(5 * hour)
      const manual = { mode: 'manual', seconds: hour / 2 } as const
      const last = await sheets.log(actor, entry('manual', '15:00'), undefined, manual)
      expect(remaining()).toBe(4.5 * hour)
      await expect(
        sheets.change(actor, last.id, { comment: 'x' }, undefined, undefined, manual),
      ).rejects.toMatchObject({ code: 'invalid' })
      await sheets.remove(actor, last.id, undefined, manual)
      expect(remaining()).toBe(5 * hour)
      await sheets.remove(actor, logged.id)
      expect(remaining()).toBe(7 * hour)
      await jira.close()
    })

    it('is left alone unless somebody asks', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, issue, jira } = mirror
      issue.remainingEstimate = 36_000
      const logged = await sheets.log(actor, entry('by hand'))
      await sheets.remove(actor, logged.id)
      expect(issue.remainingEstimate).toBe(36_000)
      await sheets.log(actor, entry('auto'), undefined, { mode: 'auto' })
      expect(issue.remainingEstimate).toBe(32_400)
      await jira.close()
    })
  })
})
