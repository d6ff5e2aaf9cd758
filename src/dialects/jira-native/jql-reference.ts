import type { FieldCatalogue, JqlFieldEntry, JqlFieldType } from '../../jira/jql/fields.ts'
import { jqlFunctions } from '../../jira/jql/functions.ts'
import { renderJqlText } from '../../jira/jql/render.ts'
import { jqlKeywords, jqlReservedWords } from '../../jira/jql/words.ts'

const types: Readonly<Partial<Record<JqlFieldType['kind'], string>>> = {
  worklogAuthor: 'com.atlassian.jira.user.ApplicationUser',
  user: 'com.atlassian.jira.user.ApplicationUser',
  worklogDate: 'java.util.Date',
  dateTime: 'java.util.Date',
  date: 'java.util.Date',
  project: 'com.atlassian.jira.project.Project',
  issue: 'com.atlassian.jira.issue.Issue',
  parent: 'com.atlassian.jira.issue.Issue',
  duration: 'java.lang.Number',
  number: 'java.lang.Number',
}

const givenTypes: Readonly<Record<string, string>> = {
  user: 'com.atlassian.jira.user.ApplicationUser',
  date: 'java.util.Date',
  issue: 'com.atlassian.jira.issue.Issue',
  project: 'com.atlassian.jira.project.Project',
  sprint: 'java.lang.Object',
  issueType: 'com.atlassian.jira.issue.issuetype.IssueType',
}

const lists = new Set(['issue', 'sprint', 'project', 'issueType'])

/** What editors complete queries from (`JQLReferenceData` of the platform's document). */
export function renderReference(catalogue: FieldCatalogue) {
  const words = [...jqlKeywords, ...jqlReservedWords].sort()
  return {
    visibleFieldNames: catalogue.list().map(renderEntry),
    visibleFunctionNames: jqlFunctions.map(({ name, gives, least }) => ({
      value: least === 0 ? `${name}()` : `${name}("")`,
      displayName: least === 0 ? `${name}()` : `${name}("")`,
      ...(lists.has(gives) || name === 'membersOf' ? { isList: 'true' } : {}),
      types: [givenTypes[gives] ?? 'java.lang.Object'],
    })),
    jqlReservedWords: words,
  }
}

function renderEntry({ names, type, operators, isSortable }: JqlFieldEntry) {
  const [name = ''] = names
  const id = names.find((one) => /^cf\[\d+\]$/.test(one))
  return {
    value: renderJqlText(name),
    displayName: id === undefined ? name : `${name} - ${id}`,
    orderable: String(isSortable),
    searchable: 'true',
    ...(hasSuggestions(type) ? { auto: 'true' } : {}),
    ...(id === undefined ? {} : { cfid: id }),
    operators,
    types: [types[type.kind] ?? 'java.lang.String'],
  }
}

/** Whether values of such a field can be suggested. */
function hasSuggestions({ kind }: JqlFieldType): boolean {
  return ['project', 'user', 'worklogAuthor', 'name', 'filter', 'option'].includes(kind)
}
