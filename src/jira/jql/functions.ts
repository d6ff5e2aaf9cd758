import type { JqlFunction } from './ast.ts'

export type JqlFunctionKind = 'user' | 'date' | 'issue' | 'sprint' | 'project' | 'issueType'

/** A function's name, its arguments' number, and what it gives: one value, or a list for IN. */
export type JqlFunctionEntry = {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly gives: JqlFunctionKind
  readonly isList: boolean
}

const entry = (
  name: string,
  [least, most]: readonly [number, number],
  gives: JqlFunctionKind,
  isList = false,
): JqlFunctionEntry => ({ name, least, most, gives, isList })

/** The functions of contract C5. */
export const jqlFunctions: readonly JqlFunctionEntry[] = [
  entry('currentUser', [0, 0], 'user'),
  entry('membersOf', [1, 1], 'user', true),
  entry('now', [0, 0], 'date'),
  entry('currentLogin', [0, 0], 'date'),
  entry('lastLogin', [0, 0], 'date'),
  ...['startOf', 'endOf'].flatMap((edge) =>
    ['Day', 'Week', 'Month', 'Year'].map((period) => entry(edge + period, [0, 1], 'date')),
  ),
  entry('openSprints', [0, 0], 'sprint', true),
  entry('closedSprints', [0, 0], 'sprint', true),
  entry('projectsLeadByUser', [0, 1], 'project', true),
  entry('standardIssueTypes', [0, 0], 'issueType', true),
  entry('subtaskIssueTypes', [0, 0], 'issueType', true),
  entry('workedIssues', [2, 3], 'issue', true),
]

const byName = new Map(jqlFunctions.map((one) => [one.name.toLowerCase(), one]))

export function findFunction(name: string): JqlFunctionEntry | undefined {
  return byName.get(name.toLowerCase())
}

/** What is wrong with a call whatever the field: its name, or how many arguments it has. */
export function problemOfCall(call: JqlFunction): string | undefined {
  const known = findFunction(call.name)
  if (!known) return `Unable to find JQL function '${call.name}(${call.args.join(', ')})'.`
  const { name, least, most } = known
  const count = call.args.length
  if (count >= least && count <= most) return undefined
  const wanted = least === most ? `'${most}'` : `between '${least}' and '${most}'`
  return `Function '${name}' expected ${wanted} arguments but received '${count}'.`
}
