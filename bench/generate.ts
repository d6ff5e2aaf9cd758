import type { SourceBatch, SourceIssue, SourceWorklog } from '../src/domain/ingest-source.ts'

export const scale = { people: 1_000, issues: 50_000, worklogs: 1_000_000, projects: 50 } as const

const dayMs = 86_400_000
const firstDay = Date.UTC(2023, 6, 3)
/** Eighteen months, as a company that has kept its hours for a while. */
const spanDays = 546

/** A small seeded generator: the same numbers on every machine. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const words = 'review build deploy fix test plan meet write read call draft merge'.split(' ')

/** The sample of the bench as a Jira would show it: issues in batches, each with its worklogs. */
export function* generate(worklogCount: number = scale.worklogs): Iterable<SourceBatch> {
  const next = random(42)
  const perIssue = worklogCount / scale.issues
  let worklogId = 1
  let owed = 0
  let issues: SourceIssue[] = []
  let size = 0
  for (let at = 0; at < scale.issues; at += 1) {
    owed += perIssue
    const worklogs: SourceWorklog[] = []
    for (; owed >= 1; owed -= 1) worklogs.push(worklog(worklogId++, at, next))
    issues.push(issue(at, worklogs))
    size += 1 + worklogs.length
    if (size < 2_000) continue
    yield batchOf(issues)
    ;[issues, size] = [[], 0]
  }
  if (issues.length > 0) yield batchOf(issues)
}

function batchOf(issues: readonly SourceIssue[]): SourceBatch {
  return { issues, worklogs: [], people: [], projects: [], filters: [], fields: [] }
}

function person(at: number) {
  return {
    key: `person${at}`,
    username: `person${at}`,
    displayName: `Person ${at}`,
    timeZone: 'Europe/Berlin',
    isActive: true,
    groups: [],
  }
}

function issue(at: number, worklogs: readonly SourceWorklog[]): SourceIssue {
  const project = at % scale.projects
  return {
    id: String(10_000 + at),
    key: `P${project}-${Math.floor(at / scale.projects) + 1}`,
    summary: `Issue ${at}: ${words[at % words.length]} the ${words[(at * 7) % words.length]} path`,
    issueType: { name: at % 3 === 0 ? 'Bug' : 'Task', isSubtask: false },
    status: { name: 'Done', category: 'done' },
    project: { id: String(100 + project), key: `P${project}`, name: `Project ${project}` },
    labels: [],
    components: [],
    fixVersions: [],
    affectedVersions: [],
    sprints: [],
    worklogTotal: worklogs.length,
    createdAt: firstDay + at * 600_000,
    updatedAt: firstDay + at * 600_000,
    oldKeys: [],
    fields: {},
    worklogs,
  }
}

function worklog(id: number, issueAt: number, next: () => number): SourceWorklog {
  const day = Math.floor(next() * spanDays)
  const started = firstDay + day * dayMs + (7 * 60 + Math.floor(next() * 40) * 15) * 60_000
  const author = person(Math.floor(next() * scale.people))
  return {
    id: String(id),
    author,
    updateAuthor: author,
    comment: `${words[Math.floor(next() * words.length)]} ${words[Math.floor(next() * words.length)]} ${issueAt}`,
    started: { instant: started, offsetSeconds: 0 },
    createdAt: started + 3_600_000,
    updatedAt: started + 3_600_000,
    timeSpentSeconds: (1 + Math.floor(next() * 16)) * 900,
  }
}
