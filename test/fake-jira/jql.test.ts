import { describe, expect, it } from 'vitest'
import { ask, useFakeJira } from './ask.ts'
import { makeFeedIndex } from './feed-index.ts'
import { findIssues } from './jql.ts'
import { defaultSwitches } from './switches.ts'
import { makeWorld } from './world.ts'

const start = useFakeJira()
const hour = 3_600_000

function aView(dialect: 'cloud' | 'dc' = 'dc') {
  const world = makeWorld()
  const bob = world.addUser({ name: 'bob', accountId: 'qm:bob', timeZone: 'Pacific/Auckland' })
  const [a, b] = [world.addProject({ key: 'A', name: 'Alpha' }), world.addProject({ key: 'B' })]
  const hidden = world.addProject({ key: 'H' })
  const noon = world.clock.now()
  const add = (project: typeof a, summary: string, status: string, fields = {}) =>
    world.addIssue({ project, summary, status, fields })
  const issues = {
    old: add(a, 'Old door', 'Done', { assignee: { personId: bob.id }, labels: ['billable'] }),
    fresh: add(a, 'Fresh paint', 'To Do'),
    other: add(b, 'Other door', 'To Do', { labels: ['x'] }),
    secret: add(hidden, 'Secret', 'To Do'),
  }
  issues.old.updated = issues.old.created = noon - 50 * hour
  // 23:30 UTC on 1 March is already the 2nd in Auckland.
  const late = Date.UTC(2026, 2, 1, 23, 30)
  world.logWork({ issue: issues.old, author: bob, started: late, created: noon - 50 * hour })
  world.logWork({ issue: issues.other, author: world.admin, started: late - 48 * hour })
  world.addFilter({ id: '42', name: 'Doors', jql: 'summary ~ door ORDER BY key', owner: bob })
  world.addGroup('crew', [bob])
  world.hideProject(hidden, bob)
  const call = (caller = bob) => ({
    world,
    dialect,
    caller,
    switches: defaultSwitches(),
    version: 2 as const,
    base: '',
    params: [],
    query: new URLSearchParams(),
    body: undefined,
    feeds: makeFeedIndex(world),
    searches: new Map(),
  })
  return { world, bob, issues, call }
}

describe('a query finds', () => {
  const { call, issues } = aView()
  const { old, fresh, other } = issues
  const names = new Map(Object.entries(issues).map(([name, { id }]) => [id, name]))

  it.each([
    ['project = A', 'fresh old'],
    ['project in (A, "B") ORDER BY key ASC', 'old fresh other'],
    ['project = alpha', undefined],
    ['project = Alpha', 'fresh old'],
    ['project not in (A)', 'other'],
    [`id in (${old.id}, ${other.id}) ORDER BY id`, 'old other'],
    [`key in (A-1, "b-1") ORDER BY key DESC`, 'other old'],
    [`id > ${old.id} ORDER BY id ASC`, 'fresh other'],
    ['updated >= "-10m" ORDER BY updated ASC', 'fresh other'],
    ['updated >= -2d AND updated <= now()', 'other fresh'],
    ['created <= "2026-02-28 14:00"', ''],
    ['created >= 1772400000000', 'other fresh'],
    ['worklogDate >= "2026-03-02" AND worklogDate < "2026-03-03"', 'old'],
    ['worklogDate = 2026/03/02', 'old'],
    ['worklogDate <= "2026-02-28"', 'other'],
    ['worklogAuthor = currentUser()', 'old'],
    ['worklogAuthor in membersOf("crew")', 'old'],
    ['worklogAuthor != bob', 'other'],
    ['worklogAuthor = currentUser() AND worklogDate < "2026-03-02"', ''],
    ['worklogAuthor = currentUser() OR worklogDate < "2026-03-02"', 'other old'],
    ['(project = A OR project = B) AND status = "To Do"', 'other fresh'],
    ['status in (done, "to do") AND project = A', 'fresh old'],
    ['assignee = bob', 'old'],
    ['assignee is EMPTY', 'other fresh'],
    ['labels = billable', 'old'],
    ['labels != billable', 'other'],
    ['type = Task AND summary ~ "door"', 'other old'],
    ['filter = 42', 'other old'],
    ['filter = 42 AND project = A', 'old'],
  ])('%s', (jql, expected) => {
    const found = () =>
      findIssues(call(), jql)
        .issues.map(({ id }) => names.get(id))
        .join(' ')
    if (expected === undefined) expect(found).toThrow('does not exist')
    else expect(found()).toBe(expected)
  })

  it('what the caller may not browse: never', () => {
    const all = findIssues(call(), '').issues
    expect(all).not.toContain(issues.secret)
    expect(() => findIssues(call(), 'project = H')).toThrow("The value 'H' does not exist")
    expect(() => findIssues(call(), 'key = H-1')).toThrow("An issue with key 'H-1'")
    expect(all).toContain(fresh)
  })
})

describe('a query is refused', () => {
  const error = 'Error in the JQL Query: '

  it.each([
    [
      'project =',
      `${error}Expecting either a value, list or function before the end of the query.`,
    ],
    [
      'project',
      `${error}Expecting operator before the end of the query. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.`,
    ],
    ['id > 1 id > 2', `${error}Expecting either 'OR' or 'AND' but got 'id'. (line 1, character 8)`],
    ['id > 1 AND', `${error}Expecting a field name at the end of the query.`],
    ['id in (1', `${error}Expecting ')' before the end of the query.`],
    ['summary ~ "x', `${error}The quoted string 'x' has not been completed.`],
    [
      'a = {',
      `${error}The character '{' is a reserved JQL character. You must enclose it in a string or use the escape '\\u007b' instead. (line 1, character 5)`,
    ],
    ['bogus = 1', "Field 'bogus' does not exist or you do not have permission to view it."],
    ['id > 1 ORDER BY bogus', "Not able to sort using field 'bogus'."],
    [
      'updated >= soon',
      "Date value 'soon' for field 'updated' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
    ],
    [
      'worklogDate = "2026-03-01 10:00"',
      "Date value '2026-03-01 10:00' for field 'worklogDate' is invalid. Valid formats include: 'YYYY/MM/DD', 'YYYY-MM-DD', or a period format e.g. '-5d', '4w 2d'.",
    ],
    ['worklogAuthor = nobody', "The value 'nobody' does not exist for the field 'worklogAuthor'."],
    [
      'worklogAuthor in membersOf(x)',
      "Function 'membersOf' can not generate a list of usernames for group 'x'; the group does not exist.",
    ],
    ['status > 3', "The operator '>' is not supported by the 'status' field."],
    ['filter = 99', "A value with ID '99' does not exist for the field 'filter'."],
  ])('%s', async (jql, message) => {
    const jira = await start({ dialect: 'dc' })
    const { status, json } = await ask(jira, 'POST search', { jql })
    expect([status, json]).toEqual([400, { errorMessages: [message], errors: {} }])
  })

  it('for names of people on Cloud, which knows account ids', () => {
    const { call } = aView('cloud')
    expect(() => findIssues(call(), 'worklogAuthor = bob')).toThrow(
      "The value 'bob' does not exist",
    )
    expect(findIssues(call(), 'worklogAuthor = "qm:bob"').issues).toHaveLength(1)
  })
})

describe('dates in a query', () => {
  it('are read in the zone of the caller', () => {
    const { call, world, issues } = aView()
    // 1 March 23:30 UTC: the 1st for the administrator in UTC, the 2nd for Bob in Auckland.
    const jql = 'worklogDate = "2026-03-02"'
    expect(findIssues(call(), jql).issues).toEqual([issues.old])
    expect(findIssues(call(world.admin), jql).issues).toEqual([])
  })
})
