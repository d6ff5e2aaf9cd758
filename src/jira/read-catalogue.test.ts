import { describe, expect, it } from 'vitest'
import { readField, readFilter } from './read-catalogue.ts'

describe('readFilter', () => {
  it('reads a saved search', () => {
    const json = { id: 10_000, name: 'All', jql: 'project = A', favourite: true, owner: {} }
    expect(readFilter(json)).toMatchObject({
      id: '10000',
      name: 'All',
      jql: 'project = A',
      isFavourite: true,
      owner: { displayName: 'Former user' },
    })
  })

  it('keeps a search for everything, and leaves out one without JQL', () => {
    expect(readFilter({ id: '1', jql: '' })).toMatchObject({ name: 'Filter 1', jql: '' })
    expect(readFilter({ id: '1', name: 'x' })).toBeUndefined()
    expect(readFilter(null)).toBeUndefined()
  })
})

describe('readField', () => {
  it('reads a field of the catalogue', () => {
    expect(
      readField({
        id: 'customfield_10007',
        name: 'Epic Link',
        custom: true,
        clauseNames: ['cf[10007]', 'Epic Link'],
        schema: { type: 'any', customId: 10_007 },
      }),
    ).toStrictEqual({
      id: 'customfield_10007',
      name: 'Epic Link',
      isCustom: true,
      type: 'any',
      clauseNames: ['cf[10007]', 'Epic Link'],
    })
  })

  it('needs an id only', () => {
    expect(readField({ id: 'thumbnail' })).toStrictEqual({
      id: 'thumbnail',
      name: 'thumbnail',
      isCustom: false,
      clauseNames: [],
    })
    expect(readField({ name: 'x' })).toBeUndefined()
  })
})
