import type { GroupId } from '../../domain/group.ts'
import type { IssueCondition, People, WorklogCondition } from '../../domain/issue-query.ts'
import type { PersonId } from '../../domain/person.ts'
import type { JqlFunction } from './ast.ts'
import { type Clause, reportUnfit, reportUnknown } from './clause.ts'
import { complement, empty, everything, joined, nothing, type Resolved } from './conditions.ts'
import { parseAbsoluteDay } from './dates.ts'
import type { JqlFieldType } from './fields.ts'
import { findFunction } from './functions.ts'
import { withNotHeld } from './not-held.ts'

type UserField = Extract<JqlFieldType, { kind: 'user' }>['field']

/** assignee, reporter, creator and custom people. */
export function resolveUser(clause: Clause, field: UserField): IssueCondition {
  const people = peopleOf(clause)
  if (field === 'not held') return withNotHeld(clause)
  const { not, asksEmpty, values } = clause
  const ofEmpty = asksEmpty ? [empty(field, not)] : []
  const asked: IssueCondition[] = values.length > 0 ? [{ kind: 'people', field, people, not }] : []
  return joined(not ? 'and' : 'or', [...ofEmpty, ...asked])
}

/** Who logged the work. Not by x: there is a worklog by somebody else. */
export function resolveWorklogAuthor(clause: Clause): Resolved {
  const people = peopleOf(clause)
  const { not, asksEmpty, values } = clause
  const author: WorklogCondition = { kind: 'author', people, not }
  const conditions = values.length > 0 ? [author] : []
  if (!asksEmpty || not) return { kind: 'worklog', conditions }
  const none = complement({ kind: 'workedOn', worklog: [] })
  return values.length === 0
    ? none
    : joined('or', [none, { kind: 'workedOn', worklog: conditions }])
}

/** The plugin's function: worked on by those, in the authors' own days, both ends included. */
export function resolveWorkedIssues(clause: Clause, call: JqlFunction): IssueCondition {
  const { scope, known } = clause
  const [from, to] = [call.args[0]!, call.args[1]!].map((text) => {
    const day = parseAbsoluteDay(text)
    if (day === undefined)
      scope.report(
        `Date value '${text}' for function 'workedIssues' is invalid. Valid formats include: 'yyyy/MM/dd', 'yyyy-MM-dd'.`,
      )
    return day
  })
  const days: WorklogCondition = {
    kind: 'days',
    spans: from !== undefined && to !== undefined ? [{ from, to }] : [],
    not: false,
  }
  const who = call.args[2]
  if (who === undefined) return { kind: 'workedOn', worklog: [days] }
  const groupIds = known.groups.get(who)
  const personIds = groupIds ? undefined : known.people.get(who)
  if (!groupIds && !personIds)
    scope.report(`The value '${who}' of the function 'workedIssues' is neither a group nor a user.`)
  const people = { personIds: personIds ?? [], groupIds: groupIds ?? [] }
  return { kind: 'workedOn', worklog: [days, { kind: 'author', people, not: false }] }
}

/** The people a clause names; who does not exist is reported and left out. */
export function peopleOf(clause: Clause): People {
  const personIds = new Set<PersonId>()
  const groupIds = new Set<GroupId>()
  for (const value of clause.values) {
    if (value.kind === 'function') addCall(clause, value, personIds, groupIds)
    else {
      const found = clause.known.people.get(value.text)
      if (!found) reportUnknown(clause, value)
      for (const id of found ?? []) personIds.add(id)
    }
  }
  return { personIds: [...personIds], groupIds: [...groupIds] }
}

/** Whether a function gives people. */
export function givesPeople(call: JqlFunction): boolean {
  return findFunction(call.name)?.gives === 'user'
}

function addCall(
  clause: Clause,
  call: JqlFunction,
  personIds: Set<PersonId>,
  groupIds: Set<GroupId>,
): void {
  const { scope, known } = clause
  const entry = findFunction(call.name)
  if (entry?.gives !== 'user') {
    reportUnfit(clause, call)
    return
  }
  if (entry.name === 'currentUser') {
    // Anonymous: nobody, which is no error.
    if (scope.context.currentUser) personIds.add(scope.context.currentUser)
    return
  }
  const name = call.args[0]!
  const found = known.groups.get(name)
  if (!found)
    scope.report(
      `Function 'membersOf' can not generate a list of usernames for group '${name}'; the group does not exist.`,
    )
  for (const id of found ?? []) groupIds.add(id)
}

/** A field every issue has: EMPTY alone decides all or nothing, beside values it adds nothing. */
export function neverEmpty({ not, values }: Clause, asked: IssueCondition): IssueCondition {
  if (values.length > 0) return asked
  return not ? everything : nothing
}
