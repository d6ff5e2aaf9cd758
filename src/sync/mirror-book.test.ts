import { describe, expect, it } from 'vitest'
import { anActor } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aMirror, settle } from '../../test/mirrored.ts'
import { trueRows } from '../../test/synced.ts'
import { worklogBookContract } from '../domain/worklog-book.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  describe.each(['cloud', 'dc'] as const)('the book of a mirrored %s', (dialect) =>
    worklogBookContract(async () => {
      const { store, site, book, person, actor, issue, jira } = await aMirror(
        database().store,
        dialect,
      )
      return {
        store,
        siteId: site.siteId,
        book,
        ann: person,
        actor,
        stranger: anActor(site, await site.aPerson()),
        issueKey: issue.key,
        close: () => jira.close(),
      }
    }),
  )

  describe.each(['cloud', 'dc'] as const)('a mirrored %s', (dialect) => {
    it('gets a row first, and the store keeps what it answered', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira, person } = mirror
      const logged = await sheets.log(actor, {
        ...entry('new'),
        timeSpentSeconds: 3_610,
        category: 'Travel',
      })
      expect(logged).toMatchObject({
        authorId: person.id,
        timeSpentSeconds: 3_600,
        category: 'Travel',
      })
      expect(jira.world.visibleWorklogs().map((row) => row.comment)).toContain('new')
      const changed = await sheets.change(actor, logged.id, {
        comment: 'newer',
        billableSeconds: 60,
      })
      expect(changed).toMatchObject({ id: logged.id, comment: 'newer', billableSeconds: 60 })
      const version = changed.version
      await settle(mirror)
      expect(await mirror.store.worklogs.get(mirror.site.siteId, logged.id)).toMatchObject({
        version,
        category: 'Travel',
        billableSeconds: 60,
      })
      await sheets.remove(actor, logged.id)
      expect(jira.world.visibleWorklogs().map((row) => row.comment)).toEqual(['there before'])
      await settle(mirror)
      expect(await mirror.site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })

    it('takes seconds that Jira would refuse or cut, as the whole minutes they make', async () => {
      const { sheets, actor, entry, jira, world } = await aMirror(database().store, dialect)
      const seconds = async (timeSpentSeconds: number) => {
        const row = await sheets.log(actor, { ...entry(''), timeSpentSeconds })
        const held = world.state.worklogs.get(Number(row.jiraId))!.timeSpentSeconds
        expect(row.timeSpentSeconds).toBe(held)
        return held
      }
      expect([await seconds(1), await seconds(59), await seconds(89), await seconds(90)]).toEqual([
        60, 60, 60, 120,
      ])
      await jira.close()
    })

    it('keeps the formatting of a comment nobody touched, and sends texts to version 2', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira, world, store, site } = mirror
      const logged = await sheets.log(actor, entry('plain'))
      const id = Number(logged.jiraId)
      const strong = { type: 'text', text: 'rich', marks: [{ type: 'strong' }] }
      const rich =
        dialect === 'cloud'
          ? ({
              type: 'doc',
              version: 1,
              content: [{ type: 'paragraph', content: [strong] }],
            } as const)
          : '*rich*'
      world.editWorklog(id, { comment: rich })
      await settle(mirror)
      const held = await store.worklogs.get(site.siteId, logged.id)
      expect(held.comment).toBe(dialect === 'cloud' ? 'rich' : '*rich*')
      jira.requests.clear()
      await sheets.change(actor, logged.id, { timeSpentSeconds: 7_200 })
      expect(world.state.worklogs.get(id)).toMatchObject({ timeSpentSeconds: 7_200, comment: rich })
      await sheets.change(actor, logged.id, { comment: 'plain again' })
      expect(world.visibleWorklogs().map((row) => row.comment)).toContain('plain again')
      const writes = jira.requests.all.filter(({ method }) => method === 'PUT')
      // Version 3 would refuse a text.
      expect(writes.map(({ body }) => body)).toEqual([
        { timeSpentSeconds: 7_200 },
        { comment: 'plain again' },
      ])
      await jira.close()
    })

    it('merges changes of both sides, and keeps what lost in the inbox', async () => {
      const { sheets, actor, entry, jira, world, conflicts } = await aMirror(
        database().store,
        dialect,
      )
      const logged = await sheets.log(actor, entry('base'))
      world.editWorklog(Number(logged.jiraId), { timeSpentSeconds: 7_200 })
      expect(await sheets.change(actor, logged.id, { comment: 'mine' })).toMatchObject({
        comment: 'mine',
        timeSpentSeconds: 7_200,
      })
      world.editWorklog(Number(logged.jiraId), { comment: 'theirs' })
      expect(await sheets.change(actor, logged.id, { comment: 'mine again' })).toMatchObject({
        comment: 'theirs',
      })
      const [conflict, ...others] = await conflicts.list(actor)
      expect(conflict).toMatchObject({
        reason: 'changed',
        ours: { comment: 'mine again' },
        theirs: { comment: 'theirs' },
      })
      expect(others).toEqual([])
      await conflicts.resolve(actor, conflict!.id, 'ours')
      expect(await conflicts.list(actor)).toEqual([])
      expect(world.visibleWorklogs().map((row) => row.comment)).toContain('mine again')
      world.deleteWorklog(Number(logged.jiraId))
      await expect(sheets.change(actor, logged.id, { comment: 'too late' })).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'deleted-remotely' },
      })
      await jira.close()
    })

    it('refuses who has left no token, and sends nothing that is refused here', async () => {
      const { sheets, site, entry, jira, issue, store } = await aMirror(database().store, dialect)
      const stranger = await site.aPerson()
      jira.requests.clear()
      await expect(sheets.log(anActor(site, stranger), entry('x'))).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(
        sheets.log(anActor(site, stranger), {
          ...entry('x'),
          timeSpentSeconds: 0,
          issue: issue.key,
        }),
      ).rejects.toMatchObject({ code: 'invalid' })
      expect(jira.requests.all).toEqual([])
      expect(await store.mirror.listOpen(site.siteId, site.connection.id)).toEqual([])
      await jira.close()
    })

    it('books for a person through a service account, and sync leaves the person', async () => {
      const mirror = await aMirror(database().store, dialect, { writesAs: 'service' })
      const { sheets, actor, entry, person, store, site, jira } = mirror
      const logged = await sheets.log(actor, entry('by service'))
      jira.world.editWorklog(Number(logged.jiraId), { comment: 'edited there' })
      await settle(mirror)
      expect(await store.worklogs.get(site.siteId, logged.id)).toMatchObject({
        authorId: person.id,
        comment: 'edited there',
      })
      await jira.close()
    })

    it('finds what landed though nobody heard of it, and only once', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira, store, site } = mirror
      const { siteId, connection } = site
      const lost = { kind: 'status', status: 500, afterCommit: true } as const
      jira.faults.next({ match: { route: 'POST issue/{id}/worklog' }, fault: lost })
      const deaf = { kind: 'status', status: 503 } as const
      jira.faults.next({ match: { route: 'GET issue/{id}/worklog' }, fault: deaf, times: 5 })
      const logging = sheets.log(actor, { ...entry('unheard'), category: 'Travel' })
      await expect(logging).rejects.toMatchObject({ details: { reason: 'unsettled' } })
      expect((await store.mirror.listOpen(siteId, connection.id)).length).toBe(1)
      await settle(mirror)
      expect(await store.mirror.listOpen(siteId, connection.id)).toEqual([])
      const viewer = { kind: 'all' } as const
      const rows = await store.worklogs.find({ siteId, viewer }, { limit: 10 })
      expect(rows.filter((row) => row.comment === 'unheard')).toMatchObject([
        { category: 'Travel' },
      ])
      await jira.close()
    })

    it('neither doubles nor loses a row under faults', async () => {
      const mirror = await aMirror(database().store, dialect)
      const { sheets, actor, entry, jira, world } = mirror
      jira.faults.schedule(4711, { rate: 0.3 })
      const answered: string[] = []
      for (let at = 0; at < 40; at += 1) {
        const comment = `row ${at}`
        const startTime = `${String(6 + (at % 12)).padStart(2, '0')}:${String(at).padStart(2, '0')}`
        await sheets.log(actor, entry(comment, startTime)).then(
          () => answered.push(comment),
          () => {},
        )
      }
      await settle(mirror)
      const comments = world.visibleWorklogs().map((row) => row.comment)
      expect(new Set(comments).size).toBe(comments.length)
      expect(comments).toEqual(expect.arrayContaining(answered))
      expect(await mirror.site.rows()).toEqual(trueRows(jira))
      expect(
        await mirror.store.mirror.listOpen(mirror.site.siteId, mirror.site.connection.id),
      ).toEqual([])
      await jira.close()
    })
  })
})
