import type { FieldDefinition } from '../../domain/issue.ts'

/** A field of an issue as `GET field` tells of it (contract B13). */
export type WireField = {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly custom: boolean
  readonly orderable: boolean
  readonly navigable: boolean
  readonly searchable: boolean
  readonly clauseNames: readonly string[]
  readonly schema?: Readonly<Record<string, unknown>>
}

type Row = readonly [id: string, name: string, type: string, clauseNames: string, items?: string]

/** Jira's own fields that issues here hold, in the order they are shown (contract B7). */
const rows: readonly Row[] = [
  ['summary', 'Summary', 'string', 'summary'],
  ['issuetype', 'Issue Type', 'issuetype', 'issuetype type'],
  ['project', 'Project', 'project', 'project'],
  ['status', 'Status', 'status', 'status'],
  ['priority', 'Priority', 'priority', 'priority'],
  ['resolution', 'Resolution', 'resolution', 'resolution'],
  ['assignee', 'Assignee', 'user', 'assignee'],
  ['reporter', 'Reporter', 'user', 'reporter'],
  ['creator', 'Creator', 'user', 'creator'],
  ['labels', 'Labels', 'array', 'labels', 'string'],
  ['components', 'Component/s', 'array', 'component', 'component'],
  ['fixVersions', 'Fix Version/s', 'array', 'fixVersion', 'version'],
  ['versions', 'Affects Version/s', 'array', 'affectedVersion', 'version'],
  ['parent', 'Parent', 'issuelink', 'parent'],
  ['created', 'Created', 'datetime', 'created createdDate'],
  ['updated', 'Updated', 'datetime', 'updated updatedDate'],
  ['resolutiondate', 'Resolved', 'datetime', 'resolved resolutiondate'],
  ['duedate', 'Due Date', 'date', 'due duedate'],
  ['description', 'Description', 'string', 'description'],
  ['issuelinks', 'Linked Issues', 'array', '', 'issuelinks'],
  ['timespent', 'Time Spent', 'number', 'timespent'],
  ['timeestimate', 'Remaining Estimate', 'number', 'remainingEstimate timeestimate'],
  ['timeoriginalestimate', 'Original Estimate', 'number', 'originalEstimate timeoriginalestimate'],
  ['aggregatetimespent', 'Σ Time Spent', 'number', ''],
  ['aggregatetimeestimate', 'Σ Remaining Estimate', 'number', ''],
  ['aggregatetimeoriginalestimate', 'Σ Original Estimate', 'number', ''],
  ['workratio', 'Work Ratio', 'number', 'workratio'],
  ['timetracking', 'Time Tracking', 'timetracking', ''],
  ['worklog', 'Log Work', 'array', '', 'worklog'],
  ['comment', 'Comment', 'comments-page', 'comment'],
]

const notNavigable = new Set(['worklog', 'comment', 'attachment', 'timetracking'])

/** All fields: Jira's own and those of the catalogue, each once. */
export function fieldsOf(definitions: readonly FieldDefinition[]): readonly WireField[] {
  const own = rows.map(systemField)
  const known = new Set(own.map(({ id }) => id))
  const custom = definitions.filter(({ id, isCustom }) => {
    const isNew = isCustom && !known.has(id)
    known.add(id)
    return isNew
  })
  return [
    {
      id: 'issuekey',
      key: 'issuekey',
      name: 'Key',
      custom: false,
      orderable: false,
      navigable: true,
      searchable: false,
      clauseNames: ['id', 'issue', 'issuekey', 'key'],
    },
    ...own,
    ...custom.map(customField),
  ]
}

function systemField([id, name, type, clauses, items]: Row): WireField {
  const clauseNames = clauses === '' ? [] : clauses.split(' ')
  return {
    id,
    key: id,
    name,
    custom: false,
    orderable: clauseNames.length > 0,
    navigable: !notNavigable.has(id),
    searchable: clauseNames.length > 0,
    clauseNames,
    schema: { type, ...(items === undefined ? {} : { items }), system: id },
  }
}

function customField({ id, name, type, clauseNames }: FieldDefinition): WireField {
  const customId = Number(/\d+$/.exec(id)?.[0] ?? 0)
  const names = clauseNames.length > 0 ? clauseNames : [`cf[${customId}]`, name]
  return {
    id,
    key: id,
    name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: names,
    schema: { type: type ?? 'any', custom: 'hourbook:field', customId },
  }
}

/** Which fields of an issue an answer shows. */
export type FieldChoice = {
  has(field: string): boolean
  /** Nothing but ids and keys was asked for, so that no `fields` are shown. */
  readonly isBare: boolean
  /** Not even the key. */
  readonly isIdOnly: boolean
}

const bare = new Set(['id', 'key', 'self'])

/** The fields asked for: names, `*all`, `*navigable`, `-name`; who is unknown is passed over. */
export function chooseFields(
  asked: readonly string[] | undefined,
  usual: '*all' | '*navigable' | 'id',
): FieldChoice {
  const wanted = [...(asked ?? [])]
  if (!wanted.some((name) => !name.startsWith('-'))) wanted.push(usual)
  const given = new Set(wanted)
  return {
    isBare: wanted.every((name) => bare.has(name)),
    isIdOnly: wanted.every((name) => name === 'id'),
    has(field) {
      if (given.has(`-${field}`)) return false
      if (given.has(field) || given.has('*all')) return true
      return given.has('*navigable') && !notNavigable.has(field)
    },
  }
}
