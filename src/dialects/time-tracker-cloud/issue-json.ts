import type { Person } from '../../domain/person.ts'
import { offsetSecondsAt } from '../../domain/zone.ts'
import { renderJiraDate } from '../../jira/date.ts'
import { listOf } from '../../jira/read-json.ts'
import {
  type FieldValue,
  type IssueInfo,
  issueField,
  rawField,
} from '../../reports/issue-fields.ts'
import type { Surroundings } from './entries.ts'
import {
  renderCategory,
  renderIssueType,
  renderPriority,
  renderResolution,
  renderStatus,
} from './named-json.ts'

const expand = 'operations,versionedRepresentations,editmeta,changelog,renderedFields'

/** An issue as seed 000 shows it, up to where its worklogs stand: `…"worklog":{"worklogs":[`. */
export function renderIssueStart(
  info: IssueInfo,
  moreFields: readonly string[],
  around: Surroundings,
): string {
  const { issue, project, parent } = info
  const jira = around.jiraUrlOf(issue.connectionId)
  const epic = around.fields.find(
    ({ name, connectionId }) => name === 'Epic Link' && connectionId === issue.connectionId,
  )
  const fields: [string, unknown][] = [
    ['summary', issue.summary],
    ['issuetype', renderIssueType(issue, jira)],
    ...(epic ? [[epic.id, issue.fields[epic.id] ?? null] as [string, unknown]] : []),
    ...(parent && issue.isSubtask ? [['parent', parentOf(parent, jira)] as [string, unknown]] : []),
    [
      'project',
      {
        self: `${jira}/rest/api/2/project/${project.jiraId}`,
        id: project.jiraId,
        key: project.key,
        name: project.name,
        avatarUrls: avatarUrls(jira, project.jiraId),
        ...(project.category === null
          ? {}
          : { projectCategory: renderCategory(project.category, jira) }),
      },
    ],
    ['issuelinks', listOf(issue.fields.issuelinks)],
    ['priority', renderPriority(issue, jira)],
    ['resolution', renderResolution(issue, jira)],
    ['status', renderStatus(issue, jira)],
  ]
  const known = new Set(fields.map(([name]) => name))
  for (const id of moreFields)
    if (!known.has(id) && id !== 'worklog')
      fields.push([id, rawValue(id, issueField(id, info), info, around)])
  const members = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return `{"expand":"${expand}","id":${JSON.stringify(issue.jiraId)},"self":${JSON.stringify(
    `${jira}/rest/api/2/issue/${issue.jiraId}`,
  )},"key":${JSON.stringify(issue.key)},"fields":{${members.join(',')},"worklog":{"worklogs":[`
}

/** Ends what `renderIssueStart` began. */
export const issueEnd = ']}}}'

function parentOf({ jiraId, key, summary }: NonNullable<IssueInfo['parent']>, jira: string) {
  return { id: jiraId, key, self: `${jira}/rest/api/2/issue/${jiraId}`, fields: { summary } }
}

function avatarUrls(jira: string, projectId: string): Readonly<Record<string, string>> {
  const url = `${jira}/secure/projectavatar?pid=${projectId}`
  return {
    '48x48': url,
    '24x24': `${url}&size=small`,
    '16x16': `${url}&size=xsmall`,
    '32x32': `${url}&size=medium`,
  }
}

/** A field as Jira's own JSON has it; null where it is empty. */
function rawValue(id: string, value: FieldValue, info: IssueInfo, around: Surroundings): unknown {
  const raw = rawField(id, info)
  if (raw !== null) return raw
  if (value === null) return /^(?:labels|components|versions|fixVersions)$/.test(id) ? [] : null
  const jira = around.jiraUrlOf(info.issue.connectionId)
  switch (value.kind) {
    case 'text':
      return value.text
    case 'person':
      return renderUser(value.person, jira)
    case 'issue':
      return { key: value.key, fields: { summary: value.summary } }
    case 'instant':
      return renderJiraDate(value.instant, offsetSecondsAt(around.zone, value.instant))
    case 'day':
      return value.day
    case 'seconds':
      return value.seconds
    case 'texts':
      return id === 'labels' ? value.texts : value.texts.map((name) => ({ name }))
    case 'json':
      return value.value
  }
}

function renderUser(person: Person, jira: string) {
  return {
    self: `${jira}/rest/api/2/user?accountId=${encodeURIComponent(person.accountId)}`,
    accountId: person.accountId,
    ...(person.email === null ? {} : { emailAddress: person.email }),
    displayName: person.displayName,
    active: person.isActive,
    ...(person.timeZone === null ? {} : { timeZone: person.timeZone }),
  }
}
