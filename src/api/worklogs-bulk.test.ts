import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  const bulk = (worklogs: unknown, headers: Record<string, string> = {}) =>
    world.call('worker', 'POST /worklogs/bulk', { body: { worklogs }, headers })

  it('writes what can be written and says of each other row why not', async () => {
    const version = await world.version()
    const rows = [
      goodEntry,
      { ...goodEntry, timeSpentSeconds: '3600' },
      null,
      { ...goodEntry, startedAt: '2026-03-02T09:00:00Z' },
      { ...goodEntry, issue: 'OPS-404' },
      { ...goodEntry, author: 'mate' },
      { ...goodEntry, day: '2026-02-30' },
      { ...goodEntry, comment: 'last' },
      { ...goodEntry, unknown: '\0' },
      'text',
    ]
    const { status, body } = await bulk(rows)
    expect(status).toBe(200)
    expect(body.results.map((one: { status: number }) => one.status)).toEqual([
      201, 400, 400, 400, 400, 403, 400, 201, 400, 400,
    ])
    expect(body).toMatchObject({ written: 2, refused: 8 })
    expect(body.results.map((one: { index: number }) => one.index)).toEqual(rows.map((_, at) => at))
    expect(body.results[7].worklog.comment).toBe('last')
    expect(body.results[1].problem).toMatchObject({
      code: 'invalid',
      problems: [{ field: 'timeSpentSeconds' }],
    })
    expect(await world.version()).toBe(version + 2)
  })

  it('refuses an envelope that is wrong, and remembers nothing of it', async () => {
    const version = await world.version()
    const headers = { 'idempotency-key': 'envelope' }
    const tooMany = Array.from({ length: 1_001 }, () => goodEntry)
    for (const worklogs of [undefined, null, {}, [], 'x', tooMany])
      expect((await bulk(worklogs, headers)).status).toBe(400)
    const body = { worklogs: [goodEntry], more: 1 }
    expect((await world.call('worker', 'POST /worklogs/bulk', { body, headers })).status).toBe(400)
    expect(await world.version()).toBe(version)
    expect((await bulk([goodEntry], headers)).body.written).toBe(1)
  })

  it('answers a repeated request as before, and another one under its key not at all', async () => {
    const headers = { 'idempotency-key': 'month end' }
    const rows = [goodEntry, { ...goodEntry, issue: 'none' }, 7]
    const first = await bulk(rows, headers)
    const version = await world.version()
    const again = await bulk(rows, headers)
    expect(again.body).toEqual(first.body)
    const other = await bulk([goodEntry], headers)
    expect([other.status, other.body.reason]).toEqual([409, 'idempotency-key-reused'])
    expect(await world.version()).toBe(version)
  })

  it('takes 1,000 rows at once', async () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => ({ ...goodEntry, comment: `row ${at}` }))
    const { body } = await bulk(rows)
    expect(body.written).toBe(1_000)
    expect(body.results[999].worklog.comment).toBe('row 999')
  })

  it('stands rows nested beyond reason', async () => {
    const deep = `{"worklogs":[${'['.repeat(60_000)}${']'.repeat(60_000)}]}`
    const headers = { 'idempotency-key': 'deep' }
    for (const more of [{}, headers]) {
      const { status } = await world.call('worker', 'POST /worklogs/bulk', {
        body: deep,
        headers: more,
      })
      expect([200, 400]).toContain(status)
    }
  })
})
