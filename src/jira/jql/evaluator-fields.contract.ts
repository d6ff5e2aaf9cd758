import type { Viewer } from '../../domain/permission.ts'
import type { PersonId } from '../../domain/person.ts'
import type { JqlFunction, JqlValue } from './ast.ts'
import { ordered } from './evaluator.contract.ts'
import { customFacts } from './evaluator-custom.contract.ts'
import type { EvaluatorClock } from './evaluator-dates.contract.ts'
import { type World, type WorldIssue, type WorldWorklog, worldNames } from './world.contract.ts'

type Single = JqlValue | JqlFunction
type Match = (value: unknown, operator: string, operand: Single) => boolean

/** What an evaluation knows. */
export type Facts = {
  readonly world: World
  readonly viewer: Viewer
  readonly me: PersonId
  readonly clock: EvaluatorClock
  readonly zoneOfDays: 'caller' | 'author'
}

/** The values a field has, and how one of them is compared. */
export type IssueFacts = {
  readonly values: readonly unknown[]
  readonly type: 'people' | 'text' | 'minute' | 'day' | 'zoned-day' | Match
}

export const isNamed: Match = (value, _, operand) =>
  operand.kind === 'value' && String(value).toLowerCase() === operand.text.toLowerCase()

export const there = (...values: readonly unknown[]) =>
  values.filter((value) => value !== null && value !== undefined && value !== '')

const seconds: Match = (value, operator, operand) => {
  const text = (operand as JqlValue).text
  const [, hours, minutes] = /^(?:(\d+)h)?\s?(?:(\d+)m?)?$/.exec(text)!
  return ordered(Number(value), operator, Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60)
}

export const number: Match = (value, operator, operand) =>
  ordered(Number(value), operator, Number((operand as JqlValue).text))

export const json = (value: unknown) => value as Readonly<Record<string, unknown>>

/** The people an operand means. */
export function namedPeople(operand: Single, { world, me }: Facts): readonly string[] {
  if (operand.kind === 'value')
    return world.people
      .filter(({ username, email }) => [username, email].includes(operand.text.toLowerCase()))
      .map(({ id }) => id)
  if (operand.name === 'currentUser') return [me]
  const group = world.groups.find(({ name }) => name === operand.args[0])!
  return group.members.map((at) => world.people[at]!.id)
}

export function worklogWhere(worklog: WorldWorklog, name: string, facts: Facts): IssueFacts {
  if (name === 'worklogAuthor') return { values: [worklog.authorId], type: 'people' }
  if (name === 'worklogComment') return { values: there(worklog.comment), type: 'text' }
  return facts.zoneOfDays === 'author'
    ? { values: [worklog.day], type: 'day' }
    : { values: [worklog.startedAt], type: 'zoned-day' }
}

export function fieldFacts(issue: WorldIssue, name: string, facts: Facts): IssueFacts {
  const { world } = facts
  const { fields } = issue
  const project = world.projects.find(({ id }) => id === issue.projectId)!
  switch (name) {
    case 'project':
      return {
        values: [project],
        type: (_, __, operand) =>
          operand.kind === 'value'
            ? isNamed(project.key, '=', operand) ||
              isNamed(project.name, '=', operand) ||
              project.jiraId === operand.text
            : namedPeople(
                operand.args.length > 0 ? textOperand(operand.args[0]!) : currentUser,
                facts,
              ).includes(world.people[project.lead!]!.id),
      }
    case 'key':
      return {
        values: [issue],
        type: (_, operator, operand) => matchesKey(issue, operator, operand, facts),
      }
    case 'parent':
      return {
        values: there(issue.parentJiraId),
        type: (value, _, operand) => {
          const parent = world.issues.find((one) => one.jiraId === value)!
          return isNamed(parent.key, '=', operand) || isNamed(parent.jiraId, '=', operand)
        },
      }
    case 'assignee':
      return { values: there(issue.assigneeId), type: 'people' }
    case 'reporter':
      return { values: there(issue.reporterId), type: 'people' }
    case 'creator':
      return { values: there(issue.creatorId), type: 'people' }
    case 'status':
      return { values: there(issue.status), type: namedOrNumbered(worldNames.status!) }
    case 'issuetype':
      return {
        values: there(issue.issueType),
        type: (value, operator, operand) =>
          operand.kind === 'value'
            ? isNamed(value, operator, operand)
            : issue.isSubtask === (operand.name === 'subtaskIssueTypes'),
      }
    case 'priority':
      return {
        values: there(issue.priority),
        type: (value, operator, operand) => {
          const rank = (text: unknown) =>
            worldNames.priority!.findIndex(
              (one) => one.toLowerCase() === String(text).toLowerCase(),
            )
          return ordered(rank(value), operator, rank((operand as JqlValue).text))
        },
      }
    case 'resolution':
      return { values: there(issue.resolution), type: isNamed }
    case 'statusCategory':
      return {
        values: there(issue.statusCategory),
        type: (value, _, operand) => {
          const shown = { new: 'to do', indeterminate: 'in progress', done: 'done' }
          return shown[value as keyof typeof shown] === (operand as JqlValue).text.toLowerCase()
        },
      }
    case 'labels':
      return { values: issue.labels, type: isNamed }
    case 'component':
      return { values: issue.components, type: isNamed }
    case 'fixVersion':
      return { values: issue.fixVersions, type: isNamed }
    case 'affectedVersion':
      return { values: issue.affectedVersions, type: isNamed }
    case 'sprint':
      return {
        values: issue.sprints,
        type: (value, operator, operand) =>
          operand.kind === 'value'
            ? isNamed(value, operator, operand)
            : value === (operand.name === 'openSprints' ? 'Sprint 2' : 'Sprint 1'),
      }
    case 'level':
      return { values: there(json(fields.security ?? {}).name), type: isNamed }
    case 'category':
      return { values: there(project.category), type: isNamed }
    case 'created':
      return { values: there(issue.createdAt), type: 'minute' }
    case 'updated':
      return { values: there(issue.updatedAt), type: 'minute' }
    case 'resolved':
      return { values: there(issue.resolvedAt), type: 'minute' }
    case 'due':
      return { values: there(issue.dueDay), type: 'day' }
    case 'summary':
      return { values: there(issue.summary), type: 'text' }
    case 'text':
      return {
        values: there(issue.summary, fields.customfield_10002, fields.description),
        type: 'text',
      }
    case 'description':
      return { values: there(fields.description), type: 'text' }
    case 'lastViewed':
      return { values: [], type: isNamed }
    case 'timespent':
      return {
        values: there(issue.reportedTimeSpentSeconds ?? seenSeconds(issue, facts)),
        type: seconds,
      }
    case 'originalEstimate':
      return { values: there(issue.originalEstimateSeconds), type: seconds }
    case 'remainingEstimate':
      return { values: there(issue.remainingEstimateSeconds), type: seconds }
    case 'workratio': {
      const spent = issue.reportedTimeSpentSeconds ?? seenSeconds(issue, facts) ?? 0
      const estimate = issue.originalEstimateSeconds
      return { values: estimate ? [Math.floor((spent * 100) / estimate)] : [], type: number }
    }
    default:
      return customFacts(fields, name)
  }
}

const textOperand = (text: string): JqlValue => ({
  kind: 'value',
  text,
  isNumber: false,
  position: { line: 1, character: 1 },
})
const currentUser: JqlFunction = {
  kind: 'function',
  name: 'currentUser',
  args: [],
  position: { line: 1, character: 1 },
}

function namedOrNumbered(names: readonly string[]): Match {
  return (value, operator, operand) =>
    isNamed(value, operator, operand) ||
    (operand.kind === 'value' && names[Number(operand.text) - 1] === value)
}

function seenSeconds(issue: WorldIssue, { world, viewer }: Facts): number | null {
  const seen = world.worklogs.filter((one) => one.issueId === issue.id && sees(viewer, one))
  return seen.length === 0 ? null : seen.reduce((sum, one) => sum + one.timeSpentSeconds, 0)
}

function sees(viewer: Viewer, { authorId, visibility }: WorldWorklog): boolean {
  if (viewer.kind === 'all') return true
  if (viewer.authorIds !== 'everybody' && !viewer.authorIds.includes(authorId)) return false
  if (!visibility || authorId === viewer.personId) return true
  return visibility.type === 'group' && viewer.groupNames.includes(visibility.value)
}

function matchesKey(issue: WorldIssue, operator: string, operand: Single, facts: Facts): boolean {
  const { world, viewer } = facts
  if (operand.kind === 'value') {
    const other = world.issues.find(
      ({ key, jiraId }) => key === operand.text.toUpperCase() || jiraId === operand.text,
    )!
    if (operator === '=' || operator === 'in') return other.id === issue.id
    const numberOf = ({ key }: WorldIssue) => Number(key.split('-')[1])
    return (
      other.projectId === issue.projectId && ordered(numberOf(issue), operator, numberOf(other))
    )
  }
  const [from, to] = operand.args.map((text) => text.replaceAll('/', '-'))
  const who = operand.args[2]
  const group = world.groups.find(({ name }) => name === who)
  return world.worklogs.some((one) => {
    if (one.issueId !== issue.id || !sees(viewer, one) || one.day < from! || one.day > to!)
      return false
    if (who === undefined) return true
    const author = world.people.findIndex(({ id }) => id === one.authorId)
    return group ? group.members.includes(author) : world.people[author]!.username === who
  })
}
