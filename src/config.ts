import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { DomainError } from './domain/errors.ts'
import { isTimeZone } from './domain/zone.ts'

const trackerUnits = ['hours', 'days', 'minutes', 'pretty'] as const
const gadgetUnits = ['hours', 'days', 'pretty'] as const
const trackerLanguages = ['en', 'de', 'es', 'fr', 'pt', 'ru', 'owner'] as const
const trackerNumbers = ['1,234.5', '1234.5', '1.234,5', '1234,5'] as const

/** Everything that can be set from outside, checked and typed. Flags go over the environment. */
export type Config = {
  readonly host: string
  readonly port: number
  /** Folder of the embedded database, the lock and the keys. */
  readonly dataFolder: string
  /** A PostgreSQL server instead of the embedded database. */
  readonly databaseUrl: string | undefined
  readonly databasePoolSize: number
  readonly logLevel: LogLevel
  /** Base URL clients use, where a proxy stands in front. */
  readonly publicUrl: string | undefined
  /** Which proxies may say who is asking: a list of addresses and networks, or none. */
  readonly trustedProxies: readonly string[]
  /** Requests a minute for one token, and a hundredth of it for one address without; 0 is no limit. */
  readonly requestsPerMinute: number
  /** Seconds that requests in flight get to finish when the server is told to stop. */
  readonly shutdownSeconds: number
  /** Name and time zone of the first site, used only when it is made. */
  readonly siteName: string
  readonly siteTimeZone: string
  /** Seals stored secrets; without it a key file in the data folder does. */
  readonly secretKey: string | undefined
  /** Whether a Jira may lie in a private network. */
  readonly allowsPrivateNetworks: boolean
  /** The OpenID Connect provider people may sign in with; id and issuer come together or not at all. */
  readonly oidcIssuer: string | undefined
  readonly oidcClientId: string | undefined
  readonly oidcClientSecret: string | undefined
  /** What the button to sign in says. */
  readonly oidcName: string
  /** Stands in for Atlassian's own services, which consent to OAuth apps: for tests and proxies. */
  readonly atlassianUrl: string | undefined
  /** A file whose time says when the last backup ended, whatever makes the backups. */
  readonly backupMark: string | undefined
  /** Seconds between two looks at a Jira; 0 leaves that to `hourbook sync`. */
  readonly syncSeconds: number
  /** Whether ActivityTimeline's API answers; `site` leaves that to the site's own switch. */
  readonly activityTimeline: 'site' | 'on' | 'off'
  /** Seconds without a sign of life after which another process goes on with what one was at. */
  readonly leaseSeconds: number
  /** Path below which everything that stands in for Jira answers too; empty for none. */
  readonly contextPath: string
  /** When an export of the Time Tracker answers 202, how often it then shows life, and its columns. */
  readonly tracker: {
    readonly longPollAfterSeconds: number
    readonly longPollEverySeconds: number
    /** Empty for the usual ones. */
    readonly exportColumns: readonly string[]
    readonly unit: (typeof trackerUnits)[number]
    /** How numbers are written, told by an example; as languages do where left out. */
    readonly numbers: (typeof trackerNumbers)[number] | undefined
    readonly digits: number
    /** `owner` is the language of whoever owns the key. */
    readonly language: (typeof trackerLanguages)[number]
    readonly guardsFormulas: boolean
    readonly allowsForcing: boolean
  }
  readonly gadgetUnit: (typeof gadgetUnits)[number]
  /** The Jira that this server is to its clients. */
  readonly jira: {
    readonly deploymentType: 'Server' | 'Cloud'
    readonly searchMax: number
    readonly feedLagSeconds: number
    readonly worklogsPerIssue: number
    /** Whose day a worklog is on when JQL asks for `worklogDate`. */
    readonly worklogDateZone: 'caller' | 'author' | 'server'
  }
}

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

export type LogLevel = (typeof logLevels)[number]

export type Environment = Readonly<Record<string, string | undefined>>

export type Flags = {
  readonly host?: string | undefined
  readonly port?: string | undefined
  readonly data?: string | undefined
}

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

/**
 * Makes the configuration from the environment and flags. Throws `invalid` with every problem at
 * once, each named by its variable or flag.
 */
export function readConfig(environment: Environment, flags: Flags = {}): Config {
  const problems: { field: string; message: string }[] = []
  const text = (variable: string, fallback: string) => environment[variable]?.trim() || fallback
  const optional = (variable: string) => environment[variable]?.trim() || undefined
  const integer = (field: string, value: string, least: number, most: number): number => {
    const number = Number(value)
    if (Number.isInteger(number) && /^\d+$/.test(value) && number >= least && number <= most)
      return number
    problems.push({ field, message: `must be a whole number from ${least} to ${most}` })
    return least
  }
  const number = (variable: string, fallback: string, least: number, most: number) =>
    integer(variable, text(variable, fallback), least, most)
  const check = (field: string, isRight: boolean, message: string) => {
    if (!isRight) problems.push({ field, message })
  }

  const databaseUrl = optional('DATABASE_URL')
  check(
    'DATABASE_URL',
    databaseUrl === undefined || /^postgres(ql)?:\/\//.test(databaseUrl),
    'must begin with postgres:// or postgresql://',
  )
  const publicUrl = optional('HOURBOOK_PUBLIC_URL')
  check(
    'HOURBOOK_PUBLIC_URL',
    publicUrl === undefined || (/^https?:\/\//.test(publicUrl) && URL.canParse(publicUrl)),
    'must be a URL that begins with http:// or https://',
  )
  const atlassianUrl = optional('HOURBOOK_ATLASSIAN_URL')
  check(
    'HOURBOOK_ATLASSIAN_URL',
    atlassianUrl === undefined || (/^https?:\/\//.test(atlassianUrl) && URL.canParse(atlassianUrl)),
    'must be a URL that begins with http:// or https://',
  )
  const logLevel = logLevels.find((level) => level === text('HOURBOOK_LOG', 'info'))
  check('HOURBOOK_LOG', logLevel !== undefined, `must be one of ${logLevels.join(', ')}`)
  const siteTimeZone = text('HOURBOOK_SITE_TIME_ZONE', systemTimeZone())
  check('HOURBOOK_SITE_TIME_ZONE', isTimeZone(siteTimeZone), 'must be an IANA time zone')

  const trustedProxies = text('HOURBOOK_TRUSTED_PROXIES', '')
    .split(',')
    .flatMap((one) => one.trim() || [])
  check(
    'HOURBOOK_TRUSTED_PROXIES',
    trustedProxies.every(isProxy),
    'must hold addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal',
  )
  const secretKey = optional('HOURBOOK_SECRET_KEY')
  check(
    'HOURBOOK_SECRET_KEY',
    secretKey === undefined || secretKey.length >= 16,
    'must have at least 16 characters',
  )
  const allowPrivate = text('HOURBOOK_ALLOW_PRIVATE_NETWORKS', '0')
  check('HOURBOOK_ALLOW_PRIVATE_NETWORKS', /^[01]$/.test(allowPrivate), 'must be 0 or 1')

  const contextPath = text('HOURBOOK_CONTEXT_PATH', '/jira').replace(/\/+$/, '')
  check(
    'HOURBOOK_CONTEXT_PATH',
    contextPath === '' || /^(\/[\w.~-]+)+$/.test(contextPath),
    'must be a path such as /jira, or / for none',
  )
  const deploymentType = oneOf(
    text('HOURBOOK_JIRA_DEPLOYMENT_TYPE', 'Server'),
    ['Server', 'Cloud'] as const,
    (choices) => check('HOURBOOK_JIRA_DEPLOYMENT_TYPE', false, choices),
  )
  const worklogDateZone = oneOf(
    text('HOURBOOK_JQL_WORKLOG_DATE_ZONE', 'caller'),
    ['caller', 'author', 'server'] as const,
    (choices) => check('HOURBOOK_JQL_WORKLOG_DATE_ZONE', false, choices),
  )
  const trackerUnit = oneOf(text('HOURBOOK_TRACKER_UNIT', 'hours'), trackerUnits, (choices) =>
    check('HOURBOOK_TRACKER_UNIT', false, choices),
  )
  const trackerLanguage = oneOf(
    text('HOURBOOK_TRACKER_LANGUAGE', 'en'),
    trackerLanguages,
    (choices) => check('HOURBOOK_TRACKER_LANGUAGE', false, choices),
  )
  const numbersText = optional('HOURBOOK_TRACKER_NUMBERS')
  const trackerNumber =
    numbersText === undefined
      ? undefined
      : oneOf(numbersText, trackerNumbers, (choices) =>
          check('HOURBOOK_TRACKER_NUMBERS', false, choices),
        )
  const gadgetUnit = oneOf(text('HOURBOOK_GADGET_UNIT', 'hours'), gadgetUnits, (choices) =>
    check('HOURBOOK_GADGET_UNIT', false, choices),
  )
  const oidcIssuer = optional('HOURBOOK_OIDC_ISSUER')
  check(
    'HOURBOOK_OIDC_ISSUER',
    oidcIssuer === undefined || isIssuer(oidcIssuer),
    'must be a URL that begins with https:// (http:// only on this machine)',
  )
  const oidcClientId = optional('HOURBOOK_OIDC_CLIENT_ID')
  check(
    'HOURBOOK_OIDC_CLIENT_ID',
    (oidcIssuer === undefined) === (oidcClientId === undefined),
    'must be set together with HOURBOOK_OIDC_ISSUER',
  )

  const activityTimeline = oneOf(
    text('HOURBOOK_ACTIVITY_TIMELINE', 'site'),
    ['site', 'on', 'off'] as const,
    (choices) => check('HOURBOOK_ACTIVITY_TIMELINE', false, choices),
  )

  const config: Config = Object.freeze({
    host: flags.host ?? text('HOURBOOK_HOST', '127.0.0.1'),
    port:
      flags.port === undefined
        ? integer('HOURBOOK_PORT', text('HOURBOOK_PORT', '8440'), 0, 65_535)
        : integer('--port', flags.port, 0, 65_535),
    dataFolder: resolve(flags.data ?? text('HOURBOOK_DATA', './data')),
    databaseUrl,
    databasePoolSize: integer(
      'HOURBOOK_DATABASE_POOL',
      text('HOURBOOK_DATABASE_POOL', '10'),
      2,
      500,
    ),
    logLevel: logLevel ?? 'info',
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    trustedProxies,
    requestsPerMinute: integer(
      'HOURBOOK_REQUESTS_PER_MINUTE',
      text('HOURBOOK_REQUESTS_PER_MINUTE', '60000'),
      0,
      100_000_000,
    ),
    shutdownSeconds: integer(
      'HOURBOOK_SHUTDOWN_SECONDS',
      text('HOURBOOK_SHUTDOWN_SECONDS', '20'),
      0,
      3_600,
    ),
    siteName: text('HOURBOOK_SITE_NAME', 'Hourbook'),
    siteTimeZone,
    secretKey,
    atlassianUrl: atlassianUrl?.replace(/\/+$/, ''),
    allowsPrivateNetworks: allowPrivate === '1',
    oidcIssuer,
    oidcClientId,
    oidcClientSecret: optional('HOURBOOK_OIDC_CLIENT_SECRET'),
    oidcName: text('HOURBOOK_OIDC_NAME', 'Single sign-on'),
    backupMark: optional('HOURBOOK_BACKUP_MARK'),
    syncSeconds: integer('HOURBOOK_SYNC_SECONDS', text('HOURBOOK_SYNC_SECONDS', '300'), 0, 86_400),
    activityTimeline,
    leaseSeconds: integer('HOURBOOK_LEASE_SECONDS', text('HOURBOOK_LEASE_SECONDS', '60'), 2, 3_600),
    contextPath,
    tracker: Object.freeze({
      longPollAfterSeconds: number('HOURBOOK_LONG_POLL_AFTER_SECONDS', '20', 0, 3_600),
      longPollEverySeconds: number('HOURBOOK_LONG_POLL_EVERY_SECONDS', '15', 1, 600),
      exportColumns: text('HOURBOOK_TRACKER_COLUMNS', '')
        .split(',')
        .flatMap((one) => one.trim().toLowerCase() || []),
      unit: trackerUnit,
      numbers: trackerNumber,
      digits: number('HOURBOOK_TRACKER_DIGITS', '2', 0, 6),
      language: trackerLanguage,
      guardsFormulas: number('HOURBOOK_TRACKER_GUARD', '0', 0, 1) === 1,
      allowsForcing: number('HOURBOOK_FORCE_LONG_POLL', '0', 0, 1) === 1,
    }),
    gadgetUnit,
    jira: Object.freeze({
      deploymentType,
      searchMax: number('HOURBOOK_JIRA_SEARCH_MAX', '1000', 1, 10_000),
      feedLagSeconds: number('HOURBOOK_JIRA_FEED_LAG_SECONDS', '0', 0, 86_400),
      worklogsPerIssue: number('HOURBOOK_JIRA_WORKLOGS_PER_ISSUE', '10000', 0, 1_000_000_000),
      worklogDateZone,
    }),
  })
  if (problems.length > 0)
    throw new DomainError(
      'invalid',
      `The configuration is wrong: ${problems.map((one) => `${one.field} ${one.message}`).join('; ')}`,
      { problems },
    )
  return config
}

function oneOf<T extends string>(
  value: string,
  choices: readonly T[],
  refuse: (message: string) => void,
): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) refuse(`must be one of ${choices.join(', ')}`)
  return found ?? choices[0]!
}

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

/** What Fastify understands as a trusted proxy; anything else would only fail at the start. */
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', prefix, ...rest] = text.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  if (most === undefined || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most)
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  )
}

function systemTimeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return isTimeZone(zone) ? zone : 'UTC'
}
