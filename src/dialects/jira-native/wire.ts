/** Links to pictures of one size each; every consumer expects all four (contract B4). */
export type WireAvatars = Readonly<Record<'16x16' | '24x24' | '32x32' | '48x48', string>>

/** A person: seed 001, `author`. Cloud has no name and key (contract B4). */
export type WireUser = {
  readonly self: string
  readonly name?: string
  readonly key?: string
  readonly accountId: string
  readonly accountType?: string
  readonly emailAddress?: string
  readonly avatarUrls: WireAvatars
  readonly displayName: string
  readonly active: boolean
  readonly timeZone: string
}

/** A document of Atlassian's format, as version 3 carries comments. */
export type WireDocument = {
  readonly type: 'doc'
  readonly version: 1
  readonly content: readonly unknown[]
}

export type WireVisibility = {
  readonly type: 'group' | 'role'
  readonly value: string
  /** Version 3 only: the group's id, or the role's name. */
  readonly identifier?: string
}

/** A worklog: seed 001, `worklogs`; `issueId` and `visibility` from contract B4. */
export type WireWorklog = {
  readonly self: string
  readonly author: WireUser
  readonly updateAuthor: WireUser
  readonly comment?: string | WireDocument
  readonly created: string
  readonly updated: string
  readonly visibility?: WireVisibility
  readonly started: string
  readonly timeSpent: string
  readonly timeSpentSeconds: number
  readonly id: string
  readonly issueId: string
  readonly properties?: readonly { readonly key: string; readonly value: unknown }[]
}

/** Worklogs of an issue, also as the field `worklog` of an issue (seed 001). */
export type WireWorklogPage = {
  readonly startAt: number
  readonly maxResults: number
  readonly total: number
  readonly worklogs: readonly WireWorklog[]
}
