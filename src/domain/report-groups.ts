import type { ReportDefinition, ReportFilters } from './report.ts'

export type GroupRename = {
  readonly from: string
  readonly to: string
  /** Names in the order in which the store lists the groups of a person. */
  readonly inOrder: (names: readonly string[]) => Promise<readonly string[]>
  /** The same query with the new name. */
  readonly inJql: (jql: string, from: string, to: string) => string
}

/** What a report filters by once a group has another name; undefined where it does not name it. */
export async function withGroupRenamed(
  definition: ReportDefinition,
  rename: GroupRename,
): Promise<ReportDefinition | undefined> {
  const { from, to, inJql } = rename
  const { filters } = definition
  const renamed = (names: readonly string[]) => names.map((name) => (name === from ? to : name))
  const { group, excludeGroup, among, jql } = filters
  const after: ReportFilters = {
    ...filters,
    ...(group ? { group: renamed(group) } : {}),
    ...(excludeGroup ? { excludeGroup: renamed(excludeGroup) } : {}),
    ...(jql === undefined ? {} : { jql: inJql(jql, from, to) }),
    ...(among
      ? {
          among: await Promise.all(
            among.map(async (one) =>
              one.dimension === 'group'
                ? { ...one, keys: await Promise.all(one.keys.map((key) => inList(key, rename))) }
                : one,
            ),
          ),
        }
      : {}),
  }
  return JSON.stringify(after) === JSON.stringify(filters)
    ? undefined
    : { ...definition, filters: after }
}

const comma = ', '

/** Reports know the groups of a person as one text, "a, b": the new name has its own place in it. */
async function inList(key: string, { from, to, inOrder }: GroupRename): Promise<string> {
  const whole = `${comma}${key}${comma}`
  const at = whole.indexOf(`${comma}${from}${comma}`)
  if (at < 0) return key
  const before = whole.slice(comma.length, at)
  const behind = whole.slice(at + from.length + 2 * comma.length, -comma.length)
  const others = [before, behind].flatMap((part) => (part === '' ? [] : part.split(comma)))
  return (await inOrder([...others, to])).join(comma)
}
