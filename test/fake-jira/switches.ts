/** Which Jira the fake plays. */
export type Dialect = 'cloud' | 'dc'

/** How this Jira behaves; all may be changed while it runs. */
export type Switches = {
  /** Rows of one feed page; a real Jira gives 1000. */
  feedPageSize: number
  /** Whether a row updated exactly at `since` is given again; it is, despite the documentation. */
  sinceInclusive: boolean
  /** The feeds withhold what happened in the last minute, by the fake's clock. */
  feedLagMs: number
  /** More invisible rows than this in front of a feed page end in 500 (JRACLOUD-82342). */
  feedScanLimit: number
  /** `nextPage` and `self` of the feeds name this host instead of the one that was called. */
  foreignHost: string | undefined
  /** Data Center's feeds may also send `isLastPage`. */
  sendIsLastPage: boolean
  /** Most ids `worklog/list` takes. */
  listMax: number
  /** How many worklogs an issue shows inside a search. */
  embeddedCap: number
  /** Largest page of search; a larger wish is lowered silently. */
  searchMax: number
  /** Largest page of Cloud's search/jql where only id and key are asked for. */
  searchIdsMax: number
  /** Cloud's search gives the token that was sent once more, without end. */
  repeatNextPageToken: boolean
  /** Cloud's search answers a page at a time with fewer issues than asked for. */
  shortPages: boolean
  /** Issues changed more recently than this are not found by Cloud's search yet. */
  searchLagMs: number
  /** Largest page of an issue's worklogs on Cloud. */
  issueWorklogsMax: number
  /** Whether Data Center heeds `startAt` and `maxResults` of an issue's worklogs; most do not. */
  dcPagesIssueWorklogs: boolean
  /** Most worklogs of an issue on Cloud; the next is refused with 413. */
  worklogsPerIssueMax: number
  /** Bad credentials on Data Center: 401, or 200 as nobody, or 200 with an empty body. */
  anonymous: 'refuse' | 'view' | 'empty'
  /** Failed passwords until Data Center asks for a CAPTCHA. */
  captchaAfter: number
  /** Sends `X-RateLimit-NearLimit: true`, as below a fifth of the budget. */
  nearLimit: boolean
  /** Puts `author` of every worklog away, as of somebody Jira has forgotten. */
  hideAuthors: boolean
  /** `serverInfo.serverTime` and the `Date` header are off by this much. */
  serverTimeSkewMs: number
  /** Compresses large answers for those who accept it. */
  gzip: boolean
  /** A hanging request is cut off after this long, should the client never give up. */
  hangLimitMs: number
  /** Address used in links; the fake's own unless set. */
  publicUrl: string | undefined
}

/** A Jira as it comes out of the box. */
export function defaultSwitches(): Switches {
  return {
    feedPageSize: 1000,
    sinceInclusive: true,
    feedLagMs: 60_000,
    feedScanLimit: Number.POSITIVE_INFINITY,
    foreignHost: undefined,
    sendIsLastPage: true,
    listMax: 1000,
    embeddedCap: 20,
    searchMax: 1000,
    searchIdsMax: 5000,
    repeatNextPageToken: false,
    shortPages: false,
    searchLagMs: 0,
    issueWorklogsMax: 5000,
    dcPagesIssueWorklogs: false,
    worklogsPerIssueMax: 10_000,
    anonymous: 'refuse',
    captchaAfter: 3,
    nearLimit: false,
    hideAuthors: false,
    serverTimeSkewMs: 0,
    gzip: true,
    hangLimitMs: 5000,
    publicUrl: undefined,
  }
}
