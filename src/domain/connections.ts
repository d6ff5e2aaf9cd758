import type { ChosenProject, JiraLink, LinkWish } from './jira-link.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import type { Connection, SiteId } from './site.ts'
import type { Incident, Lease, SyncState } from './sync-state.ts'

/** Which Jira answers. `serverTime` is its own clock. */
export type ServerInfo = {
  readonly kind: 'cloud' | 'dc'
  readonly serverTime: number | undefined
  readonly zone: string | null
  readonly version: string
  readonly title: string
}

/** As whom a login is known there. */
export type Myself = {
  readonly name: string
  readonly displayName: string
  readonly timeZone: string | null
  readonly accountId?: string
  readonly key?: string
  readonly username?: string
}

export type Probe = { readonly server: ServerInfo; readonly me: Myself }

/** A connection with everything an administrator asks of it; secrets are not among it. */
export type ConnectionView = Connection & {
  readonly link: Omit<JiraLink, 'secret' | 'hookSecret'> | null
  readonly state: SyncState | null
  readonly lease: Lease | null
  readonly incidents: readonly Incident[]
}

export type LoginWish = {
  readonly personId: PersonId
  readonly auth: string
  readonly login?: string
  readonly secret: string
}

/** An OAuth app of Atlassian's, and what the connection that comes of it shall be. */
export type ConsentWish = {
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
  /** Which site, where the consent covers several. */
  readonly siteUrl?: string
  readonly mode?: string
  readonly writesAs?: string
}

/** Connecting a Jira Cloud by OAuth 2.0: a person consents in a browser. */
export type OAuthConsent = {
  /** What must be registered with the OAuth app as its callback. */
  readonly callbackUrl: string
  /** Where to send the browser; the state is good for ten minutes and one return. */
  start(actor: Actor, wish: ConsentWish): Promise<{ authorizeUrl: string; state: string }>
  /** Takes what the browser brought back, and makes the connection; returns its name. */
  finish(answer: {
    readonly state: string
    readonly code: string | undefined
    readonly error: string | undefined
  }): Promise<string>
}

/** A project as its Jira lists it. */
export type OfferedProject = ChosenProject & { readonly name: string }

/** Projects that may be chosen; `isMore` where words would have to narrow them. */
export type Offer = { readonly projects: readonly OfferedProject[]; readonly isMore: boolean }

/** Projects a list of those that may be chosen shows. */
export const mostOfferedProjects = 200

/** What shall be held of a Jira: projects by their keys, or all of them. */
export type ChoiceWish = {
  readonly projects: readonly string[] | null
  /** The caller knows that worklogs of projects left out are no longer shown. */
  readonly acceptsHidden?: boolean
}

/** Use cases on connections. */
export type Connections = {
  /** Probes the Jira before anything is kept. */
  add(actor: Actor, wish: LinkWish): Promise<{ connection: Connection; probe: Probe }>
  list(actor: Actor): Promise<readonly ConnectionView[]>
  /** Asks a Jira who we are and what may be chosen there; nothing of it is kept. */
  look(actor: Actor, wish: LinkWish, text: string): Promise<Probe & Offer>
  /** What may be chosen of a connected Jira. */
  offer(actor: Actor, name: string, text: string): Promise<Offer>
  /**
   * Chooses what is held from now on; the next reading brings it about. Throws `conflict` with the
   * number of worklogs that would be hidden, until that is accepted.
   */
  choose(actor: Actor, name: string, wish: ChoiceWish): Promise<{ link: JiraLink; hidden: number }>
  /** Asks the Jira who we are; clears what had stopped the connection. */
  test(actor: Actor, name: string): Promise<Probe>
  /** Keeps somebody's own way into a Jira, once that Jira has confirmed it is theirs. */
  login(actor: Actor, name: string, wish: LoginWish): Promise<Myself>
  /** Forgets the way there; worklogs read from it stay. */
  remove(actor: Actor, name: string): Promise<void>
  find(siteId: SiteId, name: string): Promise<{ connection: Connection; link: JiraLink }>
  linked(siteId: SiteId): Promise<readonly { connection: Connection; link: JiraLink }[]>
}
