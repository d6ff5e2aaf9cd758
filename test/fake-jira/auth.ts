import { envelope, JiraRefusal, texts } from './errors.ts'
import type { OAuthState } from './oauth.ts'
import type { Dialect, Switches } from './switches.ts'
import { credentialsOf, type World } from './world.ts'
import type { Person } from './world-types.ts'

/** Who a request comes from, as its headers say. */
export type Caller = {
  /** Undefined is anonymous. */
  readonly person: Person | undefined
  /** Scopes of an OAuth token; undefined means everything. */
  readonly scopes?: ReadonlySet<string>
  /** Headers every answer to this caller carries. */
  readonly headers: Readonly<Record<string, string>>
  /** Credentials were given and are bad. */
  readonly isRefused: boolean
}

/** Reads the `Authorization` header. Throws where Jira refuses before looking at the route. */
export function identify(
  authorization: string | undefined,
  {
    world,
    dialect,
    switches,
    oauth,
    isGateway,
  }: {
    readonly world: World
    readonly dialect: Dialect
    readonly switches: Switches
    readonly oauth: OAuthState
    readonly isGateway: boolean
  },
): Caller {
  if (authorization === undefined) return anonymous(dialect, false)
  const [scheme = '', secret = ''] = authorization.split(' ')
  if (scheme.toLowerCase() === 'bearer' && isGateway) {
    const token = oauth.access(secret)
    if (!token) throw new JiraRefusal(401, { code: 401, message: 'Unauthorized' })
    return { ...known(dialect, token.person), scopes: token.scopes }
  }
  const person =
    scheme.toLowerCase() === 'bearer'
      ? bearerOf(world, dialect, secret)
      : basicOf(world, dialect, switches, secret)
  if (person?.active && !world.state.credentials.revoked.has(person.id)) {
    world.state.credentials.captcha.delete(person.id)
    return known(dialect, person)
  }
  if (dialect === 'dc' && switches.anonymous !== 'refuse') return anonymous(dialect, true)
  const reason = { 'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED', 'X-AUSERNAME': 'anonymous' }
  throw new JiraRefusal(401, envelope([texts.unauthenticated]), {
    'WWW-Authenticate': dialect === 'dc' ? 'OAuth realm="http://fake-jira"' : 'Basic realm="jira"',
    ...(dialect === 'dc' ? reason : {}),
  })
}

function known(dialect: Dialect, person: Person): Caller {
  const headers: Record<string, string> =
    dialect === 'cloud'
      ? { 'X-AAccountId': person.accountId }
      : { 'X-AUSERNAME': encodeURIComponent(person.name), 'X-Seraph-LoginReason': 'OK' }
  return { person, headers, isRefused: false }
}

function anonymous(dialect: Dialect, isRefused: boolean): Caller {
  if (dialect === 'cloud') return { person: undefined, headers: {}, isRefused }
  const reason: Record<string, string> = isRefused
    ? { 'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED' }
    : {}
  return { person: undefined, headers: { 'X-AUSERNAME': 'anonymous', ...reason }, isRefused }
}

// Personal access tokens exist on Data Center only; Cloud's Bearer tokens pass the gateway.
function bearerOf(world: World, dialect: Dialect, secret: string): Person | undefined {
  if (dialect === 'cloud') return undefined
  return find(world, (person) => credentialsOf(person).pat === secret)
}

function basicOf(
  world: World,
  dialect: Dialect,
  switches: Switches,
  secret: string,
): Person | undefined {
  const text = Buffer.from(secret, 'base64').toString('utf8')
  const at = text.indexOf(':')
  const [user, password] = [text.slice(0, at), text.slice(at + 1)]
  if (dialect === 'cloud') {
    return find(world, (person) => {
      const { email, apiToken } = credentialsOf(person)
      return email.toLowerCase() === user.toLowerCase() && apiToken === password
    })
  }
  const person = find(world, ({ name }) => name === user)
  if (!person) return undefined
  const failures = world.state.credentials.captcha.get(person.id) ?? 0
  if (failures >= switches.captchaAfter) throw captcha()
  const isRight = credentialsOf(person).password === password
  if (isRight) return person
  world.state.credentials.captcha.set(person.id, failures + 1)
  return undefined
}

// Locked out: even the right password is refused until somebody solves it in a browser.
function captcha(): JiraRefusal {
  return new JiraRefusal(403, envelope(['CAPTCHA_CHALLENGE']), {
    'X-Seraph-LoginReason': 'AUTHENTICATION_DENIED',
    'X-Authentication-Denied-Reason': 'CAPTCHA_CHALLENGE; login-url=http://fake-jira/login.jsp',
    'X-AUSERNAME': 'anonymous',
  })
}

function find(world: World, isWanted: (person: Person) => boolean): Person | undefined {
  for (const person of world.state.people.values()) if (isWanted(person)) return person
  return undefined
}
