import type {
  SourceField,
  SourceFilter,
  SourcePerson,
  SourceProject,
  SourceWorklog,
} from '../domain/ingest-source.ts'
import { readField, readFilter } from './read-catalogue.ts'
import { type JiraIssue, readIssue } from './read-issue.ts'
import {
  baseUrlOf,
  cleanText,
  idOf,
  isRecord,
  type JsonRecord,
  listOf,
  recordOf,
} from './read-json.ts'
import { readProject, readUser } from './read-user.ts'
import { readWorklog } from './read-worklog.ts'

/** One thing a file holds; `ignored` names a key we do not use, once per file. */
export type JiraContent =
  | { readonly kind: 'issue'; readonly issue: JiraIssue }
  | { readonly kind: 'worklog'; readonly worklog: SourceWorklog; readonly baseUrl?: string }
  | { readonly kind: 'user'; readonly user: SourcePerson; readonly baseUrl?: string }
  | { readonly kind: 'project'; readonly project: SourceProject; readonly baseUrl?: string }
  | { readonly kind: 'filter'; readonly filter: SourceFilter }
  | { readonly kind: 'field'; readonly field: SourceField }
  | { readonly kind: 'ignored'; readonly what: string }
  | { readonly kind: 'warning'; readonly message: string }

/** What an element of a list stands for, by the list's key. */
export type ListName = 'issues' | 'worklogs' | 'users' | 'projects' | 'filters' | 'fields'

/**
 * A piece of a file as the walk over it found it: an element of a known list, the value of another
 * key, or (`any`) a value of which only its shape tells what it is.
 */
export type Piece =
  | { readonly list: ListName | 'any'; readonly json: unknown }
  | { readonly key: string; readonly json: unknown }

const listNames = new Set(['issues', 'worklogs', 'users', 'projects', 'filters', 'fields'])
const innerLists: ReadonlyMap<string, ReadonlyMap<string, ListName>> = new Map([
  ['search', new Map<string, ListName>([['issues', 'issues']])],
  ['projects', new Map<string, ListName>([['values', 'projects']])],
])

// What Jira adds to every issue or page and nobody misses.
const bookkeeping = new Set([
  'editmeta',
  'expand',
  'names',
  'operations',
  'renderedFields',
  'schema',
  'transitions',
  'versionedRepresentations',
  'warningMessages',
])

/** The list a key of the outermost object announces, if it is an array. */
export function listAt(key: string): ListName | undefined {
  return listNames.has(key) ? (key as ListName) : undefined
}

/** The lists inside an object of the outermost object, such as `search.issues`. */
export function listsInside(key: string): ReadonlyMap<string, ListName> | undefined {
  return innerLists.get(key)
}

/** Whether a whole object is one thing, rather than an envelope of things. */
export function isWhole(json: JsonRecord): boolean {
  return isIssue(json) || isWorklog(json)
}

/** Turns a piece to content; `reported` remembers the ignored keys of the file. */
export function* contentOf(piece: Piece, reported: Set<string>): Iterable<JiraContent> {
  if ('key' in piece) yield* keyContent(piece.key, piece.json, reported)
  else if (piece.list !== 'any') yield* readers[piece.list](recordOf(piece.json))
  else if (Array.isArray(piece.json)) {
    for (const item of piece.json) yield* anyContent(recordOf(item), reported)
  } else yield* anyContent(recordOf(piece.json), reported)
}

function* keyContent(key: string, json: unknown, reported: Set<string>): Iterable<JiraContent> {
  if (isRecord(json) && isIssue(json)) yield* issueContent(json)
  else if (typeof json === 'object' && json && !bookkeeping.has(key) && !reported.has(key)) {
    reported.add(key)
    yield { kind: 'ignored', what: cleanText(key) }
  }
}

function* anyContent(json: JsonRecord, reported: Set<string>): Iterable<JiraContent> {
  if (isIssue(json)) yield* issueContent(json)
  else if (isWorklog(json)) yield* worklogContent(json)
  else if (Object.values(json).every((value) => typeof value !== 'object')) {
    yield { kind: 'warning', message: 'neither an issue nor a worklog nor a page of them' }
  } else {
    for (const [key, value] of Object.entries(json)) {
      for (const piece of piecesAt(key, value)) yield* contentOf(piece, reported)
    }
  }
}

function* piecesAt(key: string, value: unknown): Iterable<Piece> {
  const list = listAt(key)
  const inner = listsInside(key)
  if (Array.isArray(value) && list) for (const json of value) yield { list, json }
  else if (isRecord(value) && inner) {
    for (const [name, of] of inner) for (const json of listOf(value[name])) yield { list: of, json }
  } else yield { key, json: value }
}

type Reader = (json: JsonRecord) => Iterable<JiraContent>

const readers: Readonly<Record<ListName, Reader>> = {
  issues: issueContent,
  worklogs: worklogContent,
  users: function* (json) {
    const user = readUser(json)
    if (user && Object.keys(json).length > 0) yield { kind: 'user', user, ...addressOf(json) }
    else yield { kind: 'warning', message: 'an entry of users is no user' }
  },
  projects: function* (json) {
    const project = readProject(json)
    if (project) yield { kind: 'project', project, ...addressOf(json) }
    else yield { kind: 'warning', message: 'an entry of projects has no key' }
  },
  filters: function* (json) {
    const filter = readFilter(json)
    if (filter) yield { kind: 'filter', filter }
    else yield { kind: 'warning', message: 'an entry of filters has no id or no jql' }
  },
  fields: function* (json) {
    const field = readField(json)
    if (field) yield { kind: 'field', field }
    else yield { kind: 'warning', message: 'an entry of fields has no id' }
  },
}

function* issueContent(json: JsonRecord): Iterable<JiraContent> {
  if (idOf(json.id) !== undefined && typeof json.key === 'string' && json.key !== '') {
    yield { kind: 'issue', issue: readIssue(json) }
  } else yield { kind: 'warning', message: 'an issue has no id or no key' }
}

function* worklogContent(json: JsonRecord): Iterable<JiraContent> {
  const warnings: string[] = []
  const worklog = readWorklog(json, warnings)
  if (worklog && worklog.issueId === undefined) {
    warnings.push(`worklog ${worklog.id}: skipped, as it names no issue`)
  } else if (worklog) yield { kind: 'worklog', worklog, ...addressOf(json) }
  for (const message of warnings) yield { kind: 'warning', message }
}

function addressOf(json: JsonRecord): { readonly baseUrl?: string } {
  const baseUrl = baseUrlOf(json)
  return baseUrl === undefined ? {} : { baseUrl }
}

function isIssue(json: JsonRecord): boolean {
  return json.id !== undefined && typeof json.key === 'string' && isRecord(json.fields)
}

function isWorklog(json: JsonRecord): boolean {
  const hasTime = json.timeSpentSeconds !== undefined || json.timeSpent !== undefined
  return json.id !== undefined && json.started !== undefined && hasTime
}
