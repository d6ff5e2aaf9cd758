import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SourcePerson, SourceWorklog } from '../domain/ingest-source.ts'
import { localOf } from '../domain/zone.ts'
import { readJiraFile } from './files.ts'
import type { JiraIssue } from './read.ts'

const dataFolder = resolve(import.meta.dirname, '../../../shared/data')

type Read = {
  issues: JiraIssue[]
  worklogs: SourceWorklog[]
  users: SourcePerson[]
  kinds: Record<string, number>
  warnings: string[]
  ignored: string[]
}

describe.skipIf(!existsSync(dataFolder))(`real data (skipped without ${dataFolder})`, () => {
  describe('jira-duraspace-2014', () => {
    const data = reading('jira-duraspace-2014.ndjson.gz')

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({ issue: 3036 })
      expect(data.worklogs).toHaveLength(155)
      expect(data.warnings).toEqual([])
      expect(authors(data.worklogs)).toBe(19)
    })

    it('reads entries of several days, edited entries and empty comments', () => {
      const long = data.worklogs.filter((entry) => entry.timeSpentSeconds > 86_400)
      expect(long).toHaveLength(5)
      expect(Math.max(...long.map((entry) => entry.timeSpentSeconds))).toBe(691_200)
      expect(count(data.worklogs, (entry) => entry.updatedAt !== entry.createdAt)).toBe(10)
      expect(count(data.worklogs, (entry) => entry.comment === '')).toBe(38)
    })

    it('keeps the offsets of a Jira that has summer time', () => {
      const offsets = new Set(data.worklogs.map((entry) => entry.started.offsetSeconds))
      expect([...offsets].sort()).toEqual([-18_000, -21_600, 0])
    })

    it('knows people by username only', () => {
      for (const { author } of data.worklogs) {
        expect(author?.username).toBeTruthy()
        expect(author?.accountId ?? author?.timeZone).toBeUndefined()
      }
      expect(count(data.issues, (issue) => issue.assignee?.isActive === false)).toBe(23)
      expect(count(data.issues, (issue) => issue.reporter?.isActive === false)).toBe(15)
    })

    it('finds the old keys of moved issues', () => {
      expect(count(data.issues, (issue) => issue.oldKeys.length > 0)).toBe(55)
      expect(find(data.issues, 'DURACLOUD-563').oldKeys).toContain('DURACLOUDPRIV-126')
    })

    it('tells a hidden entry by its total', () => {
      const hidden = find(data.issues, 'ISLANDORA-200')
      expect(hidden).toMatchObject({ worklogTotal: 1, timeSpentSeconds: 10_800, worklogs: [] })
    })

    it('reads sub-tasks, sprints written by toString, and a change without author', () => {
      expect(count(data.issues, (issue) => issue.issueType?.isSubtask === true)).toBe(140)
      expect(data.issues.flatMap((issue) => issue.sprints)).toContain('Sprint 3')
      expect(data.issues.flatMap((issue) => issue.sprints)).toContain('DuraCloud 2.4')
      expect(find(data.issues, 'FCREPO-245').key).toBe('FCREPO-245')
    })
  })

  describe('jira-apache-2014', () => {
    const data = reading('jira-apache-2014.ndjson.gz')

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({ issue: 501 })
      expect(data.worklogs).toHaveLength(22)
      expect(new Set(data.issues.map((issue) => issue.project.key)).size).toBe(21)
      expect(count(data.issues, (issue) => issue.oldKeys.length > 0)).toBe(11)
      expect(count(data.issues, (issue) => issue.issueType?.isSubtask === true)).toBe(84)
      expect(data.warnings).toEqual([])
    })

    it('keeps the context path in the base address', () => {
      expect(data.issues[0]?.baseUrl).toBe('https://apache-jira.example.org/jira')
    })
  })

  describe('jira-apache-arrow-2022', () => {
    const data = reading('jira-apache-arrow-2022.ndjson.gz')

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({ issue: 18_285 })
      expect(data.worklogs).toHaveLength(65)
      expect(sum(data.issues, (issue) => issue.worklogTotal ?? 0)).toBe(118)
      expect(data.warnings).toEqual([])
    })

    it('tells a list cut off after 20 entries by its total', () => {
      const totals = ['ARROW-25', 'ARROW-47'].map((key) => find(data.issues, key))
      expect(totals.map((issue) => issue.worklogTotal)).toEqual([67, 26])
      expect(totals.map((issue) => issue.worklogs.length)).toEqual([20, 20])
    })

    it("keeps Jira's own total apart from the sum of the entries", () => {
      const issue = find(data.issues, 'ARROW-45')
      expect(issue.timeSpentSeconds).toBe(7800)
      expect(issue.worklogs.map((entry) => entry.timeSpentSeconds)).toEqual(Array(16).fill(600))
      expect(find(data.issues, 'ARROW-47').timeSpentSeconds).toBe(15_000)
    })

    it('knows a total where no entries were fetched, and issues nobody reported', () => {
      const totalOnly = (issue: JiraIssue) =>
        issue.timeSpentSeconds !== undefined && issue.worklogTotal === undefined
      expect(count(data.issues, totalOnly)).toBe(10_667)
      expect(count(data.issues, (issue) => issue.reporter === undefined)).toBe(24)
    })
  })

  describe('jira-apache-2025', () => {
    const data = reading('jira-apache-2025.ndjson.gz')

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({ issue: 364 })
      expect(data.worklogs).toHaveLength(42)
      expect(sum(data.issues, (issue) => issue.worklogTotal ?? 0)).toBe(89)
      expect(find(data.issues, 'HADOOP-17725')).toMatchObject({ worklogTotal: 48 })
      expect(find(data.issues, 'HADOOP-18033')).toMatchObject({ worklogTotal: 39 })
      expect(data.warnings).toEqual([])
    })
  })

  describe('jira-cloud-devlake', () => {
    const data = reading('jira-cloud-devlake.json')
    const loose = () => data.worklogs.slice(6)

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({ issue: 33, worklog: 30, user: 30, project: 12, ignored: 4 })
      expect(data.worklogs).toHaveLength(36)
      expect(new Set(data.worklogs.map((entry) => entry.id)).size).toBe(30)
      expect(data.ignored).toEqual(['changelogByIssueId', 'statuses', 'issueTypes', 'sprints'])
      expect(data.warnings).toEqual([])
    })

    it('gives entries of issues the file does not hold', () => {
      const known = new Set(data.issues.map((issue) => issue.id))
      const unknown = new Set(loose().map((entry) => entry.issueId))
      expect(unknown.size).toBe(14)
      expect([...unknown].filter((id) => !known.has(id ?? ''))).toHaveLength(9)
    })

    it('reads missing comments, inactive authors, offsets and account ids', () => {
      expect(count(loose(), (entry) => entry.comment === '')).toBe(5)
      expect(count(loose(), (entry) => entry.author?.isActive === false)).toBe(6)
      for (const { author, started } of loose()) {
        expect(author).toMatchObject({ timeZone: 'Asia/Shanghai' })
        expect(author?.accountId).toBeTruthy()
        expect(started.offsetSeconds).toBe(28_800)
      }
    })

    it('keeps CJK texts and zero-width spaces, and the category no language touches', () => {
      expect(count(data.issues, (issue) => /\p{Script=Han}/u.test(issue.summary))).toBe(30)
      expect(find(data.issues, 'EE-1').summary.startsWith('\u200b')).toBe(true)
      expect(find(data.issues, 'EE-1').status).toEqual({
        name: '已完成',
        category: 'new',
      })
      expect(data.issues.flatMap((issue) => issue.sprints)).toContain('EE Sprint 7')
    })
  })

  describe('timetracker-jira-cloud', () => {
    const data = reading('timetracker-jira-cloud.json')

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({
        issue: 7,
        user: 5,
        project: 1,
        field: 44,
        filter: 1,
        ignored: 9,
      })
      expect(data.worklogs).toHaveLength(13)
      expect(data.ignored).toContain('issueWorklogPages')
    })

    it('keeps entries whose ids repeat, even inside one issue', () => {
      const ids = data.worklogs.map((entry) => entry.id)
      expect(new Set(ids).size).toBeLessThan(ids.length)
      const { worklogs } = find(data.issues, 'TIME-6')
      expect(worklogs.map((entry) => entry.id)).toEqual(['10000', '10000'])
    })

    it('replaces a day that does not exist, and says so', () => {
      expect(data.warnings).toEqual([
        expect.stringContaining('TIME-6: worklog 10000: created is unreadable ("2014-10-00T'),
        expect.stringContaining('took updated'),
      ])
    })

    it("keeps the offset Jira wrote beside the author's own zone", () => {
      const entry = data.worklogs[0]
      expect(entry?.author?.timeZone).toBe('Europe/Moscow')
      expect(entry?.started.offsetSeconds).toBe(3600)
    })

    it('reads work logged ahead and entries edited later', () => {
      const ahead = (entry: SourceWorklog) => entry.started.instant > entry.createdAt
      expect(count(data.worklogs, ahead)).toBe(8)
      // The README counts 10; the two of TIME-6 have no readable creation and took the change.
      expect(count(data.worklogs, (entry) => entry.updatedAt !== entry.createdAt)).toBe(8)
    })

    it('reads a person of whom only a name and groups are left', () => {
      expect(data.users).toContainEqual({
        username: 'noSuchUser',
        accountId: 'accountId-noSuchUser-accountId',
        displayName: 'noSuchUser',
        isActive: true,
        groups: ['noGroup'],
      })
      expect(data.users[0]?.groups).toEqual([
        'jira-administrators',
        'jira-developers',
        'jira-users',
      ])
    })
  })

  describe('timelog-sip', () => {
    const data = reading('timelog-sip.ndjson.gz')

    it('has the counts of its README', () => {
      expect(data.kinds).toEqual({ issue: 10_266 })
      expect(data.worklogs).toHaveLength(12_299)
      expect(authors(data.worklogs)).toBe(22)
      expect(data.warnings).toEqual([])
    })

    it('reads totals of weeks, odd seconds and midnights', () => {
      const times = data.worklogs.map((entry) => entry.timeSpentSeconds)
      expect(count(times, (seconds) => seconds > 86_400)).toBe(752)
      expect(Math.max(...times)).toBe(7_561_800)
      expect(count(times, (seconds) => seconds % 60 !== 0)).toBe(1108)
      expect(count(times, (seconds) => seconds === 36)).toBe(2)
      expect(data.worklogs.every((entry) => startTime(entry) === '00:00:00')).toBe(true)
      expect(data.worklogs.every((entry) => entry.comment === '')).toBe(true)
      expect(count(data.worklogs, (entry) => entry.started.instant > entry.createdAt)).toBe(2)
    })
  })

  describe('timelog-cesaw', () => {
    it('streams 178 MB with the counts of its README', async () => {
      const seen = { issues: 0, worklogs: 0, zero: 0, zeroIssues: 0, over24: 0, longest: 0 }
      const odd = { year16: 0, midnight: 0, over20: 0, most: '', mostEntries: 0, interrupted: 0 }
      const people = new Set<string | undefined>()
      const projects = new Set<string>()
      const memory = { start: process.memoryUsage().rss, peak: 0 }
      for await (const item of readJiraFile(resolve(dataFolder, 'timelog-cesaw.ndjson.gz'))) {
        if (item.kind !== 'issue') throw new Error(`unexpected ${item.kind}`)
        const { issue } = item
        seen.issues += 1
        projects.add(issue.project.key)
        seen.zeroIssues += issue.timeSpentSeconds === 0 ? 1 : 0
        odd.over20 += issue.worklogs.length > 20 ? 1 : 0
        if (issue.worklogs.length > odd.mostEntries) {
          odd.most = issue.key
          odd.mostEntries = issue.worklogs.length
        }
        for (const entry of issue.worklogs) {
          seen.worklogs += 1
          people.add(entry.author?.username)
          seen.zero += entry.timeSpentSeconds === 0 ? 1 : 0
          seen.over24 += entry.timeSpentSeconds > 86_400 ? 1 : 0
          seen.longest = Math.max(seen.longest, entry.timeSpentSeconds)
          odd.midnight += entry.started.instant % 86_400_000 === 0 ? 1 : 0
          odd.interrupted += entry.properties ? 1 : 0
          if (entry.started.instant < -6e13) {
            odd.year16 += 1
            expect(localOf(entry.started.instant, 0)).toEqual({
              day: '0016-01-11',
              startTime: '16:22:26',
            })
          }
        }
        if (seen.issues % 1000 === 0) {
          memory.peak = Math.max(memory.peak, process.memoryUsage().rss)
        }
        expect(issue.warnings).toEqual([])
      }
      expect(seen).toEqual({
        issues: 51_657,
        worklogs: 203_620,
        zero: 990,
        zeroIssues: 75,
        over24: 14,
        longest: 201_600,
      })
      expect(odd).toEqual({
        year16: 1,
        midnight: 51,
        over20: 1347,
        most: 'P617-494094',
        mostEntries: 439,
        interrupted: 24_613,
      })
      expect([people.size, projects.size]).toEqual([246, 45])
      // Held whole, the file and its objects would take well over 500 MB.
      expect(memory.peak - memory.start).toBeLessThan(300e6)
    })
  })
})

function reading(file: string): Read {
  const read: Read = {
    issues: [],
    worklogs: [],
    users: [],
    kinds: {},
    warnings: [],
    ignored: [],
  }
  beforeAll(async () => {
    for await (const item of readJiraFile(resolve(dataFolder, file))) {
      read.kinds[item.kind] = (read.kinds[item.kind] ?? 0) + 1
      if (item.kind === 'issue') {
        read.issues.push(item.issue)
        read.worklogs.push(...item.issue.worklogs)
        read.warnings.push(...item.issue.warnings)
      } else if (item.kind === 'worklog') read.worklogs.push(item.worklog)
      else if (item.kind === 'user') read.users.push(item.user)
      else if (item.kind === 'ignored') read.ignored.push(item.what)
      else if (item.kind === 'warning') read.warnings.push(item.message)
    }
  })
  return read
}

function find(issues: readonly JiraIssue[], key: string): JiraIssue {
  const issue = issues.find((candidate) => candidate.key === key)
  if (!issue) throw new Error(`no ${key}`)
  return issue
}

function count<T>(values: readonly T[], claim: (value: T) => boolean): number {
  return values.filter(claim).length
}

function sum<T>(values: readonly T[], amount: (value: T) => number): number {
  return values.reduce((total, value) => total + amount(value), 0)
}

function authors(worklogs: readonly SourceWorklog[]): number {
  return new Set(worklogs.map((entry) => entry.author?.accountId ?? entry.author?.username)).size
}

function startTime(entry: SourceWorklog): string {
  return localOf(entry.started.instant, entry.started.offsetSeconds).startTime
}
