import type { Issue } from '../../domain/issue.ts'
import { valueIdOf } from '../../jira/value-id.ts'
import { avatarsOf } from './avatar.ts'
import type { Look } from './flavour.ts'
import { type Loose, objectOf, textOf } from './params.ts'

const categories = {
  undefined: { id: 1, colorName: 'medium-gray', name: 'No Category' },
  new: { id: 2, colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, colorName: 'green', name: 'Done' },
} as const

type Category = keyof typeof categories

function renderCategory(look: Look, key: Category) {
  const { id, colorName, name } = categories[key]
  return { self: `${look.api}/statuscategory/${id}`, id, key, colorName, name }
}

/** The categories of statuses, which every Jira has. */
export function renderStatusCategories(look: Look) {
  return (Object.keys(categories) as Category[]).map((key) => renderCategory(look, key))
}

/** A status with its category; one nobody told is Jira's "No Category". */
export function renderStatus(look: Look, name: string, id: string, category: string | null) {
  const isKnown = category !== null && Object.hasOwn(categories, category)
  return {
    self: `${look.api}/status/${id}`,
    description: '',
    iconUrl: iconOf(look, name),
    name,
    id,
    statusCategory: renderCategory(look, isKnown ? (category as Category) : 'undefined'),
  }
}

export function renderIssueType(look: Look, name: string, id: string, isSubtask: boolean) {
  return {
    self: `${look.api}/issuetype/${id}`,
    id,
    description: '',
    iconUrl: iconOf(look, name),
    name,
    subtask: isSubtask,
  }
}

export function renderPriority(look: Look, name: string, id: string) {
  return { self: `${look.api}/priority/${id}`, iconUrl: iconOf(look, name), name, id }
}

export function renderResolution(look: Look, name: string, id: string) {
  return { self: `${look.api}/resolution/${id}`, id, description: '', name }
}

/** Components and versions of an issue, with the ids its Jira gave them where it told. */
export function renderNamed(look: Look, path: string, names: readonly string[], raw: unknown) {
  const objects = Array.isArray(raw) ? raw.map(objectOf) : []
  return names.map((name) => {
    const object = objects.find((one) => one.name === name)
    const id = textOf(object?.id) ?? valueIdOf(name)
    return path === 'version'
      ? {
          self: `${look.api}/version/${id}`,
          id,
          name,
          archived: object?.archived === true,
          released: object?.released === true,
        }
      : { self: `${look.api}/${path}/${id}`, id, name }
  })
}

/** The id of a value of an issue, as its Jira told it beside the name. */
export function idOfValue({ fields }: Pick<Issue, 'fields'>, field: string, name: string): string {
  const object: Loose = objectOf(fields[field])
  return textOf(object.id) ?? valueIdOf(name)
}

function iconOf(look: Look, name: string): string {
  return avatarsOf(look.base, 'project', name, name)['16x16']
}
