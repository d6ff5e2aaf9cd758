import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
    const { worker, mate, outsider, lead } = world.people
    const other = await world.site.anIssue({ project: world.jiraProject, key: 'JIRA-2' })
    const authors = [worker, mate, outsider, lead]
    await world.site.worklogs(
      Array.from({ length: 137 }, (_, at) => ({
        author: authors[(at * 7) % authors.length]!,
        issue: at % 3 === 0 ? other : world.issue,
        // Days go back and forth against the ids, and many rows share a day.
        day: `2026-03-${String(1 + ((at * 11) % 9)).padStart(2, '0')}`,
      })),
    )
  })

  const filters = fc.record({
    who: fc.constantFrom<Name>('admin', 'manager', 'worker', 'outsider', 'limited'),
    limit: fc.integer({ min: 1, max: 60 }),
    order: fc.constantFrom('day', 'id'),
    author: fc.subarray(['worker', 'mate', 'outsider', 'lead']),
    project: fc.subarray(['OPS', 'JIRA']),
    from: fc.option(fc.integer({ min: 1, max: 9 })),
    to: fc.option(fc.integer({ min: 1, max: 9 })),
  })

  it('pages to the end exactly once, whatever the filters and the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async ({ who, limit, order, author, project, from, to }) => {
        fc.pre(from === null || to === null || from <= to)
        const query = new URLSearchParams({ order })
        for (const name of author) query.append('author', name)
        for (const name of project) query.append('project', name)
        if (from !== null) query.set('from', `2026-03-0${from}`)
        if (to !== null) query.set('to', `2026-03-0${to}`)
        const whole = await world.call(who, `GET /worklogs?${query}&limit=1000`)
        const seen: unknown[] = []
        let cursor = ''
        for (let pages = 0; pages <= 140; pages += 1) {
          const { status, body } = await world.call(
            who,
            `GET /worklogs?${query}&limit=${limit}${cursor}`,
          )
          expect(status).toBe(200)
          expect(body.worklogs.length === limit || body.next === null).toBe(true)
          seen.push(...body.worklogs)
          if (body.next === null) break
          cursor = `&cursor=${body.next}`
        }
        expect(seen).toEqual(whole.body.worklogs)
        expect(seen).toHaveLength(whole.body.completeness.total)
      }),
      { numRuns: 40, seed: 4711 },
    )
  })

  it('neither repeats nor loses rows that stay while others come and go', async () => {
    const first = await world.call('admin', 'GET /worklogs?limit=50')
    const [gone] = first.body.worklogs
    await world.call('admin', `DELETE /worklogs/${gone.id}`)
    await world.call('admin', 'POST /worklogs', {
      body: { issue: 'OPS-1', day: '2026-02-01', timeSpentSeconds: 60 },
    })
    const second = await world.call('admin', `GET /worklogs?limit=1000&cursor=${first.body.next}`)
    expect(first.body.worklogs.length + second.body.worklogs.length).toBe(137)
  })

  it.each(['people', 'groups', 'projects', 'issues'])('pages %s by id', async (list) => {
    if (list === 'groups') await world.store.groups.create(world.site.siteId, ['a', 'b', 'c'])
    const whole = await world.call('worker', `GET /${list}`)
    const seen: unknown[] = []
    for (let cursor = ''; ; ) {
      const { body } = await world.call('worker', `GET /${list}?limit=1${cursor}`)
      seen.push(...body[list])
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toEqual(whole.body[list])
    expect(seen.length).toBeGreaterThan(1)
    expect((await world.call('worker', `GET /${list}?cursor=broken`)).status).toBe(400)
    const day = Buffer.from('["day","2026-01-01","1"]').toString('base64url')
    expect((await world.call('worker', `GET /${list}?cursor=${day}`)).status).toBe(400)
  })
})
