import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type World } from './world.contract.ts'

/** Values that have hurt somebody before. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    0.1,
    1e9,
    1e300,
    2 ** 53 + 2,
    '',
    ' ',
    '\0',
    '\ud800',
    '\u202e',
    '٣',
    'OPS-1',
    '9223372036854775808',
    '99999999999999999999',
    '2026-02-30',
    '9999-12-31',
    '0001-01-01',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:60-23:59',
    '24:00',
    '*',
    '%',
    '"1"',
    'Infinity',
    'constructor',
    [],
    {},
    [null],
    { type: 'group', value: '\0' },
    'x'.repeat(40_000),
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }),
)

type Shape = Readonly<Record<string, unknown>>

const bodies: readonly (readonly [string, Shape])[] = [
  [
    'POST /worklogs',
    {
      ...goodEntry,
      startTime: '09:00',
      startedAt: '2026-03-02T09:00:00Z',
      author: 'worker',
      billableSeconds: 0,
      comment: 'x',
      category: 'x',
      visibility: null,
      attributes: { a: 'b' },
    },
  ],
  ['PATCH /worklogs/1', { comment: 'x', version: 1, day: '2026-03-02', startTime: '09:00' }],
  ['POST /worklogs/bulk', { worklogs: [goodEntry] }],
  [
    'POST /people',
    { displayName: 'x', username: 'u', email: 'a@b', timeZone: 'UTC', role: 'employee' },
  ],
  ['PATCH /people/2', { displayName: 'x', username: null, locale: 'en', staffId: '1' }],
  ['POST /groups', { name: 'g' }],
  ['POST /projects', { key: 'ABC', name: 'x', lead: 'worker', category: null }],
  ['PATCH /projects/OPS', { name: 'x', lead: null, isActive: true }],
  [
    'POST /issues',
    { project: 'OPS', summary: 'x', labels: ['a'], dueDay: '2026-03-02', assignee: 'mate' },
  ],
  ['PATCH /issues/OPS-1', { summary: 'x', statusCategory: 'done', originalEstimateSeconds: 60 }],
]

const queries: readonly (readonly [string, readonly string[]])[] = [
  ['/worklogs', ['from', 'to', 'author', 'group', 'project', 'issue', 'limit', 'cursor', 'order']],
  ['/worklogs/export', ['format', 'fields', 'guard', 'from', 'author', 'issue']],
  ['/changes', ['since', 'limit']],
  ['/people', ['text', 'group', 'active', 'limit', 'cursor']],
  ['/projects', ['text', 'limit', 'cursor']],
  ['/issues', ['project', 'text', 'limit', 'cursor']],
  ['/groups/1/members', ['limit', 'cursor']],
]

const mutatedBody = fc.constantFrom(...bodies).chain(([route, body]) =>
  fc.tuple(
    fc.constant(route),
    fc.constant(body),
    fc.dictionary(fc.constantFrom(...Object.keys(body), 'more', 'constructor'), nasty, {
      maxKeys: 3,
    }),
    fc.subarray(Object.keys(body), {
      maxLength: Math.min(2, Object.keys(body).length),
    }),
  ),
)

const mutatedQuery = fc.constantFrom(...queries).chain(([path, names]) =>
  fc.tuple(
    fc.constant(path),
    fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...names) },
          { weight: 1, arbitrary: fc.string() },
        ),
        nasty.map((value) =>
          typeof value === 'string' ? value.slice(0, 300) : JSON.stringify(value),
        ),
      ),
      { maxLength: 4 },
    ),
  ),
)

const nastyHeaders = fc.dictionary(
  fc.constantFrom('if-match', 'idempotency-key', 'accept', 'content-encoding', 'if-none-match'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 300 }),
  { maxKeys: 2 },
)

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
    await world.call('admin', 'POST /worklogs', { body: goodEntry })
    await world.call('admin', 'POST /groups', { body: { name: 'g0' } })
  })

  it('no mutation of a valid body makes the server fail', async () => {
    const statuses = new Set<number>()
    await fc.assert(
      fc.asyncProperty(mutatedBody, nastyHeaders, async ([route, body, changes, left], headers) => {
        const mutated: Record<string, unknown> = { ...body, ...changes }
        for (const name of left) delete mutated[name]
        const answer = await world.call('admin', route, { body: mutated, headers })
        statuses.add(answer.status)
        expect(answer.status, JSON.stringify([route, mutated, answer.body])).toBeLessThan(500)
        if (answer.status >= 400) expect(answer.body.status).toBe(answer.status)
      }),
      { numRuns: 300, seed: 20260302 },
    )
    expect(statuses.size).toBeGreaterThan(3)
  })

  it('no query makes the server fail', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedQuery, async ([path, parameters]) => {
        const query = parameters
          .map(([name, value]) => `${lenient(name)}=${lenient(value)}`)
          .join('&')
        const answer = await world.call('admin', `GET ${path}?${query}`)
        expect(answer.status, `${path}?${query} ${answer.text}`).toBeLessThan(500)
      }),
      { numRuns: 300, seed: 20260302 },
    )
  })

  it('no address makes the server fail', async () => {
    const places = ['/worklogs/', '/people/', '/issues/', '/projects/', '/groups/1/members/']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.constantFrom('GET', 'PATCH', 'DELETE', 'PUT', 'POST', 'HEAD'),
        nasty.map((value) => String(value).slice(0, 300)),
        async (place, method, end) => {
          const call = method === 'PATCH' ? { body: { summary: 'x' } } : {}
          const answer = await world.call('admin', `${method} ${place}${lenient(end)}`, call)
          expect(answer.status, `${method} ${place}${end} ${answer.text}`).toBeLessThan(500)
        },
      ),
      { numRuns: 200, seed: 20260302 },
    )
  })
})

/** Escapes as a sloppy client would: half a surrogate pair cannot be escaped at all. */
function lenient(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, ''))
}
