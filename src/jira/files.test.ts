import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { DomainError } from '../domain/errors.ts'
import { type JiraFileOptions, type JiraItem, readJiraFile } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'jira-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const moment = '2024-03-04T09:00:00.000+0100'
const self = 'https://jira.example.org/rest/api/2/x'

function anIssue(id: number) {
  return { id: String(id), key: `A-${id}`, self, fields: { summary: `Issue ${id} – ü 😀` } }
}

function aWorklog(id: number, issueId: number | undefined = 7) {
  const dates = { started: moment, created: moment, updated: moment }
  return { id: String(id), issueId, self, ...dates, timeSpentSeconds: 60 }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function items(path: string, options?: JiraFileOptions): Promise<JiraItem[]> {
  const found: JiraItem[] = []
  for await (const item of readJiraFile(path, options)) found.push(item)
  return found
}

async function short(path: string, options?: JiraFileOptions): Promise<string[]> {
  return (await items(path, options)).map(brief)
}

function brief(item: JiraItem): string {
  if (item.kind === 'issue') return item.issue.key
  if (item.kind === 'worklog') return `worklog ${item.worklog.id} of ${item.worklog.issueId}`
  if (item.kind === 'user') return `user ${item.user.displayName}`
  if (item.kind === 'project') return `project ${item.project.key}`
  if (item.kind === 'filter') return `filter ${item.filter.name}`
  if (item.kind === 'field') return `field ${item.field.id}`
  return item.kind === 'ignored' ? `ignored ${item.what}` : item.message
}

async function refusal(path: string): Promise<DomainError> {
  try {
    await items(path)
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('was read')
}

const documents: readonly [string, unknown, string[]][] = [
  [
    'a search result',
    { expand: 'names', startAt: 0, total: 2, names: {}, issues: [anIssue(1), anIssue(2)] },
    ['A-1', 'A-2'],
  ],
  ['a single issue', { ...anIssue(1), renderedFields: {}, changelog: {} }, ['A-1']],
  [
    'a single worklog',
    { ...aWorklog(1), properties: [{ key: 'a', value: 1 }] },
    ['worklog 1 of 7'],
  ],
  ['a list of issues', [anIssue(1), anIssue(2)], ['A-1', 'A-2']],
  ['a list of pages', [{ issues: [anIssue(1)] }, { issues: [anIssue(2)] }], ['A-1', 'A-2']],
  ['an issue under any key', { issueWithChangelog: anIssue(7) }, ['A-7']],
  ['a page of worklogs', { total: 1, worklogs: [aWorklog(1)] }, ['worklog 1 of 7']],
  [
    'a collection',
    {
      search: { total: 1, issues: [anIssue(1)] },
      users: [{ name: 'olga' }],
      projects: { isLast: true, values: [{ key: 'A' }] },
      filters: [{ id: '1', name: 'Mine', jql: '' }],
      fields: [{ id: 'summary' }],
    },
    ['A-1', 'user olga', 'project A', 'filter Mine', 'field summary'],
  ],
  ['projects as a list', { projects: [{ key: 'A' }, {}] }, ['project A', noKey()]],
  ['a worklog of no issue', { worklogs: [aWorklog(1, NaN)] }, [noIssue()]],
  [
    'broken entries',
    { issues: [{ id: 1 }, 5, null] },
    Array(3).fill('an issue has no id or no key'),
  ],
  ['nothing known', { a: 1 }, [neither()]],
  ['text', 'x', [neither()]],
]

describe('readJiraFile', () => {
  it.each(documents)('reads %s as a document', async (_name, json, expected) => {
    expect(await short(file('a.json', JSON.stringify(json, null, 2)))).toEqual(expected)
  })

  it.each(documents)('reads %s as a line', async (_name, json, expected) => {
    expect(await short(file('a.ndjson', JSON.stringify(json)))).toEqual(expected)
  })

  it('names each key it does not use once', async () => {
    const page = {
      issues: [],
      statuses: [{ id: 1 }],
      configuration: { a: 1 },
      total: 0,
      next: null,
    }
    const expected = ['ignored configuration', 'ignored statuses']
    expect((await short(file('a.json', JSON.stringify(page)))).sort()).toEqual(expected)
    const lines = `${JSON.stringify(page)}\n${JSON.stringify(page)}\n`
    expect((await short(file('a.jsonl', lines))).sort()).toEqual(expected)
  })

  it('tells where each line was, and how far the file is read', async () => {
    const lines = [JSON.stringify(anIssue(1)), '', '  ', JSON.stringify(aWorklog(2))]
    const path = file('a.ndjson', `\ufeff${lines.join('\r\n')}`)
    const [first, second] = await items(path)
    const bytesTotal = Buffer.byteLength(`\ufeff${lines.join('\r\n')}`)
    expect(first?.at).toEqual({ file: path, line: 1, byte: 0, bytesRead: bytesTotal, bytesTotal })
    expect(second?.at).toMatchObject({ line: 4, byte: Buffer.byteLength(`\ufeff${lines[0]}`) + 8 })
    expect(second).toMatchObject({ kind: 'worklog', baseUrl: 'https://jira.example.org' })
  })

  it('unpacks by the first bytes, whatever the name says', async () => {
    const packed = gzipSync(JSON.stringify(anIssue(1)))
    for (const name of ['a.ndjson.gz', 'a.jsonl.gz', 'a.json.gz', 'a.json', 'A.JSON.GZ']) {
      const path = file(name, packed)
      expect(await short(path)).toEqual(['A-1'])
      expect((await items(path))[0]?.at.bytesTotal).toBe(packed.length)
    }
    expect(await short(file('b.json.gz', JSON.stringify(anIssue(1))))).toEqual(['A-1'])
  })

  it('reads a file whose name tells nothing when told the format', async () => {
    const path = file('upload', JSON.stringify(anIssue(1)))
    expect(await short(path, { format: 'json' })).toEqual(['A-1'])
    expect(await short(path, { format: 'lines' })).toEqual(['A-1'])
  })

  it('stops reading when the caller does', async () => {
    const path = file('a.ndjson', `${JSON.stringify(anIssue(1))}\n`.repeat(50_000))
    for await (const item of readJiraFile(path)) {
      expect(item.at.bytesRead).toBeLessThan(item.at.bytesTotal)
      break
    }
  })

  it('reads the same from a document and from lines, wherever the chunks are cut', async () => {
    const jsonText = fc.array(fc.string({ unit: 'grapheme', maxLength: 400_000 }), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(jsonText, fc.integer({ min: 0, max: 600_000 }), async (texts, padding) => {
        const issues = [`${' '.repeat(padding)}é`, ...texts].map((summary, id) => ({
          ...anIssue(id),
          fields: { summary, customfield_1: { [summary.slice(-9)]: [id, null, true, -1.5e3] } },
        }))
        const lines = issues.map((issue) => JSON.stringify(issue)).join('\n')
        const fromLines = await items(file('p.ndjson', lines))
        const fromDocument = await items(file('p.json', JSON.stringify({ issues })))
        expect(fromDocument.map(({ at: _at, ...item }) => item)).toEqual(
          fromLines.map(({ at: _at, ...item }) => item),
        )
        expect(fromLines).toHaveLength(issues.length)
      }),
      { numRuns: 15 },
    )
  })

  describe('refuses', () => {
    const good = JSON.stringify(anIssue(1))

    it.each([
      ['a broken line', 'a.ndjson', `${good}\n{"id":`, 2, 'not JSON'],
      ['a broken document', 'a.json', `{\n"issues": [\n${good},\n}\n`, 4, 'not JSON'],
      ['a document that ends early', 'a.json', `{\n"issues": [\n${good}`, 3, 'ends early'],
      ['a second document', 'a.json', `${good}\n${good}`, 2, 'not JSON'],
      ['blanks', 'a.json', ' \n ', 2, 'ends early'],
      ['damaged gzip', 'a.json.gz', damaged(good), 1, 'the gzip data is damaged'],
      ['cut lines', 'a.ndjson.gz', cut(manyIssues('\n')), undefined, 'the gzip data ends early'],
      [
        'a cut list',
        'a.json.gz',
        cut(`[${manyIssues(',\n')}]`),
        undefined,
        'the gzip data ends early',
      ],
    ])('%s, naming file, line and reason', async (_name, name, content, line, reason) => {
      const path = file(name, content)
      const error = await refusal(path)
      expect(error.code).toBe('invalid')
      expect(error.details).toMatchObject({ file: path, reason: expect.stringContaining(reason) })
      if (line) expect(error.details.line).toBe(line)
      else expect(error.details.line).toBeGreaterThan(1)
      expect(error.message).toBe(`${path}, line ${error.details.line}: ${error.details.reason}`)
    })

    it.each([
      ['an empty file', () => file('a.json', ''), 'it is empty'],
      ['a missing file', () => join(folder, 'none.json'), 'there is no such file'],
      ['a folder', () => folderNamed('b.json'), 'it is a folder'],
      ['a spreadsheet', () => file('a.xlsx', 'x'), 'unknown kind of file'],
      ['gzip of who knows what', () => file('a.gz', gzipSync('{}')), 'unknown kind of file'],
    ])('%s', async (_name, path, reason) => {
      const error = await refusal(path())
      expect(error.code).toBe('invalid')
      expect(error.details.reason).toContain(reason)
    })
  })
})

function folderNamed(name: string): string {
  mkdirSync(join(folder, name), { recursive: true })
  return join(folder, name)
}

function damaged(text: string): Uint8Array {
  const bytes = gzipSync(text)
  bytes.fill(0xff, 10, 30)
  return bytes
}

function cut(text: string): Uint8Array {
  const bytes = gzipSync(text)
  return bytes.subarray(0, bytes.length / 2)
}

function manyIssues(separator: string): string {
  return Array.from({ length: 5000 }, (_, id) => JSON.stringify(anIssue(id))).join(separator)
}

function noKey(): string {
  return 'an entry of projects has no key'
}

function noIssue(): string {
  return 'worklog 1: skipped, as it names no issue'
}

function neither(): string {
  return 'neither an issue nor a worklog nor a page of them'
}
