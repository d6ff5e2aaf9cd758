import type { IssueOrder } from '../../domain/issue-query.ts'
import type { JqlSort } from './ast.ts'
import type { JqlFieldEntry } from './fields.ts'
import type { Known } from './known.ts'
import type { JqlScope } from './scope.ts'

const newestFirst: readonly IssueOrder[] = [{ by: 'createdAt', direction: 'desc' }]

/** The order asked for, or newest first. A field without data orders nothing and is left out. */
export function resolveOrder(
  sorts: readonly JqlSort[],
  scope: JqlScope,
  { priorities }: Known,
): readonly IssueOrder[] {
  if (sorts.length === 0) return newestFirst
  return sorts.flatMap((sort) => {
    const entry = scope.fields.find(sort.field)
    if (!entry?.isSortable) {
      scope.report(`Not able to sort using field '${sort.field.name}'.`)
      return []
    }
    const by = orderBy(entry, priorities)
    return by === undefined ? [] : [{ by, direction: sort.direction ?? usualDirection(entry) }]
  })
}

/** Whether the ranks of priorities are needed. */
export function sortsByPriority(sorts: readonly JqlSort[], scope: JqlScope): boolean {
  return sorts.some(({ field }) => isPriority(scope.fields.find(field)))
}

function isPriority(entry: JqlFieldEntry | undefined): boolean {
  return entry?.type.kind === 'name' && entry.type.field === 'priority'
}

/** Dates and priority begin with the newest and the highest (contract C8). */
function usualDirection(entry: JqlFieldEntry): 'asc' | 'desc' {
  const { kind } = entry.type
  return kind === 'dateTime' || kind === 'date' || isPriority(entry) ? 'desc' : 'asc'
}

function orderBy(
  { type }: JqlFieldEntry,
  priorities: readonly string[],
): IssueOrder['by'] | undefined {
  switch (type.kind) {
    case 'project':
      return 'project'
    case 'issue':
      return 'key'
    case 'parent':
      return 'parent'
    case 'name':
      return type.field === 'priority' ? { priorityNames: priorities } : type.field
    case 'option':
      return { ...type.field, type: 'text' }
    case 'user':
    case 'text':
    case 'dateTime':
    case 'date':
    case 'duration':
    case 'number':
      if (type.field === 'not held' || type.field === 'all') return undefined
      return typeof type.field === 'string'
        ? type.field
        : { ...type.field, type: sortType(type.kind) }
    default:
      return undefined
  }
}

function sortType(kind: JqlFieldEntry['type']['kind']): 'text' | 'number' | 'day' | 'instant' {
  if (kind === 'number' || kind === 'duration') return 'number'
  if (kind === 'date') return 'day'
  return kind === 'dateTime' ? 'instant' : 'text'
}
