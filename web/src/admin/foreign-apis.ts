/** An API that scripts speak already, where it was and how it is asked here. */
export type ForeignApi = {
  readonly id: string
  readonly name: string
  /** What an address began with before. */
  readonly old: string
  /** A harmless request to try: it only reads. */
  readonly path: (from: string, to: string) => string
  readonly scope: 'read' | 'servlet'
  /** How the secret travels: in which header, or in the address. */
  readonly carries:
    | { readonly header: string; readonly before: string }
    | { readonly parameter: string }
  readonly note?: 'keepUser' | 'switchedOn' | 'everything'
}

const bearer = { header: 'Authorization', before: 'Bearer ' } as const

export const foreignApis: readonly ForeignApi[] = [
  {
    id: 'jira',
    name: 'Jira REST 2 and 3',
    old: 'https://jira.example.org',
    path: (from) =>
      `/rest/api/2/search?jql=${encodeURIComponent(`worklogDate >= ${from}`)}&maxResults=5&fields=summary,worklog`,
    scope: 'read',
    carries: bearer,
    note: 'keepUser',
  },
  {
    id: 'timesheet-gadget',
    name: 'Timesheet Reports and Gadgets',
    old: 'https://jira.example.org',
    path: (from, to) =>
      `/rest/timesheet-gadget/1.0/raw-timesheet.json?startDate=${from}&endDate=${to}`,
    scope: 'read',
    carries: bearer,
    note: 'keepUser',
  },
  {
    id: 'time-tracker',
    name: 'Time Tracker for Jira Cloud',
    old: 'https://timesheet-reports-gadgets.tempo.io',
    path: (from, to) => `/api/1/worklog?start=${from}&end=${to}`,
    scope: 'read',
    carries: { header: 'Authorization', before: 'Apikey ' },
  },
  {
    id: 'tempo-core-3',
    name: 'Tempo Cloud, core/3',
    old: 'https://api.tempo.io',
    path: (from, to) => `/core/3/worklogs?from=${from}&to=${to}&limit=5`,
    scope: 'read',
    carries: bearer,
  },
  {
    id: 'tempo-4',
    name: 'Tempo Cloud, 4',
    old: 'https://api.tempo.io',
    path: (from, to) => `/4/worklogs?from=${from}&to=${to}&limit=5`,
    scope: 'read',
    carries: bearer,
  },
  {
    id: 'tempo-servlet',
    name: 'Tempo servlets (Data Center)',
    old: 'https://jira.example.org',
    path: (from, to) =>
      `/plugins/servlet/tempo-getWorklog/?dateFrom=${from}&dateTo=${to}&format=xml`,
    scope: 'servlet',
    carries: { parameter: 'tempoApiToken' },
    note: 'everything',
  },
  {
    id: 'activity-timeline',
    name: 'ActivityTimeline',
    old: 'https://activitytimeline.example.org',
    path: () => '/rest/api/1/team/list',
    scope: 'read',
    carries: { header: 'auth-token', before: '' },
    note: 'switchedOn',
  },
]

/** Where a request goes and what it carries, with this secret. */
export function requestOf({ carries, path }: ForeignApi, secret: string, from: string, to: string) {
  const plain = path(from, to)
  if ('header' in carries)
    return { path: plain, headers: { [carries.header]: `${carries.before}${secret}` } }
  const joined = `${plain}${plain.includes('?') ? '&' : '?'}${carries.parameter}=`
  return { path: `${joined}${encodeURIComponent(secret)}`, headers: {} }
}

/** The same as a line for a shell; what stands between single quotes is safe there. */
export function curlOf(origin: string, request: ReturnType<typeof requestOf>): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `-H ${quoted(`${name}: ${value}`)} `,
  )
  return `curl ${headers.join('')}${quoted(origin + request.path)}`
}
