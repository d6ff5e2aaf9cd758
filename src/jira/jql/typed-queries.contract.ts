import type { Dice } from './random.contract.ts'
import { worldNames, worldWords } from './world.contract.ts'

type Kind = 'listed' | 'ordered' | 'text' | 'textOnly' | 'comment'

const dates = [
  '2026-02-28',
  '"2026/3/1"',
  '2026-03-02',
  '2026-03-29',
  '-1d',
  '"-1w 2d"',
  '3h',
  'now()',
  'startOfDay()',
  'endOfDay(-1)',
  'startOfWeek("-1w")',
  'endOfWeek()',
  'startOfMonth()',
  'endOfMonth("-1M")',
  'startOfYear("+1d")',
  'endOfYear("-2M")',
  'startOfDay("-36h")',
]
const moments = [
  ...dates,
  '"2026-03-02 09:30"',
  '"2026/03/29 2:30"',
  '1772442000000',
  'endOfDay("+90m")',
]
const people = ['alice', 'bob', '"carol@example.com"', 'DAVE', 'currentUser()']
const groups = ['membersOf(developers)', 'membersOf(testers)', 'membersOf("nobody")']
const quoted = (names: readonly string[] = []) =>
  names.flatMap((name) => [`"${name}"`, `"${name.toUpperCase()}"`])

const rows: readonly (readonly [string, Kind, readonly string[], (readonly string[])?])[] = [
  ['worklogDate', 'ordered', dates],
  ['worklogDate', 'ordered', dates],
  ['worklogDate', 'ordered', dates],
  ['worklogAuthor', 'listed', people, groups],
  ['worklogAuthor', 'listed', people, groups],
  ['worklogComment', 'comment', []],
  [
    'project',
    'listed',
    ['ABC', 'xyz', '"X and Y"', '10100'],
    ['projectsLeadByUser()', 'projectsLeadByUser(bob)'],
  ],
  [
    'key',
    'ordered',
    ['ABC-1', 'abc-21', 'XYZ-60', '20005'],
    [
      'workedIssues("2026/03/01", "2026-03-02")',
      'workedIssues("2026/02/28", "2026/03/08", developers)',
      'workedIssues("2025-12-30", "2026-03-29", carol)',
    ],
  ],
  ['filter', 'listed', ['10001', 'Mine', 'Nested', 'All', 'Logged']],
  ['assignee', 'listed', people, groups],
  ['reporter', 'listed', people, groups],
  ['creator', 'listed', people],
  ['status', 'listed', [...quoted(worldNames.status), '2']],
  [
    'issuetype',
    'listed',
    quoted(worldNames.issueType),
    ['standardIssueTypes()', 'subtaskIssueTypes()'],
  ],
  ['priority', 'ordered', quoted(worldNames.priority)],
  ['resolution', 'listed', [...quoted(worldNames.resolution), 'Unresolved']],
  ['statusCategory', 'listed', ['"To Do"', '"in progress"', 'Done']],
  ['labels', 'listed', [...quoted(worldNames.labels), 'unheard']],
  ['component', 'listed', quoted(worldNames.components)],
  ['fixVersion', 'listed', quoted(worldNames.fixVersions)],
  ['affectedVersion', 'listed', quoted(worldNames.affectedVersions)],
  ['sprint', 'listed', quoted(worldNames.sprints), ['openSprints()', 'closedSprints()']],
  ['level', 'listed', quoted(worldNames.securityLevel)],
  ['category', 'listed', quoted(worldNames.projectCategory)],
  ['parent', 'listed', ['ABC-1', 'XYZ-2', '20003']],
  ['created', 'ordered', moments],
  ['updated', 'ordered', moments],
  ['resolved', 'ordered', moments],
  ['lastViewed', 'ordered', moments],
  ['due', 'ordered', dates],
  ['summary', 'text', []],
  ['description', 'text', []],
  ['text', 'textOnly', []],
  ['timespent', 'ordered', ['30', '1h', '"2h"', '0']],
  ['originalEstimate', 'ordered', ['30', '"1h 30m"', '8h']],
  ['remainingEstimate', 'ordered', ['60', '2h']],
  ['workratio', 'ordered', ['50', '100', '0']],
  ['"Story Points"', 'ordered', ['1', '2.5', '8']],
  ['Notes', 'text', []],
  ['cf[10003]', 'ordered', dates],
  ['Reviewed', 'ordered', moments],
  ['Approver', 'listed', ['alice', 'bob', 'currentUser()'], ['membersOf(developers)']],
  ['Color', 'listed', ['Red', 'blue', '7']],
  ['Tags', 'listed', ['one', 'TWO', 'three']],
  ['Crew', 'listed', ['developers', 'testers']],
]

export const sortFields =
  'key project summary status statusCategory issuetype priority resolution assignee created updated due timespent originalEstimate workratio labels sprint parent "Story Points" Notes cf[10003] Reviewed Color'.match(
    /"[^"]+"|\S+/g,
  )!

/** A query that resolves without a complaint in the world of the tests. */
export function typedQuery(dice: Dice): string {
  return clauses(dice, 2)
}

export function typedOrder(dice: Dice): string {
  const sorts = dice.some(1, 3, () => `${dice.pick(sortFields)}${dice.pick(['', ' ASC', ' DESC'])}`)
  return `ORDER BY ${sorts.join(', ')}`
}

function clauses(dice: Dice, depth: number): string {
  const parts = dice.some(1, depth > 0 ? 4 : 2, () => clause(dice, depth))
  return parts.reduce((text, next) => `${text} ${dice.pick(['AND', 'AND', 'OR'])} ${next}`)
}

function clause(dice: Dice, depth: number): string {
  if (depth > 0 && dice.chance(0.25)) return `(${clauses(dice, depth - 1)})`
  if (depth > 0 && dice.chance(0.2)) return `NOT ${clause(dice, depth - 1)}`
  const [field, kind, values, calls = []] = dice.pick(rows)
  if (kind !== 'ordered' && kind !== 'listed') return textClause(dice, field, kind)
  const roll = dice.below(10)
  if (roll < 2 && field !== 'filter')
    return `${field} ${dice.pick(['IS', 'IS NOT'])} ${dice.pick(['EMPTY', 'NULL'])}`
  if (roll < 5 && kind === 'ordered')
    return `${field} ${dice.pick(['<', '<=', '>', '>='])} ${dice.pick(values)}`
  if (roll < 8) {
    const empty = dice.chance(0.1) && field !== 'filter' ? 'EMPTY' : undefined
    return `${field} ${dice.pick(['=', '=', '!='])} ${empty ?? dice.pick(values)}`
  }
  const operator = dice.pick(['IN', 'NOT IN'])
  if (calls.length > 0 && dice.chance(0.3)) return `${field} ${operator} ${dice.pick(calls)}`
  const items = dice.some(1, 3, () => dice.pick([...values, ...calls]))
  if (dice.chance(0.2) && field !== 'filter') items.push('EMPTY')
  return `${field} ${operator} (${items.join(', ')})`
}

function textClause(dice: Dice, field: string, kind: Kind): string {
  if (kind === 'text' && dice.chance(0.15)) return `${field} ${dice.pick(['IS', 'IS NOT'])} EMPTY`
  const operator = kind === 'textOnly' ? '~' : dice.pick(['~', '~', '!~'])
  return `${field} ${operator} "${textValue(dice)}"`
}

function textValue(dice: Dice): string {
  const word = () => dice.pick([...worldWords, 'zeta'])
  const part = () =>
    dice.pick([
      word,
      word,
      () => `${word().slice(0, 3)}*`,
      () => `*${word().slice(2)}`,
      () => `${word()[0]}?${word().slice(2)}`,
      () => `\\"${word()} ${word()}\\"`,
      () => `${word()}-${word()}`,
      () => `-${word()}`,
      () => `+${word()}`,
    ])()
  const [first, ...rest] = dice.some(1, 3, part)
  return rest.reduce((text, next) => `${text} ${dice.pick(['', 'OR ', 'AND '])}${next}`, first!)
}
