import { describe, expect, it } from 'vitest'
import { readProject, readUser } from './read.ts'

describe('readUser', () => {
  it('reads a Cloud person', () => {
    expect(
      readUser({
        accountId: '557058:2930a3fd',
        displayName: 'Olga Dahl',
        emailAddress: 'olga@example.org',
        active: false,
        timeZone: 'Asia/Shanghai',
        accountType: 'atlassian',
        locale: 'en_US',
        groups: { size: 1, items: [{ name: 'jira-users' }, {}] },
      }),
    ).toStrictEqual({
      accountId: '557058:2930a3fd',
      displayName: 'Olga Dahl',
      email: 'olga@example.org',
      isActive: false,
      timeZone: 'Asia/Shanghai',
      accountType: 'atlassian',
      locale: 'en_US',
      groups: ['jira-users'],
    })
  })

  it('reads a Data Center person', () => {
    const json = { name: 'olga', key: 'JIRAUSER10001', displayName: 'Olga Dahl', active: true }
    expect(readUser(json)).toStrictEqual({
      username: 'olga',
      key: 'JIRAUSER10001',
      displayName: 'Olga Dahl',
      isActive: true,
      groups: [],
    })
  })

  it.each([
    [{ name: 'olga', key: 'k', accountId: 'a' }, 'olga'],
    [{ key: 'k', accountId: 'a' }, 'k'],
    [{ accountId: 'a', displayName: '' }, 'a'],
    [{}, 'Former user'],
    ['olga', 'olga'],
  ])('finds a name to show for %j', (json, displayName) => {
    expect(readUser(json)?.displayName).toBe(displayName)
  })

  it.each([[null], [undefined], [7], [[]]])('finds nobody in %j', (json) => {
    expect(readUser(json)).toBeUndefined()
  })

  it('strips what PostgreSQL refuses', () => {
    expect(readUser({ name: 'o\0lga', displayName: 'O\ud800lga 😀' })).toMatchObject({
      username: 'olga',
      displayName: 'O\ufffdlga 😀',
    })
  })

  it('takes a deleted person as inactive, and groups as a plain list', () => {
    expect(readUser({ name: 'o', deleted: true, groups: ['a', { name: 'b' }] })).toMatchObject({
      isActive: false,
      groups: ['a', 'b'],
    })
  })
})

describe('readProject', () => {
  it('reads category and lead', () => {
    const json = {
      id: 10_003,
      key: 'EE',
      name: 'Enterprise Edition',
      projectCategory: { id: '1', name: 'Products' },
      lead: { name: 'olga' },
    }
    expect(readProject(json)).toMatchObject({
      id: '10003',
      key: 'EE',
      name: 'Enterprise Edition',
      category: 'Products',
      lead: { username: 'olga' },
    })
  })

  it('needs a key only', () => {
    expect(readProject({ key: 'EE' })).toStrictEqual({ key: 'EE', name: 'EE' })
    expect(readProject({ name: 'Enterprise Edition' })).toBeUndefined()
    expect(readProject(null)).toBeUndefined()
  })
})
