import { describe, expect, it } from 'vitest'
import { renameGroupInJql } from './rename-group.ts'

describe('a group under another name', () => {
  it.each([
    ['assignee in membersOf(ops)', 'assignee in membersOf(it)'],
    ['assignee in membersOf("ops") AND x = 1', 'assignee in membersOf(it) AND x = 1'],
    [
      "assignee in\n  (MembersOf( 'ops' ), ann)\nORDER BY key",
      'assignee in\n  (MembersOf( it), ann)\nORDER BY key',
    ],
    ['a in membersOf(ops) OR b in membersOf(ops)', 'a in membersOf(it) OR b in membersOf(it)'],
    ['assignee in membersOf("ops two") OR summary ~ "membersOf(ops)"', undefined],
    ['assignee = ops AND ops = membersOf', undefined],
    ['no "JQL membersOf(ops)', undefined],
    ['', undefined],
  ])('%s', (text, renamed) => {
    expect(renameGroupInJql(text, 'ops', 'it')).toBe(renamed ?? text)
  })

  it('is quoted where it must be', () => {
    const renamed = renameGroupInJql('assignee in membersOf(ops)', 'ops', 'it "and" order')
    expect(renamed).toBe('assignee in membersOf("it \\"and\\" order")')
    expect(renameGroupInJql(renamed, 'it "and" order', 'ops')).toBe('assignee in membersOf(ops)')
  })
})
