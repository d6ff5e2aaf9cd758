import { expect, it } from 'vitest'
import { diffOf } from './audit-diff.ts'

it('tells only what differs', () => {
  expect(diffOf({ a: 1, b: 'x', c: null }, { a: 1, b: 'y', d: [1] })).toEqual([
    { field: 'b', before: 'x', after: 'y' },
    { field: 'd', before: null, after: '[1]' },
  ])
})

it('tells everything of what is new or gone', () => {
  expect(diffOf(null, { name: 'n' })).toEqual([{ field: 'name', before: null, after: 'n' }])
  expect(diffOf({ name: 'n' }, null)).toEqual([{ field: 'name', before: 'n', after: null }])
  expect(diffOf(null, null)).toEqual([])
})
