import type { Issue } from '../../domain/issue.ts'

type Raw = Readonly<Record<string, unknown>>

const categories: Readonly<Record<string, { id: number; colorName: string; name: string }>> = {
  undefined: { id: 1, colorName: 'medium-gray', name: 'No Category' },
  new: { id: 2, colorName: 'blue-gray', name: 'To Do' },
  done: { id: 3, colorName: 'green', name: 'Done' },
  indeterminate: { id: 4, colorName: 'yellow', name: 'In Progress' },
}

/** Named things of an issue as Jira's JSON has them: what its Jira told, the rest made up alike. */
export function renderIssueType({ issueType, isSubtask, fields }: Issue, jira: string) {
  const raw = rawOf(fields.issuetype)
  const id = idOf(raw, issueType ?? '')
  return {
    self: textOf(raw.self) ?? `${jira}/rest/api/2/issuetype/${id}`,
    id,
    description: textOf(raw.description) ?? '',
    iconUrl: textOf(raw.iconUrl) ?? `${jira}/`,
    name: issueType ?? '',
    subtask: isSubtask,
  }
}

export function renderPriority({ priority, fields }: Issue, jira: string) {
  if (priority === null) return null
  const raw = rawOf(fields.priority)
  const id = idOf(raw, priority)
  return {
    self: textOf(raw.self) ?? `${jira}/rest/api/2/priority/${id}`,
    iconUrl: textOf(raw.iconUrl) ?? `${jira}/`,
    name: priority,
    id,
  }
}

export function renderResolution({ resolution, fields }: Issue, jira: string) {
  if (resolution === null) return null
  const raw = rawOf(fields.resolution)
  const id = idOf(raw, resolution)
  return {
    self: textOf(raw.self) ?? `${jira}/rest/api/2/resolution/${id}`,
    id,
    description: textOf(raw.description) ?? '',
    name: resolution,
  }
}

export function renderStatus({ status, statusCategory, fields }: Issue, jira: string) {
  const raw = rawOf(fields.status)
  const id = idOf(raw, status ?? '')
  const rawCategory = rawOf(raw.statusCategory)
  const key = statusCategory ?? 'undefined'
  const known = categories[key] ?? categories.undefined!
  const categoryId = typeof rawCategory.id === 'number' ? rawCategory.id : known.id
  return {
    self: textOf(raw.self) ?? `${jira}/rest/api/2/status/${id}`,
    description: textOf(raw.description) ?? '',
    iconUrl: textOf(raw.iconUrl) ?? `${jira}/`,
    name: status ?? '',
    id,
    statusCategory: {
      self: textOf(rawCategory.self) ?? `${jira}/rest/api/2/statuscategory/${categoryId}`,
      id: categoryId,
      key,
      colorName: textOf(rawCategory.colorName) ?? known.colorName,
      name: textOf(rawCategory.name) ?? known.name,
    },
  }
}

export function renderCategory(name: string, jira: string) {
  const id = madeId(name)
  return { self: `${jira}/rest/api/2/projectCategory/${id}`, id, description: '', name }
}

function rawOf(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function idOf(raw: Raw, name: string): string {
  return typeof raw.id === 'string' || typeof raw.id === 'number' ? String(raw.id) : madeId(name)
}

/** Digits that always are the same for the same name: clients take ids for numbers. */
function madeId(name: string): string {
  let hash = 0x811c9dc5
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return String(20_000 + (hash % 900_000_000))
}
