import type { IssueNameField, IssueNumberField } from '../../domain/issue-query.ts'
import type { JqlOperator } from './ast.ts'
import type { JqlFieldEntry, JqlFieldType } from './fields.ts'
import { operatorSets } from './operators.ts'

const { always, listed, ordered, text, textOrEmpty, textOnly } = operatorSets

const row = (
  names: string,
  type: JqlFieldType,
  operators: readonly JqlOperator[],
  isSortable = true,
): JqlFieldEntry => ({ names: names.split('|'), type, operators, isSortable })

const name = (names: string, field: IssueNameField, operators: readonly JqlOperator[] = listed) =>
  row(names, { kind: 'name', field }, operators)

const duration = (names: string, field: IssueNumberField) =>
  row(names, { kind: 'duration', field }, ordered)

const notHeld = 'not held'

/** Kept beside the custom fields, as its Jira told it. */
const description = { customFieldIds: ['description'] }

/** Jira's own fields, their aliases and operators: the table of contract C3. */
export const systemFields: readonly JqlFieldEntry[] = [
  row('worklogDate', { kind: 'worklogDate' }, ordered, false),
  row('worklogAuthor', { kind: 'worklogAuthor' }, listed, false),
  row('worklogComment', { kind: 'worklogComment' }, text, false),
  row('project', { kind: 'project' }, listed),
  row('key|issue|issuekey|id', { kind: 'issue' }, ordered),
  row('filter|request|searchrequest|savedfilter', { kind: 'filter' }, always, false),
  row('assignee', { kind: 'user', field: 'assignee' }, listed),
  row('reporter', { kind: 'user', field: 'reporter' }, listed),
  row('creator', { kind: 'user', field: 'creator' }, listed),
  name('status', 'status'),
  name('issuetype|type', 'issueType'),
  name('priority', 'priority', ordered),
  name('resolution', 'resolution'),
  name('statusCategory', 'statusCategory'),
  name('component', 'components'),
  name('fixVersion', 'fixVersions'),
  name('affectedVersion', 'affectedVersions'),
  name('labels', 'labels'),
  name('sprint', 'sprints'),
  name('level', 'securityLevel'),
  name('category', 'projectCategory'),
  row('parent', { kind: 'parent' }, listed),
  row('Epic Link', { kind: 'parent' }, listed),
  row('created|createdDate', { kind: 'dateTime', field: 'createdAt' }, ordered),
  row('updated|updatedDate', { kind: 'dateTime', field: 'updatedAt' }, ordered),
  row('resolved|resolutiondate', { kind: 'dateTime', field: 'resolvedAt' }, ordered),
  row('due|duedate', { kind: 'date', field: 'dueDay' }, ordered),
  row('lastViewed', { kind: 'dateTime', field: notHeld }, ordered),
  // Vendor docs also give IS and IS NOT to these three; C3 lists ~ and !~ alone.
  row('summary', { kind: 'text', field: 'summary' }, textOrEmpty),
  row('description', { kind: 'text', field: description }, textOrEmpty),
  row('environment', { kind: 'text', field: notHeld }, textOrEmpty),
  row('comment', { kind: 'text', field: notHeld }, text, false),
  row('text', { kind: 'text', field: 'all' }, textOnly, false),
  duration('timespent', 'timeSpentSeconds'),
  duration('originalEstimate|timeoriginalestimate', 'originalEstimateSeconds'),
  duration('remainingEstimate|timeestimate', 'remainingEstimateSeconds'),
  row('workratio', { kind: 'number', field: 'workRatioPercent' }, ordered),
  row('votes', { kind: 'number', field: notHeld }, ordered),
  row('watchers', { kind: 'number', field: notHeld }, ordered),
  row('voter', { kind: 'user', field: notHeld }, listed, false),
  row('watcher', { kind: 'user', field: notHeld }, listed, false),
]
