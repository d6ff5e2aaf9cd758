/** Jira's JSON to plain data. One door, so that callers need not know which file reads what. */
export { readField, readFilter } from './read-catalogue.ts'
export { type JiraIssue, readIssue } from './read-issue.ts'
export { readProject, readUser } from './read-user.ts'
export { readWorklog } from './read-worklog.ts'
