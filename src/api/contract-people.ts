import { type Static, Type } from '@sinclair/typebox'
import { roles, scopes } from '../domain/permission.ts'
import {
  Cursor,
  closed,
  Flag,
  Id,
  Limit,
  Moment,
  Next,
  name,
  nullable,
  oneOf,
  ref,
  text,
  Version,
} from './contract-common.ts'
import { ConnectionSync } from './contract-connections.ts'

export const Person = closed(
  {
    id: Id,
    accountId: Type.String(),
    displayName: Type.String(),
    isNameOnly: Type.Boolean({
      description: 'True where you may know the name only: everything below is left out',
    }),
    username: Type.Optional(nullable(Type.String())),
    key: Type.Optional(nullable(Type.String())),
    email: Type.Optional(nullable(Type.String())),
    timeZone: Type.Optional(nullable(Type.String())),
    locale: Type.Optional(nullable(Type.String())),
    staffId: Type.Optional(nullable(Type.String())),
    role: Type.Optional(oneOf(roles)),
    isActive: Type.Optional(Type.Boolean()),
    isGhost: Type.Optional(
      Type.Boolean({ description: 'Known only by an id or a name found on a worklog' }),
    ),
    version: Type.Optional(Version),
  },
  { $id: 'Person', description: 'Somebody whose time is kept' },
)
export type PersonBody = Static<typeof Person>

const personFields = {
  username: Type.Optional(nullable(text(255, { minLength: 1, examples: ['jane'] }))),
  email: Type.Optional(nullable(text(254, { minLength: 3, examples: ['jane@example.org'] }))),
  key: Type.Optional(nullable(text(255, { minLength: 1 }))),
  timeZone: Type.Optional(nullable(text(100, { minLength: 1, examples: ['Europe/Berlin'] }))),
  locale: Type.Optional(nullable(text(35, { minLength: 2, examples: ['en-GB'] }))),
  staffId: Type.Optional(nullable(text(255, { minLength: 1 }))),
  role: Type.Optional(oneOf(roles, { description: 'employee when left out' })),
  isActive: Type.Optional(Type.Boolean()),
}

export const NewPerson = closed(
  {
    displayName: text(255, { minLength: 1, examples: ['Jane Doe'] }),
    accountId: Type.Optional(text(255, { minLength: 1 })),
    ...personFields,
  },
  {
    $id: 'NewPerson',
    examples: [{ displayName: 'Jane Doe', username: 'jane', email: 'jane@example.org' }],
  },
)

export const PersonChange = closed(
  { displayName: Type.Optional(text(255, { minLength: 1 })), ...personFields },
  { $id: 'PersonChange', minProperties: 1, examples: [{ role: 'team-lead' }] },
)

export const PeopleQuery = closed({
  text: Type.Optional(text(255, { minLength: 1, description: 'Part of a name or e-mail' })),
  group: Type.Optional(name('Id or name of a group', ['developers'])),
  active: Type.Optional(Flag),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type PeopleQuery = Static<typeof PeopleQuery>

export const PeopleAnswer = closed(
  { people: Type.Array(ref(Person)), next: Next },
  { $id: 'PeopleAnswer' },
)

export const Group = closed(
  {
    id: Id,
    name: Type.String(),
    memberCount: Type.Integer(),
    isOwn: Type.Boolean({ description: 'Whether no connected Jira says who is in it' }),
  },
  { $id: 'Group', description: 'A named set of people' },
)

export const GroupsAnswer = closed(
  { groups: Type.Array(ref(Group)), next: Next },
  { $id: 'GroupsAnswer' },
)

export const NewGroup = closed(
  { name: text(255, { minLength: 1 }) },
  { $id: 'NewGroup', examples: [{ name: 'developers' }] },
)

export const GroupChange = closed(
  { name: text(255, { minLength: 1 }) },
  { $id: 'GroupChange', examples: [{ name: 'engineers' }] },
)

export const PageQuery = closed({ limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) })
export type PageQuery = Static<typeof PageQuery>

export const Me = closed(
  {
    person: ref(Person),
    role: oneOf(roles),
    scopes: Type.Array(oneOf(scopes)),
    site: closed({
      id: Type.Integer(),
      name: Type.String(),
      timeZone: Type.String(),
      firstWeekday: Type.Integer({ description: 'ISO weekday: 1 Monday or 7 Sunday' }),
      bookMode: oneOf(['own', 'mirror']),
      version: Version,
    }),
  },
  { $id: 'Me', description: 'Who is asking, and what the token allows' },
)

export const ConnectionsAnswer = closed(
  {
    connections: Type.Array(
      closed({
        id: Type.Integer(),
        name: Type.String(),
        baseUrl: nullable(Type.String()),
        isOwn: Type.Boolean({ description: 'Whether these are the rows born in Hourbook' }),
        createdAt: Moment,
        syncedAt: nullable(Moment),
        ageSeconds: nullable(Type.Integer()),
        worklogsAnnounced: nullable(Type.Integer()),
        worklogsHeld: nullable(Type.Integer()),
        sync: Type.Unsafe<ConnectionSync | null>({
          description:
            'How it is read; null for all but administrators, and where nothing is synced',
          anyOf: [ref(ConnectionSync), { type: 'null' }],
        }),
      }),
    ),
  },
  { $id: 'ConnectionsAnswer' },
)
