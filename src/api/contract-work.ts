import { type Static, Type } from '@sinclair/typebox'
import { statusCategories } from '../domain/directory-issues.ts'
import {
  Cursor,
  closed,
  DayText,
  Id,
  Limit,
  Moment,
  Next,
  name,
  nullable,
  oneOf,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'

const jiraId = Type.String({ description: "Jira's id, or ours from 1,000,000,000 on" })
const connectionId = Type.Integer({ description: '0 where the row was born in Hourbook' })

export const Project = closed(
  {
    id: Id,
    connectionId,
    jiraId,
    key: Type.String(),
    name: Type.String(),
    category: nullable(Type.String()),
    leadId: nullable(Id),
    isActive: Type.Boolean(),
    isGhost: Type.Boolean({ description: 'Known only by its worklogs' }),
    version: Version,
  },
  { $id: 'Project' },
)

const projectFields = {
  category: Type.Optional(nullable(text(255, { minLength: 1 }))),
  lead: Type.Optional(nullable(name('Any name of a person', ['jane']))),
  isActive: Type.Optional(Type.Boolean()),
}

export const NewProject = closed(
  {
    key: text(10, { minLength: 2, description: 'Two to ten capitals, digits, underscores' }),
    name: text(255, { minLength: 1 }),
    ...projectFields,
  },
  { $id: 'NewProject', examples: [{ key: 'OPS', name: 'Operations' }] },
)

export const ProjectChange = closed(
  { name: Type.Optional(text(255, { minLength: 1 })), ...projectFields },
  { $id: 'ProjectChange', minProperties: 1, examples: [{ isActive: false }] },
)

export const ProjectsQuery = closed({
  text: Type.Optional(text(255, { minLength: 1, description: 'Part of key or name' })),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type ProjectsQuery = Static<typeof ProjectsQuery>

export const ProjectsAnswer = closed(
  { projects: Type.Array(ref(Project)), next: Next },
  { $id: 'ProjectsAnswer' },
)

const texts = Type.Array(Type.String())

export const Issue = closed(
  {
    id: Id,
    connectionId,
    jiraId,
    key: Type.String(),
    projectId: Id,
    summary: Type.String(),
    issueType: nullable(Type.String()),
    isSubtask: Type.Boolean(),
    status: nullable(Type.String()),
    statusCategory: nullable(Type.String()),
    priority: nullable(Type.String()),
    resolution: nullable(Type.String()),
    assigneeId: nullable(Id),
    reporterId: nullable(Id),
    parentJiraId: nullable(Type.String()),
    labels: texts,
    components: texts,
    fixVersions: texts,
    originalEstimateSeconds: nullable(Type.Integer()),
    remainingEstimateSeconds: nullable(Type.Integer()),
    dueDay: nullable(Type.String()),
    createdAt: nullable(Moment),
    updatedAt: nullable(Moment),
    resolvedAt: nullable(Moment),
    isGhost: Type.Boolean({ description: 'Known only by its worklogs' }),
    version: Version,
  },
  { $id: 'Issue' },
)

const seconds = nullable(Type.Integer({ minimum: 0, maximum: 36_000_000_000 }))
const word = Type.Optional(nullable(text(255, { minLength: 1 })))

const issueFields = {
  issueType: word,
  status: word,
  statusCategory: Type.Optional(nullable(oneOf(statusCategories))),
  priority: word,
  assignee: Type.Optional(nullable(name('Any name of a person', ['jane']))),
  labels: Type.Optional(Type.Array(text(255, { minLength: 1 }), { maxItems: 100 })),
  originalEstimateSeconds: Type.Optional(seconds),
  remainingEstimateSeconds: Type.Optional(seconds),
  dueDay: Type.Optional(nullable(DayText)),
}

export const NewIssue = closed(
  {
    project: name('Id, key or name of a project of our own', ['OPS']),
    summary: text(1_000, { minLength: 1 }),
    ...issueFields,
  },
  { $id: 'NewIssue', examples: [{ project: 'OPS', summary: 'Move the servers' }] },
)

export const IssueChange = closed(
  { summary: Type.Optional(text(1_000, { minLength: 1 })), ...issueFields },
  { $id: 'IssueChange', minProperties: 1, examples: [{ statusCategory: 'done' }] },
)

export const IssuesQuery = closed({
  project: Type.Optional(repeatable(name('', ['OPS']), 'Id, key or name of a project')),
  text: Type.Optional(text(255, { minLength: 1, description: 'Part of key or summary' })),
  jql: Type.Optional(
    text(4_000, {
      minLength: 1,
      description: 'A query instead of project and text; the first `limit` it finds, no `next`',
    }),
  ),
  isScheduled: Type.Optional(
    oneOf(['true', 'false'] as const, { description: "Whether it lies on anybody's timeline" }),
  ),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type IssuesQuery = Static<typeof IssuesQuery>

export const IssuesAnswer = closed(
  { issues: Type.Array(ref(Issue)), next: Next },
  { $id: 'IssuesAnswer' },
)

export type ProjectBody = Static<typeof Project>
export type IssueBody = Static<typeof Issue>
