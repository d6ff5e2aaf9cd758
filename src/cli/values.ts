import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { App } from '../compose.ts'
import { type Day, isDay, type Period } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { GroupId } from '../domain/group.ts'
import type { IssueId } from '../domain/issue.ts'
import { viewerOf } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import type { WorklogQuery } from '../domain/worklog.ts'
import type { Io } from './io.ts'

/** Option parser: a calendar day. */
export function dayValue(text: string): Day {
  if (!isDay(text)) throw new InvalidArgumentError('Give a day as YYYY-MM-DD.')
  return text
}

/** Option parser: collects a repeatable option; each use may hold several, separated by commas. */
export function listValue(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').flatMap((one) => one.trim() || [])]
}

/** Option parser: one of a closed list. */
export function choiceValue<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text)
    if (found === undefined) throw new InvalidArgumentError(`Choose one of ${choices.join(', ')}.`)
    return found
  }
}

/** The secret in a file, relative to where the user stands; blanks around it are no part of it. */
export function readSecret(io: Io, file: string): string {
  const path = resolve(io.cwd, file)
  let secret = ''
  try {
    secret = readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`
    throw new DomainError('invalid', `The file ${path} ${why}`)
  }
  if (secret === '') throw new DomainError('invalid', `The file ${path} is empty`)
  return secret
}

export type WorklogFilters = {
  readonly from?: Day
  readonly to?: Day
  readonly user?: readonly string[]
  readonly group?: readonly string[]
  readonly project?: readonly string[]
  readonly issue?: readonly string[]
  readonly jql?: string
}

/** The worklogs that the common filter options mean. Unknown names are refused, not ignored. */
export async function worklogQuery(app: App, filters: WorklogFilters): Promise<WorklogQuery> {
  const { store, site } = app
  const actor = await app.localActor()
  const people = await store.people.findByNames(site.id, filters.user ?? [])
  const projects = await store.projects.findByNames(site.id, filters.project ?? [])
  const issues = await store.issues.findByNames(site.id, filters.issue ?? [])
  const groups = new Map(
    (await store.groups.findByNames(site.id, filters.group ?? [])).map((one) => [one.name, [one]]),
  )
  const period: Partial<Period> = {
    ...(filters.from ? { from: filters.from } : {}),
    ...(filters.to ? { to: filters.to } : {}),
  }
  if (filters.from && filters.to && filters.from > filters.to)
    throw new DomainError('invalid', `--from ${filters.from} lies after --to ${filters.to}`)
  return {
    siteId: site.id,
    viewer: viewerOf(actor),
    period,
    ...idsOf(
      'authorIds',
      'person',
      filters.user,
      people as ReadonlyMap<string, { id: PersonId }[]>,
    ),
    ...idsOf('groupIds', 'group', filters.group, groups as ReadonlyMap<string, { id: GroupId }[]>),
    ...idsOf(
      'projectIds',
      'project',
      filters.project,
      projects as ReadonlyMap<string, { id: ProjectId }[]>,
    ),
    ...idsOf('issueIds', 'issue', filters.issue, issues as ReadonlyMap<string, { id: IssueId }[]>),
    ...(filters.jql === undefined
      ? {}
      : { rowCondition: await app.findIssues(actor, filters.jql) }),
  }
}

function idsOf<Name extends string, Id>(
  property: Name,
  noun: string,
  names: readonly string[] | undefined,
  found: ReadonlyMap<string, readonly { readonly id: Id }[]>,
): { [Key in Name]?: readonly Id[] } {
  if (names === undefined) return {}
  const ids = names.flatMap((name) => {
    const matches = found.get(name)
    if (!matches) throw new DomainError('not-found', `There is no ${noun} "${name}"`)
    return matches.map((one) => one.id)
  })
  return { [property]: ids } as unknown as { [Key in Name]?: readonly Id[] }
}
