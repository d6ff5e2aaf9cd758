/** A refusal with Jira's envelope; `headers` come on top. */
export class JiraRefusal extends Error {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** Jira's envelope; both keys are always there. */
export function envelope(
  errorMessages: readonly string[],
  errors: Readonly<Record<string, string>> = {},
) {
  return { errorMessages, errors }
}

/** A refusal with one message. */
export function refusal(status: number, message: string): JiraRefusal {
  return new JiraRefusal(status, envelope([message]))
}

/** A refusal that names a field. */
export function fieldRefusal(field: string, message: string, messages: readonly string[] = []) {
  return new JiraRefusal(400, envelope(messages, { [field]: message }))
}

/** The texts that several routes share. */
export const texts = {
  unauthenticated: 'You are not authenticated. Authentication required to perform this operation.',
  noIssue: 'Issue does not exist or you do not have permission to see it.',
  gone:
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. ' +
    'A full migration guideline is available at ' +
    'https://developer.atlassian.com/changelog/#CHANGE-2046',
  unbounded:
    'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
}

/** The refusal for a worklog that is not there, or not on this issue. */
export function noWorklog(id: string): JiraRefusal {
  return refusal(404, `Cannot find worklog with id: '${id}'.`)
}
