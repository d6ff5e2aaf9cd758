import { type Static, Type } from '@sinclair/typebox'
import {
  estimateModes,
  jiraAuths,
  jiraKinds,
  linkModes,
  mostChosenProjects,
  writers,
} from '../domain/jira-link.ts'
import type { SyncCounters } from '../domain/sync-state.ts'
import { closed, nullable, oneOf, text } from './contract-common.ts'

const Moment = nullable(Type.String({ format: 'date-time' }))

const SyncProgress = closed({
  step: Type.String(),
  startedAt: Type.String({ format: 'date-time' }),
  rows: Type.Integer({ description: 'Worklogs that have arrived, known ones among them' }),
  rowsPerSecond: Type.Integer(),
  requests: Type.Integer(),
  readUpTo: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  secondsLeft: nullable(Type.Integer({ description: 'A guess; null where nothing can be said' })),
})

const ChosenProject = closed({ id: Type.String(), key: Type.String() })

const ChosenProjects = Type.Unsafe<Static<typeof ChosenProject>[] | null>({
  description: 'Only their worklogs are held. Null: those of all',
  anyOf: [Type.Array(ChosenProject), { type: 'null' }],
})

const ProjectKeys = Type.Array(text(255, { minLength: 1 }), {
  minItems: 1,
  maxItems: mostChosenProjects,
  description: 'Keys of the projects whose worklogs are held; all where left out',
})

/** How a Jira is reached and how far it has been read: shown to administrators. */
export const ConnectionSync = closed(
  {
    kind: oneOf(jiraKinds),
    auth: oneOf(jiraAuths),
    user: nullable(Type.String()),
    mode: oneOf(linkModes),
    writesAs: oneOf(writers),
    estimates: oneOf(estimateModes),
    horizon: nullable(Type.String({ format: 'date' })),
    projects: ChosenProjects,
    phase: oneOf(['new', 'backfill', 'ready', 'stopped'] as const, {
      description: 'stopped: an administrator must act, `trouble` says how',
    }),
    reads: oneOf(['feed', 'issue'] as const, {
      description: 'issue: the feeds of this Jira fail for the account, so issues are searched',
    }),
    lastCycleAt: Moment,
    trouble: nullable(Type.String()),
    troubleAt: Moment,
    counters: Type.Unsafe<SyncCounters | null>({
      type: ['object', 'null'],
      description: 'What the last cycle did',
      additionalProperties: { type: 'integer' },
    }),
    progress: Type.Unsafe<Static<typeof SyncProgress> | null>({
      description: 'Of the reading under way in this server; null while there is none',
      anyOf: [SyncProgress, { type: 'null' }],
    }),
    incidents: Type.Array(
      closed({ kind: Type.String(), message: Type.String(), at: Type.String() }),
    ),
  },
  { $id: 'ConnectionSync' },
)
export type ConnectionSync = Static<typeof ConnectionSync>

export const NewConnection = closed({
  name: text(100, { minLength: 1 }),
  url: text(2_000, { minLength: 1, examples: ['https://example.atlassian.net'] }),
  auth: oneOf(jiraAuths),
  user: Type.Optional(text(255, { description: 'E-mail address or user name' })),
  secret: text(20_000, { minLength: 1, description: 'Kept sealed, never shown again' }),
  mode: Type.Optional(oneOf(linkModes)),
  writesAs: Type.Optional(oneOf(writers)),
  allowPrivate: Type.Optional(Type.Boolean({ description: 'It lies in a private network' })),
  estimates: Type.Optional(
    oneOf(estimateModes, {
      description: 'auto: time logged by hand reduces the remaining estimate there',
    }),
  ),
  horizon: Type.Optional(
    Type.String({ format: 'date', description: 'Worklogs of earlier days are not taken in' }),
  ),
  projects: Type.Optional(ProjectKeys),
})
export type NewConnection = Static<typeof NewConnection>

export const NewConsent = closed({
  name: text(100, { minLength: 1 }),
  clientId: text(255, { minLength: 1 }),
  clientSecret: text(1_000, { minLength: 1, description: 'Kept sealed, never shown again' }),
  siteUrl: Type.Optional(text(2_000, { examples: ['https://example.atlassian.net'] })),
  mode: Type.Optional(oneOf(linkModes)),
  writesAs: Type.Optional(oneOf(writers)),
})
export type NewConsent = Static<typeof NewConsent>

export const Consent = closed({
  authorizeUrl: Type.String({ description: 'Where to send the browser of whoever consents' }),
  callbackUrl: Type.String({ description: 'To be registered with the OAuth app' }),
})

export const ConnectionProbe = closed({
  kind: oneOf(jiraKinds),
  version: Type.String(),
  user: Type.String({ description: 'As whom the login is known there' }),
  timeZone: nullable(Type.String()),
})

const OfferedProject = closed({ id: Type.String(), key: Type.String(), name: Type.String() })

const offer = {
  projects: Type.Array(OfferedProject, {
    description: 'Those the account may browse, at most 200',
  }),
  isMore: Type.Boolean({ description: 'There are more: narrow them by `text`' }),
}

const OfferText = Type.Optional(text(200, { description: 'Part of a key or name of a project' }))

export const NewLook = closed({
  url: text(2_000, { minLength: 1, examples: ['https://example.atlassian.net'] }),
  auth: oneOf(jiraAuths),
  user: Type.Optional(text(255, { description: 'E-mail address or user name' })),
  secret: text(20_000, { minLength: 1, description: 'Used once, kept nowhere' }),
  allowPrivate: Type.Optional(Type.Boolean({ description: 'It lies in a private network' })),
  text: OfferText,
})
export type NewLook = Static<typeof NewLook>

export const LookAnswer = closed({ ...ConnectionProbe.properties, ...offer })
export type LookBody = Static<typeof LookAnswer>

export const OfferQuery = closed({ text: OfferText })
export const OfferAnswer = closed(offer)
export type OfferBody = Static<typeof OfferAnswer>

export const ProjectChoice = closed({
  projects: Type.Unsafe<string[] | null>({ anyOf: [ProjectKeys, { type: 'null' }] }),
  acceptsHidden: Type.Optional(
    Type.Boolean({ description: 'That worklogs of projects left out are no longer shown' }),
  ),
})
export type ProjectChoice = Static<typeof ProjectChoice>

export const ProjectChoiceAnswer = closed({
  projects: ChosenProjects,
  hidden: Type.Integer({ description: 'Worklogs that are no longer shown' }),
})

export const ConnectionParams = closed({ name: text(255, { minLength: 1 }) })

export const SyncStart = closed({
  isFull: Type.Optional(
    Type.Boolean({ description: 'Also compares every issue, and all that is gone, with ours' }),
  ),
})

export const DryRunAnswer = closed({
  user: Type.String({ description: 'As whom the login is known there' }),
  version: Type.String(),
  new: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  deleted: Type.Integer(),
  isMore: Type.Boolean({ description: 'Only a page of each feed was read, and more would follow' }),
  samples: Type.Array(
    closed({
      jiraId: Type.String(),
      author: Type.String(),
      startedAt: Type.String({ format: 'date-time' }),
      timeSpentSeconds: Type.Integer(),
      comment: Type.String(),
    }),
    { description: 'A few of those that are new or changed' },
  ),
})
export type DryRunBody = Static<typeof DryRunAnswer>

const ConflictSide = Type.Object({
  startedAt: Type.Optional(Type.String()),
  timeSpentSeconds: Type.Optional(Type.Integer()),
  comment: Type.Optional(Type.String()),
  visibility: Type.Optional(nullable(Type.Object({ type: Type.String(), value: Type.String() }))),
})

export const ConflictList = closed({
  conflicts: Type.Array(
    closed({
      id: Type.String(),
      connectionId: Type.Integer(),
      worklogId: nullable(Type.String()),
      jiraId: Type.String(),
      personId: Type.String(),
      reason: oneOf(['changed', 'deleted'] as const),
      ours: ConflictSide,
      theirs: nullable(ConflictSide),
      createdAt: Type.String(),
    }),
  ),
})

export const ConflictParams = closed({ id: text(20, { minLength: 1 }) })

export const ConflictResolution = closed({ resolution: oneOf(['ours', 'theirs'] as const) })
