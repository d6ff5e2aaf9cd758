import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type World } from './world.contract.ts'

const { day: _day, ...undated } = goodEntry
const at = (startedAt: unknown) => ({ ...undated, startedAt })
const withField = (field: string, value: unknown) => ({ ...goodEntry, [field]: value })
const attributes = (value: unknown) => withField('attributes', value)

/** What is wrong, the body, and the field its problem document names. */
const badEntries: readonly (readonly [string, unknown, string])[] = [
  ['a day that does not exist', withField('day', '2026-02-30'), 'day'],
  ['a day of year zero', withField('day', '0000-01-01'), 'day'],
  ['a day long ago', withField('day', '1899-12-31'), 'day'],
  ['a day far ahead', withField('day', '2200-01-01'), 'day'],
  ['a day as a number', withField('day', 20260302), 'day'],
  ['a moment as a day', withField('day', '2026-03-02T09:00:00Z'), 'day'],
  ['25 o’clock', withField('startTime', '25:00'), 'startTime'],
  ['a 12-hour time', withField('startTime', '9:00 AM'), 'startTime'],
  ['a time without a day', { ...undated, startTime: '09:00' }, 'day'],
  ['no beginning', undated, 'day'],
  ['a moment without offset', at('2026-03-02T09:00:00'), 'startedAt'],
  ['a moment that does not exist', at('2026-02-30T09:00:00Z'), 'startedAt'],
  ['a moment before the first day', at('0001-01-01T00:00:00+14:00'), 'startedAt'],
  ['a moment after the last year', at('9999-12-31T23:59:59-14:00'), 'startedAt'],
  ['two beginnings', withField('startedAt', '2026-03-02T09:00:00Z'), 'startedAt'],
  ['1e9 seconds', withField('timeSpentSeconds', 1e9), 'timeSpentSeconds'],
  ['no seconds', withField('timeSpentSeconds', 0), 'timeSpentSeconds'],
  ['negative seconds', withField('timeSpentSeconds', -60), 'timeSpentSeconds'],
  ['half a second', withField('timeSpentSeconds', 0.5), 'timeSpentSeconds'],
  ['seconds as text', withField('timeSpentSeconds', '3600'), 'timeSpentSeconds'],
  ['seconds as null', withField('timeSpentSeconds', null), 'timeSpentSeconds'],
  ['negative billable', withField('billableSeconds', -1), 'billableSeconds'],
  ['endless billable', withField('billableSeconds', 1e300), 'billableSeconds'],
  ['a NUL in the comment', withField('comment', 'a\0b'), 'comment'],
  ['half a surrogate pair', withField('comment', 'a\ud83d'), 'comment'],
  ['too long a comment', withField('comment', 'x'.repeat(32_768)), 'comment'],
  ['too long in UTF-16', withField('comment', '👩'.repeat(20_000)), 'comment'],
  ['a comment as null', withField('comment', null), 'comment'],
  ['too long a category', withField('category', 'x'.repeat(256)), 'category'],
  ['a NUL in the category', withField('category', '\0'), 'category'],
  ['no issue', { day: '2026-03-02', timeSpentSeconds: 60 }, 'issue'],
  ['an empty issue', withField('issue', ''), 'issue'],
  ['an unknown issue', withField('issue', 'OPS-999'), 'issue'],
  ['an issue beyond bigint', withField('issue', '99999999999999999999'), 'issue'],
  ['an issue as a number', withField('issue', 1), 'issue'],
  ['a NUL in the issue', withField('issue', 'OPS-1\0'), 'issue'],
  ['an unknown author', withField('author', 'nobody'), 'author'],
  ['a NUL in the author', withField('author', '\0'), 'author'],
  ['half a pair in the author', withField('author', '\udc00'), 'author'],
  ['an author as a list', withField('author', ['worker']), 'author'],
  [
    'visibility of no group',
    withField('visibility', { type: 'group', value: 'none' }),
    'visibility.value',
  ],
  [
    'visibility of a NUL',
    withField('visibility', { type: 'group', value: '\0' }),
    'visibility.value',
  ],
  ['visibility of no type', withField('visibility', { value: 'x' }), 'visibility.type'],
  [
    'a strange type of visibility',
    withField('visibility', { type: 'all', value: 'x' }),
    'visibility.type',
  ],
  ['an unknown field', withField('id', '1'), 'id'],
  [
    'a field deeper down',
    withField('visibility', { type: 'role', value: 'x', more: 1 }),
    'visibility.more',
  ],
  ['attributes as a list', attributes(['a']), 'attributes'],
  ['an attribute that is a number', attributes({ a: 1 }), 'attributes.a'],
  ['a NUL in an attribute', attributes({ a: '\0' }), 'attributes.a'],
  ['a NUL in the key of an attribute', attributes({ '\0': 'a' }), 'attributes'],
  [
    'too many attributes',
    attributes(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, '']))),
    'attributes',
  ],
  ['a list', [goodEntry], 'body'],
  ['null', null, 'body'],
  ['a text', '"text"', 'body'],
]

/** Texts that are no JSON, or JSON that must not be taken. */
const badBodies: readonly (readonly [string, string, string, number])[] = [
  ['broken JSON', '{"issue":', 'application/json', 400],
  ['nothing', '', 'application/json', 400],
  ['a prototype', '{"__proto__":{"isAdmin":true}}', 'application/json', 400],
  ['deep nesting', '['.repeat(100_000), 'application/json', 400],
  ['a form', 'issue=OPS-1', 'application/x-www-form-urlencoded', 415],
  ['plain text', 'hello', 'text/plain', 415],
  ['XML', '<a/>', 'application/xml', 415],
  ['no known type', '{}', 'nonsense', 415],
  ['9 MB', `{"comment":"${'x'.repeat(9_000_000)}"}`, 'application/json', 413],
]

const badQueries: readonly (readonly [string, string])[] = [
  ['limit=0', 'limit'],
  ['limit=1001', 'limit'],
  ['limit=-1', 'limit'],
  ['limit=1.5', 'limit'],
  ['limit=', 'limit'],
  ['limit=5&limit=6', 'limit'],
  ['from=2026-02-30', 'from'],
  ['to=yesterday', 'to'],
  ['from=2026-01-01&from=2026-01-02', 'from'],
  ['author=', 'author.0'],
  ['author=%00', 'author.0'],
  ['author=99999999999999999999', 'author'],
  ['issue=%00', 'issue.0'],
  ['group=%00', 'group.0'],
  ['project=%00', 'project.0'],
  ['order=name', 'order'],
  ['cursor=broken', 'cursor'],
  ['cursor=%2B%2B', 'cursor'],
  [`cursor=${Buffer.from('["day","2026-02-30","5"]').toString('base64url')}`, 'cursor'],
  [`cursor=${Buffer.from('["day","2026-03-02","0 or 1=1"]').toString('base64url')}`, 'cursor'],
  [`cursor=${Buffer.from('["id","2026-03-02","5"]').toString('base64url')}`, 'cursor'],
  ['unknown=1', 'unknown'],
  ['__proto__=1', '__proto__'],
]

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  const expectProblem = (
    answer: { status: number; headers: Readonly<Record<string, unknown>>; body: unknown },
    status: number,
  ) => {
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ status, type: 'about:blank' })
  }

  describe('POST /worklogs refuses', () => {
    it.each(badEntries)('%s', async (_, body, field) => {
      const version = await world.version()
      const answer = await world.call('worker', 'POST /worklogs', {
        body: body === null ? 'null' : body,
      })
      expectProblem(answer, 400)
      expect(answer.body.problems.map((one: { field: string }) => one.field)).toContain(field)
      expect(await world.version()).toBe(version)
    })

    it.each(badBodies)('a body of %s', async (_, body, type, status) => {
      const version = await world.version()
      const headers = { 'content-type': type }
      expectProblem(await world.call('worker', 'POST /worklogs', { body, headers }), status)
      expect(await world.version()).toBe(version)
    })
  })

  it('PATCH refuses the same values, and to change nothing', async () => {
    const { body } = await world.call('worker', 'POST /worklogs', { body: goodEntry })
    const version = await world.version()
    const missing = ['a time without a day', 'no beginning', 'no issue']
    for (const [title, bad, field] of badEntries) {
      if (missing.includes(title) || field === 'author') continue
      const answer = await world.call('worker', `PATCH /worklogs/${body.id}`, {
        body: bad === null ? 'null' : bad,
      })
      expect([title, answer.status]).toEqual([title, 400])
    }
    for (const bad of [{}, { version: body.version }, { author: 'mate' }, { version: '1' }])
      expectProblem(await world.call('worker', `PATCH /worklogs/${body.id}`, { body: bad }), 400)
    expect(await world.version()).toBe(version)
  })

  it.each(badQueries)('GET /worklogs?%s is refused', async (query, field) => {
    const answer = await world.call('worker', `GET /worklogs?${query}`)
    expectProblem(answer, 400)
    expect(answer.body.problems.map((one: { field: string }) => one.field)).toContain(field)
  })

  it.each(['0', '-1', 'x', '1e3', '99999999999999999999', '%00', '1%20or%201=1', '999999'])(
    'an id of %s is not found',
    async (id) => {
      for (const route of ['GET', 'DELETE'])
        expectProblem(await world.call('worker', `${route} /worklogs/${id}`), 404)
      const body = { comment: 'x' }
      expectProblem(await world.call('worker', `PATCH /worklogs/${id}`, { body }), 404)
    },
  )

  it('refuses 600,000 unknown fields in good time, and names only some of them', async () => {
    const body = `{${Array.from({ length: 600_000 }, (_, at) => `"${at.toString(36)}":1`).join(',')}}`
    const begun = performance.now()
    const answer = await world.call('worker', 'POST /worklogs', { body })
    expectProblem(answer, 400)
    expect(answer.body.problems.length).toBeLessThanOrEqual(100)
    // Compared with one another they would take many minutes, on any machine.
    expect(performance.now() - begun).toBeLessThan(60_000)
  })

  it('refuses addresses that are none, and methods that are not offered', async () => {
    expectProblem(await world.call('worker', 'GET /%zz'), 400)
    expectProblem(await world.call('worker', `GET /worklogs/${'9'.repeat(600)}`), 414)
    expectProblem(await world.call('worker', 'GET /nothing'), 404)
    const put = await world.call('worker', 'PUT /worklogs', { body: {} })
    expectProblem(put, 405)
    expect(put.headers.allow).toBe('GET, HEAD, POST')
  })
})
