import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { parseJiraDate } from '../../src/jira/date.ts'
import { aClock, type HandClock } from '../clock.ts'
import { isAdf } from './adf.ts'
import { personFrom, projectFrom } from './load-people.ts'
import { objectOf } from './route.ts'
import { makeWorld, type World } from './world.ts'
import type { Issue, Worklog } from './world-types.ts'

type Json = Readonly<Record<string, unknown>>
type LoadWish = { readonly clock?: HandClock; readonly mostIssues?: number }

// The world computes these from what it holds.
const computed = new Set([
  'project',
  'worklog',
  'created',
  'updated',
  'timespent',
  'timetracking',
  'timeestimate',
  'timeoriginalestimate',
  'comment',
])
const people = new Set(['assignee', 'reporter', 'creator'])

/**
 * A world out of Jira's JSON: `.ndjson` with an issue per line, `.json` with one document, both
 * also as `.gz`. An id that comes twice counts once, as in a Jira; the clock stands an hour after
 * the last change unless it is past that already. `mostIssues` reads the beginning of files of lines.
 */
export async function loadWorldFrom(
  files: readonly string[],
  { clock = aClock(), mostIssues = Number.POSITIVE_INFINITY }: LoadWish = {},
): Promise<World> {
  const world = makeWorld({ clock })
  const loose: Json[] = []
  for (const file of files) {
    const isLines = /\.(ndjson|jsonl)(\.gz)?$/.test(file)
    if (isLines) await loadLines(world, file, mostIssues)
    else loadDocument(world, JSON.parse(await textOf(file)), loose)
  }
  for (const row of loose) loadLoose(world, row)
  settleClock(world)
  return world
}

async function loadLines(world: World, file: string, most: number): Promise<void> {
  let left = most
  for await (const line of linesOf(file)) {
    loadIssue(world, JSON.parse(line))
    left -= 1
    if (left <= 0) return
  }
}

function linesOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file)
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
}

async function textOf(file: string): Promise<string> {
  const lines: string[] = []
  for await (const line of linesOf(file)) lines.push(line)
  return lines.join('\n')
}

function loadDocument(world: World, document: unknown, loose: Json[]): void {
  const { issues, worklogs, users, projects, search, issueWithChangelog, fields } = objectOf(
    Array.isArray(document) ? { issues: document } : document,
  )
  for (const json of listOf(users)) personFrom(world, json)
  for (const json of listOf(projects)) projectFrom(world, json)
  for (const json of listOf(objectOf(projects).values)) projectFrom(world, json)
  for (const json of listOf(fields)) nameField(world, json)
  const found = [...listOf(issues), ...listOf(objectOf(search).issues), issueWithChangelog]
  for (const json of found) if (json !== undefined) loadIssue(world, objectOf(json))
  loose.push(...listOf(worklogs))
}

function listOf(json: unknown): Json[] {
  return Array.isArray(json) ? json.map(objectOf) : []
}

function nameField(world: World, { id, name, custom }: Json): void {
  if (custom === true) world.state.fieldNames.set(String(id), String(name))
}

function loadIssue(world: World, json: Json): void {
  const fields = objectOf(json.fields)
  const id = String(json.id)
  if (world.state.issues.has(id)) return
  const rows = listOf(objectOf(fields.worklog).worklogs)
  const spent = rows.reduce((sum, row) => sum + Number(row.timeSpentSeconds ?? 0), 0)
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (!computed.has(name)) kept[name] = people.has(name) ? personRef(world, value) : value
  }
  const created = momentOf(fields.created) ?? 0
  const issue = world.addIssue({
    project: projectFrom(world, objectOf(fields.project), String(json.key)),
    id,
    key: String(json.key),
    created,
    updated: momentOf(fields.updated) ?? created,
    timeSpentElsewhere: Number(fields.timespent ?? 0) - spent,
    fields: kept,
  })
  issue.originalEstimate = secondsOf(fields.timeoriginalestimate)
  issue.remainingEstimate = secondsOf(fields.timeestimate)
  const { updated } = issue
  for (const row of rows) loadWorklog(world, issue, row)
  // Loading is no change: the issue keeps the moment the file gave it.
  issue.updated = updated
}

function loadWorklog(world: World, issue: Issue, json: Json): void {
  const id = Number(json.id)
  if (world.state.worklogs.has(id)) return
  const author = json.author === undefined ? undefined : personFrom(world, objectOf(json.author))
  const updateAuthor =
    json.updateAuthor === undefined ? undefined : personFrom(world, objectOf(json.updateAuthor))
  const started = momentOf(json.started)
  const created = stampOf(issue, momentOf(json.created) ?? started ?? 0)
  world.logWork({
    issue,
    id,
    ...(author ? { author } : {}),
    ...(updateAuthor ? { updateAuthor } : {}),
    comment: commentOf(json.comment),
    started: started ?? created,
    created,
    updated: stampOf(issue, momentOf(json.updated) ?? created),
    timeSpentSeconds: Number(json.timeSpentSeconds ?? 0),
    visibility: visibilityOf(json.visibility),
    properties: listOf(json.properties).map(({ key, value }) => ({ key: String(key), value })),
  })
}

// Jira stamps rows itself, never before 1970: one CESAW entry says 0016, as its start may, but its
// stamp would stand in no feed.
function stampOf(issue: Issue, moment: number): number {
  return moment >= 0 ? moment : Math.max(0, issue.updated)
}

// A worklog beside the issues; one whose issue no file holds gets an issue without a face.
function loadLoose(world: World, json: Json): void {
  const { state } = world
  const id = String(json.issueId)
  const [project] = state.projects.values()
  const issue =
    state.issues.get(id) ??
    (project &&
      world.addIssue({
        project,
        id,
        summary: 'Not in the files',
        created: momentOf(json.created)!,
      }))
  if (issue) loadWorklog(world, issue, json)
}

function personRef(world: World, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null
  return { personId: personFrom(world, objectOf(value)).id }
}

function commentOf(json: unknown): Worklog['comment'] {
  if (json === undefined || json === null) return undefined
  return isAdf(json) ? json : String(json)
}

function visibilityOf(json: unknown): Worklog['visibility'] {
  const { type, value } = objectOf(json)
  return type === 'group' || type === 'role' ? { type, value: String(value) } : undefined
}

function momentOf(json: unknown): number | undefined {
  return typeof json === 'string' ? parseJiraDate(json)?.instant : undefined
}

function secondsOf(json: unknown): number | undefined {
  return typeof json === 'number' ? json : undefined
}

function settleClock({ state, clock }: World): void {
  let last = 0
  for (const { updated } of state.worklogs.values()) last = Math.max(last, updated)
  for (const { updated } of state.issues.values()) last = Math.max(last, updated)
  clock.set(Math.max(clock.now(), last + 3_600_000))
}
