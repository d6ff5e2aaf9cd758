import { describe, expect, it } from 'vitest'
import { readWorklog } from './read.ts'

const created = '2024-03-04T17:00:00.000+0100'
const sound = {
  self: 'https://jira.example.org/rest/api/2/issue/7/worklog/11',
  id: '11',
  issueId: '7',
  author: { name: 'olga' },
  updateAuthor: { name: 'petra' },
  comment: 'Work',
  started: '2024-03-04T09:00:00.000+0100',
  created,
  updated: '2024-03-05T17:00:00.000+0100',
  timeSpent: '1h 30m',
  timeSpentSeconds: 5400,
}

function read(change: Record<string, unknown>) {
  const warnings: string[] = []
  return { worklog: readWorklog({ ...sound, ...change }, warnings), warnings }
}

describe('readWorklog', () => {
  it('reads a sound entry', () => {
    const { worklog, warnings } = read({})
    expect(worklog).toStrictEqual({
      id: '11',
      issueId: '7',
      author: { username: 'olga', displayName: 'olga', isActive: true, groups: [] },
      updateAuthor: { username: 'petra', displayName: 'petra', isActive: true, groups: [] },
      comment: 'Work',
      started: { instant: Date.parse('2024-03-04T08:00:00Z'), offsetSeconds: 3600 },
      createdAt: Date.parse('2024-03-04T16:00:00Z'),
      updatedAt: Date.parse('2024-03-05T16:00:00Z'),
      timeSpentSeconds: 5400,
    })
    expect(warnings).toEqual([])
  })

  it('keeps ids as digits, whether number or text', () => {
    expect(read({ id: 11, issueId: 7 }).worklog).toMatchObject({ id: '11', issueId: '7' })
    expect(read({ id: '90071992547409931' }).worklog?.id).toBe('90071992547409931')
  })

  it.each([
    [{ created: undefined }, '2024-03-05T16:00:00Z', 'took updated'],
    [{ created: '2014-10-00T08:00:00.000+0100' }, '2024-03-05T16:00:00Z', 'took updated'],
    [{ created: null, updated: null }, '2024-03-04T08:00:00Z', 'took started'],
  ])('replaces the creation of %j', (change, utc, warning) => {
    const { worklog, warnings } = read(change)
    expect(worklog?.createdAt).toBe(Date.parse(utc))
    expect(warnings[0]).toContain(warning)
  })

  it('takes the creation for a missing change', () => {
    const { worklog, warnings } = read({ updated: undefined })
    expect(worklog?.updatedAt).toBe(Date.parse(created))
    expect(warnings).toEqual(['worklog 11: updated is unreadable (missing), took created'])
  })

  it.each([
    [{ started: undefined }, 'skipped, as started is unreadable (missing)'],
    [{ started: '2024-02-30T09:00:00.000+0100' }, 'skipped, as started is unreadable ("2024-02-30'],
    [{ timeSpentSeconds: -60 }, 'skipped, as its time is negative (-60 s)'],
    [{ timeSpentSeconds: null, timeSpent: 'soon' }, 'skipped, as its time is unreadable ("soon")'],
    [{ timeSpentSeconds: 'x', timeSpent: undefined }, 'skipped, as its time is unreadable'],
    [{ timeSpentSeconds: 1e300, timeSpent: undefined }, 'skipped, as its time is unreadable'],
  ])('skips %j and says why', (change, warning) => {
    const { worklog, warnings } = read(change)
    expect(worklog).toBeUndefined()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(`worklog 11: ${warning}`)
  })

  it.each([[null], ['text'], [[]], [{}], [{ id: 'x' }]])('skips %j', (json) => {
    const warnings: string[] = []
    expect(readWorklog(json, warnings)).toBeUndefined()
    expect(warnings).toEqual(['worklog without id: skipped'])
  })

  it('reads the time from its text where the seconds are missing', () => {
    expect(read({ timeSpentSeconds: undefined }).worklog?.timeSpentSeconds).toBe(5400)
    expect(read({ timeSpentSeconds: undefined }).warnings).toEqual([])
    const days = read({ timeSpentSeconds: undefined, timeSpent: '1d' })
    expect(days.worklog?.timeSpentSeconds).toBe(28_800)
    expect(days.warnings).toEqual([
      'worklog 11: has no seconds; "1d" was read as 8 hours a day, 5 days a week',
    ])
  })

  it.each([
    [5400.0, 5400],
    ['5400', 5400],
    [0, 0],
    [7_561_800, 7_561_800],
  ])('reads the seconds %j', (timeSpentSeconds, seconds) => {
    expect(read({ timeSpentSeconds }).worklog?.timeSpentSeconds).toBe(seconds)
  })

  it('reads an entry without author or comment', () => {
    const { worklog } = read({ author: undefined, updateAuthor: null, comment: undefined })
    expect(worklog).not.toHaveProperty('author')
    expect(worklog?.comment).toBe('')
    expect(read({ author: {} }).worklog?.author?.displayName).toBe('Former user')
  })

  it('reads a restriction', () => {
    const visibility = { type: 'role', value: 'Developers', identifier: 'Developers' }
    expect(read({ visibility }).worklog?.visibility).toEqual({ type: 'role', value: 'Developers' })
    expect(read({ visibility: null }).worklog).not.toHaveProperty('visibility')
    expect(read({ visibility: {} }).worklog).not.toHaveProperty('visibility')
    const byId = { type: 'group', identifier: '276f955c' }
    expect(read({ visibility: byId }).worklog?.visibility).toEqual({
      type: 'group',
      value: '276f955c',
    })
  })

  it('never loosens a restriction it cannot read', () => {
    const { worklog, warnings } = read({ visibility: { type: 'circle', value: 'x' } })
    expect(worklog?.visibility).toEqual({ type: 'role', value: 'x' })
    expect(warnings[0]).toContain('its visibility is unreadable')
    expect(read({ visibility: { type: 'group' } }).worklog?.visibility).toEqual({
      type: 'group',
      value: 'unknown',
    })
  })

  it('reads properties, clean', () => {
    const properties = [{ key: 'tempo\0', value: { note: 'a\0b', n: [1, '\ud800'] } }, { value: 1 }]
    expect(read({ properties }).worklog?.properties).toEqual({
      tempo: { note: 'ab', n: [1, '\ufffd'] },
    })
    expect(read({ properties: [] }).worklog).not.toHaveProperty('properties')
  })

  it('reads a v3 comment', () => {
    const comment = { type: 'doc', content: [{ content: [{ type: 'text', text: 'v3' }] }] }
    expect(read({ comment }).worklog?.comment).toBe('v3')
  })
})
