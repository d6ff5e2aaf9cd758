import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { authorizationOf, cookieOf, queryOf } from './credential.ts'

const asking = (headers: Record<string, string>, query: unknown = {}) =>
  ({ headers, query }) as unknown as FastifyRequest
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

describe('authorizationOf', () => {
  it.each([
    ['Bearer abc', { secret: 'abc' }],
    ['bearer  abc ', { secret: 'abc' }],
    [basic('mira:abc'), { name: 'mira', secret: 'abc' }],
    [basic('mira@example.com:a:b c'), { name: 'mira@example.com', secret: 'a:b c' }],
    [basic(':abc'), { name: '', secret: 'abc' }],
    [basic('Ünal:schlüssel'), { name: 'Ünal', secret: 'schlüssel' }],
    [basic('mira:'), undefined],
    [basic('mira'), undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
    ['Digest abc', undefined],
    ['', undefined],
  ])('reads %s', (header, expected) => {
    expect(authorizationOf(asking({ authorization: header }))).toEqual(expected)
  })
})

it('finds a cookie among others, by its whole name', () => {
  const request = asking({ cookie: 'a=1; JSESSIONID=x=y ; JSESSIONID2=no' })
  expect(cookieOf(request, 'JSESSIONID')).toBe('x=y')
  expect(cookieOf(request, 'SESSIONID')).toBeUndefined()
  expect(cookieOf(asking({}), 'a')).toBeUndefined()
})

it('takes the first of a repeated parameter, and no empty one', () => {
  expect(queryOf(asking({}, { token: ['a', 'b'] }), 'token')).toBe('a')
  expect(queryOf(asking({}, { token: '' }), 'token')).toBeUndefined()
})
