/** Jira's JSON to plain data. One door, so that callers need not know which file reads what. */
export { type JiraField, type JiraFilter, readField, readFilter } from './read-catalogue.ts'
export { type JiraIssue, type JiraIssueType, type JiraStatus, readIssue } from './read-issue.ts'
export { type JiraProject, type JiraUser, readProject, readUser } from './read-user.ts'
export { type JiraVisibility, type JiraWorklog, readWorklog } from './read-worklog.ts'
