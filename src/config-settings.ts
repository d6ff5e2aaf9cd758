import { type Config, logLevels, trackerLanguages } from './config.ts'

type Setting = {
  readonly variable: string
  readonly meaning: string
  readonly show: (config: Config) => string
}

/** What can be set, for `hourbook doctor` and the documentation. */
export const settings: readonly Setting[] = [
  { variable: 'HOURBOOK_HOST', meaning: 'address to listen on', show: (c) => c.host },
  { variable: 'HOURBOOK_PORT', meaning: 'port to listen on', show: (c) => String(c.port) },
  { variable: 'HOURBOOK_DATA', meaning: 'data folder', show: (c) => c.dataFolder },
  {
    variable: 'DATABASE_URL',
    meaning: 'PostgreSQL server to use instead of the embedded database',
    show: (c) => (c.databaseUrl === undefined ? '' : maskedUrl(c.databaseUrl)),
  },
  {
    variable: 'HOURBOOK_DATABASE_POOL',
    meaning: 'connections to PostgreSQL',
    show: (c) => String(c.databasePoolSize),
  },
  { variable: 'HOURBOOK_LOG', meaning: logLevels.join(', '), show: (c) => c.logLevel },
  {
    variable: 'HOURBOOK_PUBLIC_URL',
    meaning: 'base URL clients use, behind a proxy',
    show: (c) => c.publicUrl ?? '',
  },
  {
    variable: 'HOURBOOK_TRUSTED_PROXIES',
    meaning: 'addresses and networks of proxies, separated by commas',
    show: (c) => c.trustedProxies.join(','),
  },
  {
    variable: 'HOURBOOK_REQUESTS_PER_MINUTE',
    meaning: 'limit for one token; 0 for none',
    show: (c) => String(c.requestsPerMinute),
  },
  {
    variable: 'HOURBOOK_SHUTDOWN_SECONDS',
    meaning: 'time for requests in flight when stopping',
    show: (c) => String(c.shutdownSeconds),
  },
  { variable: 'HOURBOOK_SITE_NAME', meaning: 'name of the first site', show: (c) => c.siteName },
  {
    variable: 'HOURBOOK_SITE_TIME_ZONE',
    meaning: 'time zone of people who have none',
    show: (c) => c.siteTimeZone,
  },
  {
    variable: 'HOURBOOK_SECRET_KEY',
    meaning: 'seals the secrets of connections; without it secret.key in the data folder',
    show: (c) => (c.secretKey === undefined ? '' : '***'),
  },
  {
    variable: 'HOURBOOK_ALLOW_PRIVATE_NETWORKS',
    meaning: '1 lets connections reach private networks',
    show: (c) => (c.allowsPrivateNetworks ? '1' : '0'),
  },
  {
    variable: 'HOURBOOK_OIDC_ISSUER',
    meaning: 'URL of an OpenID Connect provider people sign in with',
    show: (c) => c.oidcIssuer ?? '',
  },
  {
    variable: 'HOURBOOK_OIDC_CLIENT_ID',
    meaning: 'what the provider knows us by',
    show: (c) => c.oidcClientId ?? '',
  },
  {
    variable: 'HOURBOOK_OIDC_CLIENT_SECRET',
    meaning: 'what we prove it with',
    show: (c) => (c.oidcClientSecret === undefined ? '' : '***'),
  },
  {
    variable: 'HOURBOOK_OIDC_NAME',
    meaning: 'what the button to sign in says',
    show: (c) => c.oidcName,
  },
  {
    variable: 'HOURBOOK_ATLASSIAN_URL',
    meaning: 'what stands in for auth.atlassian.com and api.atlassian.com, for tests and proxies',
    show: (c) => c.atlassianUrl ?? '(themselves)',
  },
  {
    variable: 'HOURBOOK_BACKUP_MARK',
    meaning: 'file whose time says when the last backup ended, for the health page',
    show: (c) => c.backupMark ?? '',
  },
  {
    variable: 'HOURBOOK_SYNC_SECONDS',
    meaning: 'time between two syncs of a connection; 0 for never',
    show: (c) => String(c.syncSeconds),
  },
  {
    variable: 'HOURBOOK_ACTIVITY_TIMELINE',
    meaning: 'on or off, whatever the site says of /rest/api/1; site leaves it to the site',
    show: (c) => c.activityTimeline,
  },
  {
    variable: 'HOURBOOK_LEASE_SECONDS',
    meaning: 'seconds without a sign of life after which another process takes over a sync',
    show: (c) => String(c.leaseSeconds),
  },
  {
    variable: 'HOURBOOK_CONTEXT_PATH',
    meaning: 'path below which the APIs of Jira and its plugins answer too; / for none',
    show: (c) => c.contextPath || '/',
  },
  {
    variable: 'HOURBOOK_JIRA_DEPLOYMENT_TYPE',
    meaning: 'Server or Cloud: which Jira clients take this server for',
    show: (c) => c.jira.deploymentType,
  },
  {
    variable: 'HOURBOOK_JIRA_SEARCH_MAX',
    meaning: 'most issues in a page of a search of the Jira API',
    show: (c) => String(c.jira.searchMax),
  },
  {
    variable: 'HOURBOOK_JIRA_FEED_LAG_SECONDS',
    meaning: 'changes younger than this are not yet in the feeds of the Jira API',
    show: (c) => String(c.jira.feedLagSeconds),
  },
  {
    variable: 'HOURBOOK_JIRA_WORKLOGS_PER_ISSUE',
    meaning: "most worklogs on an issue where Cloud's rules hold; 0 for no limit",
    show: (c) => String(c.jira.worklogsPerIssue),
  },
  {
    variable: 'HOURBOOK_JQL_WORKLOG_DATE_ZONE',
    meaning: 'caller, author or server: whose day worklogDate means',
    show: (c) => c.jira.worklogDateZone,
  },
  {
    variable: 'HOURBOOK_LONG_POLL_AFTER_SECONDS',
    meaning: 'an export of the Time Tracker API that takes longer answers 202',
    show: (c) => String(c.tracker.longPollAfterSeconds),
  },
  {
    variable: 'HOURBOOK_LONG_POLL_EVERY_SECONDS',
    meaning: 'time between two blank lines of such an answer',
    show: (c) => String(c.tracker.longPollEverySeconds),
  },
  {
    variable: 'HOURBOOK_TRACKER_COLUMNS',
    meaning: 'columns of exportData in the Time Tracker API, separated by commas',
    show: (c) => c.tracker.exportColumns.join(','),
  },
  {
    variable: 'HOURBOOK_TRACKER_UNIT',
    meaning:
      'hours, days, minutes or pretty (1h 30m in views, hours in data): times in exports of the Time Tracker API',
    show: (c) => c.tracker.unit,
  },
  {
    variable: 'HOURBOOK_TRACKER_NUMBERS',
    meaning:
      '1,234.5 or 1234.5 or 1.234,5 or 1234,5: how these are written; as the language does where it is left out',
    show: (c) => c.tracker.numbers ?? '',
  },
  {
    variable: 'HOURBOOK_TRACKER_LANGUAGE',
    meaning: `${trackerLanguages.join(', ')}: the language of its headers; owner is that of whoever owns the key`,
    show: (c) => c.tracker.language,
  },
  {
    variable: 'HOURBOOK_TRACKER_DIGITS',
    meaning: 'digits after the point they have at most',
    show: (c) => String(c.tracker.digits),
  },
  {
    variable: 'HOURBOOK_TRACKER_GUARD',
    meaning: "1 writes ' before what looks like a formula in exportData.csv",
    show: (c) => (c.tracker.guardsFormulas ? '1' : '0'),
  },
  {
    variable: 'HOURBOOK_GADGET_UNIT',
    meaning: 'hours, days or pretty (1d 2h 30m): times in the tables of the timesheet gadget',
    show: (c) => c.gadgetUnit,
  },
  {
    variable: 'HOURBOOK_FORCE_LONG_POLL',
    meaning: '1 lets a request ask for 202 by X-Long-Poll: force; for tests of clients',
    show: (c) => (c.tracker.allowsForcing ? '1' : '0'),
  },
]

/** A database URL without its password. */
export function maskedUrl(url: string): string {
  try {
    const parsed = new URL(url)
    if (parsed.password !== '') parsed.password = '***'
    for (const name of parsed.searchParams.keys())
      if (/password|secret|key/i.test(name)) parsed.searchParams.set(name, '***')
    return parsed.toString()
  } catch {
    return '***'
  }
}
