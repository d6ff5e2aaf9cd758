import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { DomainError } from './domain/errors.ts'
import { isTimeZone } from './domain/zone.ts'

const trackerUnits = ['hours', 'days', 'minutes', 'pretty'] as const
const gadgetUnits = ['hours', 'days', 'pretty'] as const
export const trackerLanguages = ['en', 'de', 'es', 'fr', 'pt', 'ru', 'owner'] as const
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
  const oneOf = <T extends string>(
    variable: string,
    fallback: string,
    choices: readonly [T, ...T[]],
  ): T => {
    const found = choices.find((choice) => choice === text(variable, fallback))
    check(variable, found !== undefined, `must be one of ${choices.join(', ')}`)
    return found ?? choices[0]
  }
  const webUrl = (variable: string): string | undefined => {
    const url = optional(variable)
    check(
      variable,
      url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url)),
      'must be a URL that begins with http:// or https://',
    )
    return url?.replace(/\/+$/, '')
  }

  const databaseUrl = optional('DATABASE_URL')
  check(
    'DATABASE_URL',
    databaseUrl === undefined || /^postgres(ql)?:\/\//.test(databaseUrl),
    'must begin with postgres:// or postgresql://',
  )
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

  const config: Config = Object.freeze({
    host: flags.host ?? text('HOURBOOK_HOST', '127.0.0.1'),
    port:
      flags.port === undefined
        ? number('HOURBOOK_PORT', '8440', 0, 65_535)
        : integer('--port', flags.port, 0, 65_535),
    dataFolder: resolve(flags.data ?? text('HOURBOOK_DATA', './data')),
    databaseUrl,
    databasePoolSize: number('HOURBOOK_DATABASE_POOL', '10', 2, 500),
    logLevel: oneOf('HOURBOOK_LOG', 'info', logLevels),
    publicUrl: webUrl('HOURBOOK_PUBLIC_URL'),
    trustedProxies,
    requestsPerMinute: number('HOURBOOK_REQUESTS_PER_MINUTE', '60000', 0, 100_000_000),
    shutdownSeconds: number('HOURBOOK_SHUTDOWN_SECONDS', '20', 0, 3_600),
    siteName: text('HOURBOOK_SITE_NAME', 'Hourbook'),
    siteTimeZone,
    secretKey,
    atlassianUrl: webUrl('HOURBOOK_ATLASSIAN_URL'),
    allowsPrivateNetworks: allowPrivate === '1',
    oidcIssuer,
    oidcClientId,
    oidcClientSecret: optional('HOURBOOK_OIDC_CLIENT_SECRET'),
    oidcName: text('HOURBOOK_OIDC_NAME', 'Single sign-on'),
    backupMark: optional('HOURBOOK_BACKUP_MARK'),
    syncSeconds: number('HOURBOOK_SYNC_SECONDS', '300', 0, 86_400),
    activityTimeline: oneOf('HOURBOOK_ACTIVITY_TIMELINE', 'site', ['site', 'on', 'off']),
    leaseSeconds: number('HOURBOOK_LEASE_SECONDS', '60', 2, 3_600),
    contextPath,
    tracker: Object.freeze({
      longPollAfterSeconds: number('HOURBOOK_LONG_POLL_AFTER_SECONDS', '20', 0, 3_600),
      longPollEverySeconds: number('HOURBOOK_LONG_POLL_EVERY_SECONDS', '15', 1, 600),
      exportColumns: text('HOURBOOK_TRACKER_COLUMNS', '')
        .split(',')
        .flatMap((one) => one.trim().toLowerCase() || []),
      unit: oneOf('HOURBOOK_TRACKER_UNIT', 'hours', trackerUnits),
      numbers:
        optional('HOURBOOK_TRACKER_NUMBERS') === undefined
          ? undefined
          : oneOf('HOURBOOK_TRACKER_NUMBERS', '', trackerNumbers),
      digits: number('HOURBOOK_TRACKER_DIGITS', '2', 0, 6),
      language: oneOf('HOURBOOK_TRACKER_LANGUAGE', 'en', trackerLanguages),
      guardsFormulas: number('HOURBOOK_TRACKER_GUARD', '0', 0, 1) === 1,
      allowsForcing: number('HOURBOOK_FORCE_LONG_POLL', '0', 0, 1) === 1,
    }),
    gadgetUnit: oneOf('HOURBOOK_GADGET_UNIT', 'hours', gadgetUnits),
    jira: Object.freeze({
      deploymentType: oneOf('HOURBOOK_JIRA_DEPLOYMENT_TYPE', 'Server', ['Server', 'Cloud']),
      searchMax: number('HOURBOOK_JIRA_SEARCH_MAX', '1000', 1, 10_000),
      feedLagSeconds: number('HOURBOOK_JIRA_FEED_LAG_SECONDS', '0', 0, 86_400),
      worklogsPerIssue: number('HOURBOOK_JIRA_WORKLOGS_PER_ISSUE', '10000', 0, 1_000_000_000),
      worklogDateZone: oneOf('HOURBOOK_JQL_WORKLOG_DATE_ZONE', 'caller', [
        'caller',
        'author',
        'server',
      ]),
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
