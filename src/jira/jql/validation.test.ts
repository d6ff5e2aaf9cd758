import { describe, expect, it } from 'vitest'
import { plainContext, problemsOf, resolve } from './context.contract.ts'
import { parseJql } from './parser.ts'
import { validateJql } from './resolve.ts'

const dateTime =
  "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
const localDate =
  "Valid formats include: 'YYYY/MM/DD', 'YYYY-MM-DD', or a period format e.g. '-5d', '4w 2d'."
const increment = (name: string) =>
  `Duration for function '${name}' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.`

// The validation texts of contract C9.
const texts: readonly (readonly [string, ...string[]])[] = [
  ['bogus = 1', "Field 'bogus' does not exist or you do not have permission to view it."],
  ['cf[99] = 1', "Field 'cf[99]' does not exist or you do not have permission to view it."],
  [
    'issue.property[a].b = 1',
    "Field 'issue.property' does not exist or you do not have permission to view it.",
  ],
  ['summary = test', "The operator '=' is not supported by the 'summary' field."],
  ['text !~ x', "The operator '!~' is not supported by the 'text' field."],
  ['project ~ ABC', "The operator '~' is not supported by the 'project' field."],
  ['worklogAuthor > bob', "The operator '>' is not supported by the 'worklogAuthor' field."],
  ['worklogComment is empty', "The operator 'is' is not supported by the 'worklogComment' field."],
  [
    'summary in test',
    "Operator 'in' does not support the non-list value '\"test\"' for field 'summary'.",
  ],
  [
    'assignee in currentUser()',
    "Operator 'in' does not support the non-list value 'currentUser()' for field 'assignee'.",
  ],
  [
    'status = (Open, 5)',
    "Operator '=' does not support the list value '(\"Open\", 5)' for field 'status'.",
  ],
  [
    'key = workedIssues("2013/10/14", "2013/10/14")',
    "Operator '=' does not support the list value 'workedIssues(2013/10/14, 2013/10/14)' for field 'key'.",
  ],
  ['status is Open', "Operator 'is' only supports the values EMPTY and NULL for field 'status'."],
  [
    'created > EMPTY',
    "The field 'created' does not support searching for EMPTY values with the operator '>'.",
  ],
  [
    'filter = EMPTY',
    "The field 'filter' does not support searching for EMPTY values with the operator '='.",
  ],
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['assignee = nobody', "The value 'nobody' does not exist for the field 'assignee'."],
  ['status = Bogus', "The value 'Bogus' does not exist for the field 'status'."],
  ['status = 50000', "A value with ID '50000' does not exist for the field 'status'."],
  ['issuetype in (Bug, Nope)', "The value 'Nope' does not exist for the field 'issuetype'."],
  ['statusCategory = Maybe', "The value 'Maybe' does not exist for the field 'statusCategory'."],
  ['key = A-9', "An issue with key 'A-9' does not exist for field 'key'."],
  ['id = 99', "A value with ID '99' does not exist for the field 'id'."],
  ['parent = A-9', "An issue with key 'A-9' does not exist for field 'parent'."],
  ['filter = Lost', "The value 'Lost' does not exist for the field 'filter'."],
  ['filter = 77', "A value with ID '77' does not exist for the field 'filter'."],
  [
    'filter = Round',
    "Field 'filter' with value '10003' causes a cyclical reference, this query can not be executed and should be edited.",
  ],
  ['created = x', `Date value 'x' for field 'created' is invalid. ${dateTime}`],
  ['created > "2026-02-30"', `Date value '2026-02-30' for field 'created' is invalid. ${dateTime}`],
  ['created > "2026-02/03"', `Date value '2026-02/03' for field 'created' is invalid. ${dateTime}`],
  [
    'worklogDate > "2026-02-03 10:00"',
    `Date value '2026-02-03 10:00' for field 'worklogDate' is invalid. ${localDate}`,
  ],
  ['due = 1772442000000', `Date value '1772442000000' for field 'due' is invalid. ${localDate}`],
  [
    'created > currentUser()',
    "A date for the field 'created' provided by the function 'currentUser' is not valid.",
  ],
  [
    'worklogDate in membersOf(developers)',
    "A date for the field 'worklogDate' provided by the function 'membersOf' is not valid.",
  ],
  [
    'assignee = now()',
    "A value provided by the function 'now' is invalid for the field 'assignee'.",
  ],
  [
    'project in openSprints()',
    "A value provided by the function 'openSprints' is invalid for the field 'project'.",
  ],
  [
    'status in workedIssues("2013/10/14", "2013/10/14")',
    "A value provided by the function 'workedIssues' is invalid for the field 'status'.",
  ],
  ['a = bogus()', "Field 'a' does not exist or you do not have permission to view it."],
  ['assignee = bogus()', "Unable to find JQL function 'bogus()'."],
  ['created > now(1)', "Function 'now' expected '0' arguments but received '1'."],
  [
    'created > startOfDay(1, 2)',
    "Function 'startOfDay' expected between '0' and '1' arguments but received '2'.",
  ],
  ['assignee in membersOf()', "Function 'membersOf' expected '1' arguments but received '0'."],
  [
    'assignee in membersOf(g)',
    "Function 'membersOf' can not generate a list of usernames for group 'g'; the group does not exist.",
  ],
  ['created > startOfDay(soon)', increment('startOfDay')],
  ['created > endOfWeek("1x")', increment('endOfWeek')],
  ['created > startOfYear("999999y")', increment('startOfYear')],
  [
    'key in workedIssues(soon, "2013/10/14")',
    "Date value 'soon' for function 'workedIssues' is invalid. Valid formats include: 'yyyy/MM/dd', 'yyyy-MM-dd'.",
  ],
  [
    'key in workedIssues("2013/10/14", "2013/10/14", who)',
    "The value 'who' of the function 'workedIssues' is neither a group nor a user.",
  ],
  ['Crew = g', "The group 'g' for field 'Crew' does not exist."],
  ['Color = o', "The option 'o' for field 'Color' does not exist."],
  ['"Story Points" = many', "Value 'many' for the 'Story Points' field is not a valid number."],
  ['timespent > soon', "Value 'soon' for the 'timespent' field is not a valid number."],
  ['text ~ "AND"', "Unable to parse the text 'AND' for field 'text'."],
  ['summary ~ "a OR"', "Unable to parse the text 'a OR' for field 'summary'."],
  ['summary ~ "\\"a"', `Unable to parse the text '"a' for field 'summary'.`],
  ['text ~ " "', "The field 'text' does not support searching for an empty string."],
  ['order by bogus', "Not able to sort using field 'bogus'."],
  ['order by worklogDate', "Not able to sort using field 'worklogDate'."],
  ['status was Open', "History searches are not supported on this server for field 'status'."],
  ['status changed', "History searches are not supported on this server for field 'status'."],
]

describe('validation', () => {
  it.each(texts)('%s', async (query, ...expected) => {
    expect(await problemsOf(query)).toEqual(expected)
  })

  it('collects all that is wrong, each once', async () => {
    expect(
      await problemsOf('bogus = 1 and (project = NOPE or not bogus = 2) order by nope'),
    ).toEqual([
      "Field 'bogus' does not exist or you do not have permission to view it.",
      "The value 'NOPE' does not exist for the field 'project'.",
      "Not able to sort using field 'nope'.",
    ])
    expect(await validateJql(parseJql('status = Bogus'), plainContext)).toHaveLength(1)
    expect(await validateJql(parseJql('status = Open'), plainContext)).toEqual([])
  })

  it.each(['warn', 'none'] as const)(
    'with %s warns, and what is wrong matches nothing',
    async (validation) => {
      const nope = await resolve('project = NOPE', { validation })
      expect(nope.warnings).toEqual(["The value 'NOPE' does not exist for the field 'project'."])
      expect(nope.condition).toEqual({ kind: 'projects', projectIds: [], not: false })
      const negated = await resolve('not bogus = 1 or status in (Open, Bogus)', { validation })
      expect(negated.warnings).toHaveLength(2)
      expect(negated.condition).toEqual({
        kind: 'names',
        field: 'status',
        names: ['Open'],
        not: false,
      })
      const dates = await resolve('created = x and not created = x', { validation })
      expect(dates.condition).toEqual({ kind: 'nothing' })
    },
  )

  it('names a broken saved filter', async () => {
    expect(await problemsOf('filter = Broken')).toEqual([
      "The saved filter '10004' can not be read. Error in the JQL Query: Expecting either a value, list or function before the end of the query.",
    ])
  })

  it('lets labels be anything', async () => {
    expect(await problemsOf('labels = unheard')).toEqual([])
  })
})
