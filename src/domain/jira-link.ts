import { type Day, isDay } from './day.ts'
import { DomainError, type FieldProblem } from './errors.ts'
import type { PersonId } from './person.ts'
import type { ConnectionId, SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export const jiraKinds = ['cloud', 'dc'] as const
export const jiraAuths = ['basic', 'pat', 'password', 'oauth'] as const
export const linkModes = ['read', 'mirror'] as const
export const writers = ['person', 'service', 'nobody'] as const
export const estimateModes = ['leave', 'auto'] as const

/** Jira Cloud, or Jira Server and Data Center. */
export type JiraKind = (typeof jiraKinds)[number]

/** E-mail and API token, personal access token, user and password, OAuth 2.0 with three legs. */
export type JiraAuth = (typeof jiraAuths)[number]

/** A secret as it is kept: sealed with the server's key. */
export type SealedSecret = string

/** A project somebody chose: by its id, as keys change; the key is what it was called then. */
export type ChosenProject = { readonly id: string; readonly key: string }

/** Projects that may be chosen of one Jira. */
export const mostChosenProjects = 1_000

/** How a connection's Jira is reached, and what may be done there. */
export type JiraLink = {
  readonly connectionId: ConnectionId
  readonly kind: JiraKind
  /** With the context path, without a slash at its end. */
  readonly baseUrl: string
  readonly auth: JiraAuth
  readonly login: string | null
  readonly secret: SealedSecret
  /** `mirror`: this Jira is the book of its issues, and writes go there first. */
  readonly mode: (typeof linkModes)[number]
  /** Whose credential writes: each person's own, the link's for everybody, or nobody writes. */
  readonly writesAs: (typeof writers)[number]
  /** Whether it may lie in a private network. */
  readonly allowsPrivate: boolean
  /** `auto`: time logged by hand reduces the remaining estimate there. */
  readonly estimates: (typeof estimateModes)[number]
  /** Worklogs of earlier days are not taken in. */
  readonly horizon: Day | null
  /** Only worklogs of these projects are held; null: of all. */
  readonly projects: readonly ChosenProject[] | null
  /** Guards the address that takes the Jira's webhooks. */
  readonly hookSecret: SealedSecret | null
  readonly createdAt: Instant
}

/** Somebody's own way into a Jira: what is written with it is theirs. */
export type PersonCredential = {
  readonly connectionId: ConnectionId
  readonly personId: PersonId
  readonly auth: JiraAuth
  readonly login: string | null
  readonly secret: SealedSecret
}

/** A consent that a browser shall bring back, known by the hash of its state. */
export type ConsentAttempt = {
  readonly stateHash: string
  readonly payload: SealedSecret
  readonly expiresAt: Instant
}

export interface JiraLinkStore {
  list(siteId: SiteId): Promise<readonly JiraLink[]>
  find(siteId: SiteId, connectionId: ConnectionId): Promise<JiraLink | undefined>
  put(siteId: SiteId, link: JiraLink): Promise<void>
  /** Only the secret: it is renewed while others change other things. */
  putSecret(siteId: SiteId, connectionId: ConnectionId, secret: SealedSecret): Promise<void>
  putProjects(
    siteId: SiteId,
    connectionId: ConnectionId,
    projects: JiraLink['projects'],
  ): Promise<void>
  putHookSecret(siteId: SiteId, connectionId: ConnectionId, secret: SealedSecret): Promise<void>
  /** Forgets how to reach the Jira, and how far it was read; what was read from it stays. */
  remove(siteId: SiteId, connectionId: ConnectionId): Promise<void>
  findCredential(
    siteId: SiteId,
    connectionId: ConnectionId,
    personId: PersonId,
  ): Promise<PersonCredential | undefined>
  putCredential(siteId: SiteId, credential: PersonCredential): Promise<void>
  putAttempt(siteId: SiteId, attempt: ConsentAttempt): Promise<void>
  /** Gives a consent under way out once; forgets those that ran out. */
  takeAttempt(siteId: SiteId, stateHash: string, at: Instant): Promise<SealedSecret | undefined>
  removeCredential(siteId: SiteId, connectionId: ConnectionId, personId: PersonId): Promise<void>
}

/** What somebody says of a new connection, to be checked. */
export type LinkWish = {
  readonly name?: string
  readonly url: string
  readonly auth: string
  readonly login?: string
  readonly secret: string
  readonly mode?: string
  readonly writesAs?: string
  readonly allowsPrivate?: boolean
  readonly estimates?: string
  readonly horizon?: string
  /** Keys of the projects that are held; all where none are named. */
  readonly projects?: readonly string[]
  /** Where people see it, should that differ from where it is called. */
  readonly siteUrl?: string
}

/** Whether worklogs of a project are held; of one that nobody knows only where all are. */
export function isChosen(
  { projects }: Pick<JiraLink, 'projects'>,
  projectId: string | undefined,
): boolean {
  return projects === null || projects.some(({ id }) => id === projectId)
}

/** Throws `invalid` naming every part of the wish that cannot be. Returns the base URL, tidied. */
export function checkLinkWish(wish: LinkWish): string {
  const problems: FieldProblem[] = []
  const choice = (field: string, value: string | undefined, choices: readonly string[]) => {
    if (value !== undefined && !choices.includes(value))
      problems.push({ field, message: `must be one of ${choices.join(', ')}` })
  }
  choice('auth', wish.auth, jiraAuths)
  choice('mode', wish.mode, linkModes)
  choice('writesAs', wish.writesAs, writers)
  choice('estimates', wish.estimates, estimateModes)
  if (wish.horizon !== undefined && !isDay(wish.horizon))
    problems.push({ field: 'horizon', message: 'must be a day such as 2024-01-01' })
  const choiceProblem = projectChoiceProblem(wish.projects ?? null)
  if (choiceProblem !== undefined) problems.push({ field: 'projects', message: choiceProblem })
  if ((wish.auth === 'basic' || wish.auth === 'password') && !wish.login)
    problems.push({ field: 'user', message: `is needed with ${wish.auth}` })
  if (wish.secret === '') problems.push({ field: 'secret', message: 'is empty' })
  if (/[\r\n\0]/.test(`${wish.login ?? ''}${wish.secret}`))
    problems.push({ field: 'secret', message: 'must be one line' })
  const baseUrl = tidyBaseUrl(wish.url)
  if (baseUrl === undefined)
    problems.push({
      field: 'url',
      message: 'must be http:// or https:// with a host, without user, query or fragment',
    })
  if (problems.length > 0 || baseUrl === undefined)
    throw new DomainError(
      'invalid',
      problems.map(({ field, message }) => `${field} ${message}`).join('; '),
      { problems },
    )
  return baseUrl
}

/** What is wrong with a list of keys somebody chose; null means all projects. */
export function projectChoiceProblem(keys: readonly string[] | null): string | undefined {
  if (keys === null) return undefined
  if (keys.length === 0) return 'must name a project, or be left out for all of them'
  if (keys.length > mostChosenProjects) return `must be at most ${mostChosenProjects} projects`
  return keys.every((key) => /^[A-Za-z][A-Za-z0-9_]{0,254}$/.test(key))
    ? undefined
    : 'must be keys of projects such as ABC'
}

const urlShape =
  /^(https?):\/\/((?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?)(\/[^?#\s\\]*)?$/i

/** A base URL as it is kept: host in lower case, no slash at the end; undefined when it is none. */
export function tidyBaseUrl(url: string): string | undefined {
  const match = urlShape.exec(url.trim())
  if (!match) return undefined
  const [, scheme = '', host = '', path = ''] = match
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${path.replace(/\/+$/, '')}`
}

/** How a source is named: by host and path, so that a file and a connection of one Jira meet. */
export function sourceName(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//, '').replace(/\/+$/, '')
}
