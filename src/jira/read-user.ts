import type { SourcePerson, SourceProject } from '../domain/ingest-source.ts'
import { idOf, isRecord, listOf, nameOf, present, recordOf, textOf, textsOf } from './read-json.ts'

/** A person from Jira's JSON; undefined where there is none, as with an unassigned issue. */
export function readUser(json: unknown): SourcePerson | undefined {
  if (typeof json === 'string') return readUser({ name: json })
  if (!isRecord(json)) return undefined
  const accountId = textOf(json.accountId)
  const key = textOf(json.key)
  const username = textOf(json.name)
  return present({
    accountId,
    key,
    username,
    displayName: textOf(json.displayName) ?? username ?? key ?? accountId ?? 'Former user',
    email: textOf(json.emailAddress),
    timeZone: textOf(json.timeZone),
    isActive: json.active !== false && json.deleted !== true,
    accountType: textOf(json.accountType),
    locale: textOf(json.locale),
    groups: readGroups(json.groups),
  })
}

/** A project from Jira's JSON; undefined when it has no key. */
export function readProject(json: unknown): SourceProject | undefined {
  const project = recordOf(json)
  const key = textOf(project.key)
  if (key === undefined) return undefined
  return present({
    id: idOf(project.id),
    key,
    name: textOf(project.name) ?? key,
    category: nameOf(project.projectCategory),
    lead: readUser(project.lead),
  })
}

function readGroups(json: unknown): readonly string[] {
  const groups = Array.isArray(json) ? json : listOf(recordOf(json).items)
  return textsOf(groups.map((group) => (isRecord(group) ? group.name : group)))
}
