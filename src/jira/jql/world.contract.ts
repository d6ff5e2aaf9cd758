import { parseDay } from '../../domain/day.ts'
import type { GroupId } from '../../domain/group.ts'
import type { FieldDefinition, Issue, IssueId } from '../../domain/issue.ts'
import type { IssueNameField } from '../../domain/issue-query.ts'
import type { PersonId } from '../../domain/person.ts'
import type { ProjectId } from '../../domain/project.ts'
import { type ConnectionId, ownConnection } from '../../domain/site.ts'
import type { Worklog } from '../../domain/worklog.ts'
import { instantOf, localIn } from '../../domain/zone.ts'
import type { Dice } from './random.contract.ts'

/** A small company as plain data: what tests look names up in and evaluate queries over. */
export type World = {
  readonly people: readonly WorldPerson[]
  readonly groups: readonly {
    readonly id: GroupId
    readonly name: string
    readonly members: readonly number[]
  }[]
  readonly projects: readonly WorldProject[]
  readonly issues: readonly WorldIssue[]
  readonly worklogs: readonly WorldWorklog[]
}

export type WorldPerson = {
  readonly id: PersonId
  readonly username: string
  readonly email: string
  readonly zone: string
}

export type WorldProject = {
  readonly id: ProjectId
  readonly key: string
  readonly name: string
  readonly jiraId: string
  readonly category: string | null
  readonly lead: number | null
}

/** `assigneeId` and the like hold numbers of people until a database has given them ids. */
export type WorldIssue = Omit<Issue, 'version'>
export type WorldWorklog = Pick<
  Worklog,
  'issueId' | 'authorId' | 'startedAt' | 'day' | 'comment' | 'visibility' | 'timeSpentSeconds'
>

export const worldNames: Readonly<Partial<Record<IssueNameField, readonly string[]>>> = {
  status: ['Open', 'In Progress', 'Done'],
  issueType: ['Bug', 'Story', 'Sub-task'],
  priority: ['Low', 'Medium', 'High'],
  resolution: ['Fixed', "Won't Fix"],
  labels: ['red', 'Green', 'two words'],
  components: ['api', 'Web UI'],
  fixVersions: ['1.0', '2.0'],
  affectedVersions: ['1.0', '0.9'],
  sprints: ['Sprint 1', 'Sprint 2'],
  securityLevel: ['Secret', 'Staff'],
  projectCategory: ['Internal'],
}

const categoryOfStatus = ['new', 'indeterminate', 'done']

export const worldWords = ['alpha', 'beta', 'gamma', 'delta', 'Über', 'x1']

/** Saved filters: one plain, one leading to another, one to itself. */
export const worldFilters = [
  { id: '10001', name: 'Mine', jql: 'assignee = alice OR worklogAuthor = alice ORDER BY key' },
  { id: '10002', name: 'Nested', jql: 'filter = Mine AND status != Done' },
  { id: '10003', name: 'Round', jql: 'status = Open OR filter = Round' },
  { id: '10004', name: 'Broken', jql: 'status =' },
  { id: '10005', name: 'All', jql: 'order by created' },
  { id: '10006', name: 'Logged', jql: 'worklogAuthor in membersOf(developers)' },
] as const

const field = (id: number, name: string, type: string): FieldDefinition => ({
  connectionId: ownConnection,
  id: `customfield_${id}`,
  name,
  isCustom: true,
  type,
  clauseNames: [`cf[${id}]`, name],
})

export const worldFields: readonly FieldDefinition[] = [
  field(10001, 'Story Points', 'number'),
  field(10002, 'Notes', 'string'),
  field(10003, 'Target', 'date'),
  field(10004, 'Reviewed', 'datetime'),
  field(10005, 'Approver', 'user'),
  field(10006, 'Color', 'option'),
  field(10007, 'Tags', 'array'),
  field(10008, 'Crew', 'group'),
  { ...field(1, 'Summary', 'string'), id: 'summary', isCustom: false },
]

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC', 'Pacific/Kiritimati']
const names = ['alice', 'bob', 'carol', 'dave', 'erin']

/** A company with ids of its own: person 1 is alice. */
export function makeWorld(dice: Dice, size = { issues: 120, worklogs: 500 }): World {
  const people = names.map((username, at) => ({
    id: String(at + 1) as PersonId,
    username,
    email: `${username}@example.com`,
    zone: zones[at]!,
  }))
  const groups = [
    { id: '1' as GroupId, name: 'developers', members: [0, 1] },
    { id: '2' as GroupId, name: 'testers', members: [2] },
    { id: '3' as GroupId, name: 'nobody', members: [] },
  ]
  const projects: WorldProject[] = [
    {
      id: '1' as ProjectId,
      key: 'ABC',
      name: 'Alpha',
      jiraId: '10100',
      category: 'Internal',
      lead: 0,
    },
    { id: '2' as ProjectId, key: 'XYZ', name: 'X and Y', jiraId: '10200', category: null, lead: 1 },
  ]
  const issues = Array.from({ length: size.issues }, (_, at) => makeIssue(dice, at, projects))
  const worklogs = Array.from({ length: size.worklogs }, () => makeWorklog(dice, issues, people))
  return { people, groups, projects, issues, worklogs }
}

function makeIssue(dice: Dice, at: number, projects: readonly WorldProject[]): WorldIssue {
  const maybe = <T>(make: () => T): T | null => (dice.chance(0.75) ? make() : null)
  const oneOf = (of: IssueNameField) => maybe(() => dice.pick(worldNames[of]!))
  const someOf = (of: IssueNameField) => [
    ...new Set(dice.some(0, 2, () => dice.pick(worldNames[of]!))),
  ]
  const person = () => maybe(() => String(1 + dice.below(names.length)) as PersonId)
  const project = projects[at % 2]!
  const status = oneOf('status')
  const level = maybe(() => dice.pick(worldNames.securityLevel!))
  const fields: Record<string, unknown> =
    level && dice.chance(0.5) ? { security: { name: level } } : {}
  if (dice.chance(0.6)) fields.customfield_10001 = dice.pick([0, 1, 2.5, 8])
  if (dice.chance(0.6)) fields.customfield_10002 = someText(dice)
  if (dice.chance(0.5)) fields.description = someText(dice)
  if (dice.chance(0.5))
    fields.customfield_10003 = dice.pick(['2026-02-28', '2026-03-02', '2026-03-29'])
  if (dice.chance(0.5))
    fields.customfield_10004 = dice.pick([
      '2026-03-02T09:30:20.000+0100',
      '2026-03-29T00:59:59.999Z',
      'odd',
    ])
  if (dice.chance(0.5)) fields.customfield_10005 = { accountId: `account ${dice.pick(names)}` }
  if (dice.chance(0.5)) fields.customfield_10006 = { id: '7', value: dice.pick(['Red', 'Blue']) }
  if (dice.chance(0.6)) fields.customfield_10007 = dice.some(0, 2, () => dice.pick(['one', 'Two']))
  if (dice.chance(0.4)) fields.customfield_10008 = { name: dice.pick(['developers', 'testers']) }
  const seconds = () => maybe(() => dice.pick([0, 1800, 3600, 7200, 28_800]))
  return {
    id: String(at + 1) as IssueId,
    connectionId: 0 as ConnectionId,
    jiraId: String(20_001 + at),
    projectId: project.id,
    key: `${project.key}-${at + 1}`,
    summary: someText(dice),
    issueType: oneOf('issueType'),
    isSubtask: dice.chance(0.3),
    status,
    statusCategory: status && categoryOfStatus[worldNames.status!.indexOf(status)]!,
    priority: oneOf('priority'),
    resolution: dice.chance(0.4) ? null : oneOf('resolution'),
    assigneeId: person(),
    reporterId: person(),
    creatorId: person(),
    parentJiraId: dice.chance(0.3) ? String(20_001 + dice.below(10)) : null,
    labels: someOf('labels'),
    components: someOf('components'),
    fixVersions: someOf('fixVersions'),
    affectedVersions: someOf('affectedVersions'),
    sprints: someOf('sprints'),
    originalEstimateSeconds: seconds(),
    remainingEstimateSeconds: seconds(),
    reportedTimeSpentSeconds: seconds(),
    reportedWorklogCount: null,
    dueDay: maybe(() =>
      parseDay(dice.pick(['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-29'])),
    ),
    createdAt: maybe(() => someInstant(dice)),
    updatedAt: maybe(() => someInstant(dice)),
    resolvedAt: dice.chance(0.4) ? someInstant(dice) : null,
    fields,
    isGhost: false,
  }
}

function makeWorklog(
  dice: Dice,
  issues: readonly WorldIssue[],
  people: readonly WorldPerson[],
): WorldWorklog {
  const author = dice.pick(people)
  const startedAt = someInstant(dice)
  return {
    // A fifth of the issues stays without work.
    issueId: issues[dice.below(Math.ceil(issues.length * 0.8))]!.id,
    authorId: author.id,
    startedAt,
    day: localIn(author.zone, startedAt).day,
    comment: dice.chance(0.3) ? '' : someText(dice),
    visibility: dice.chance(0.8)
      ? null
      : dice.pick([
          { type: 'group' as const, value: 'developers' },
          { type: 'group' as const, value: 'testers' },
          { type: 'role' as const, value: 'developers' },
        ]),
    timeSpentSeconds: 600,
  }
}

function someText(dice: Dice): string {
  return dice.some(0, 4, () => dice.pick(worldWords)).join(dice.pick([' ', '-', ': ', '/', '_']))
}

// Around the days the queries name, the two clock changes of spring 2026 among them.
function someInstant(dice: Dice): number {
  const day = parseDay(
    dice.pick(['2025-12-31', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-08', '2026-03-29']),
  )
  const { instant } = instantOf(day, '00:00', dice.pick(zones))
  return (
    instant +
    dice.pick([-1, 0, 1, 59_999, 60_000, 3_600_000, 36_000_000]) +
    dice.below(2) * 1800_000
  )
}
