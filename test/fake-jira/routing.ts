import type { Route } from './route.ts'
import { catalogueRoutes } from './routes-catalogue.ts'
import { feedRoutes } from './routes-feeds.ts'
import { peopleRoutes } from './routes-people.ts'
import { projectRoutes } from './routes-projects.ts'
import { searchRoutes } from './routes-search.ts'
import { worklogRoutes } from './routes-worklogs.ts'
import type { Dialect } from './switches.ts'

/** Every route the fake serves below `/rest/api/N/`; the first that fits wins. */
export const routes: readonly Route[] = [
  ...feedRoutes,
  ...worklogRoutes,
  ...searchRoutes,
  ...peopleRoutes,
  ...projectRoutes,
  ...catalogueRoutes,
]

/** Where a path leads: version, the part below it, and whether it came through the gateway. */
export type Place = {
  readonly kind: 'api' | 'authorize' | 'token' | 'resources' | 'nowhere'
  readonly version: 2 | 3
  readonly rest: string
  readonly isGateway: boolean
}

/** Takes context path or gateway prefix off and finds the version; Data Center has only 2. */
export function placeOf(
  path: string,
  {
    contextPath,
    cloudId,
    dialect,
  }: {
    readonly contextPath: string
    readonly cloudId: string
    readonly dialect: Dialect
  },
): Place {
  const at = (kind: Place['kind'], rest = '', version: 2 | 3 = 2, isGateway = false): Place => ({
    kind,
    rest,
    version,
    isGateway,
  })
  if (dialect === 'cloud' && path === '/authorize') return at('authorize')
  if (dialect === 'cloud' && path === '/oauth/token') return at('token')
  if (dialect === 'cloud' && path === '/oauth/token/accessible-resources') return at('resources')
  const gateway = `/ex/jira/${cloudId}`
  const isGateway = dialect === 'cloud' && path.startsWith(`${gateway}/`)
  const prefix = isGateway ? gateway : contextPath
  if (!path.startsWith(`${prefix}/`)) return at('nowhere')
  const match = /^\/rest\/api\/(2|3|latest)\/(.+?)\/?$/.exec(path.slice(prefix.length))
  if (!match || (match[1] === '3' && dialect === 'dc')) return at('nowhere')
  return at('api', match[2], match[1] === '3' ? 3 : 2, isGateway)
}

/** The route of a path with its parameters; `isKnownPath` tells a wrong method from nothing. */
export function routeOf(
  method: string,
  rest: string,
  dialect: Dialect,
): { route: Route | undefined; params: string[]; isKnownPath: boolean } {
  const parts = rest.split('/').map(decode)
  let isKnownPath = false
  for (const route of routes) {
    if (route.dialects && !route.dialects.includes(dialect)) continue
    const params = paramsOf(route.path, parts)
    if (!params) continue
    if (route.method === method) return { route, params, isKnownPath: true }
    isKnownPath = true
  }
  return { route: undefined, params: [], isKnownPath }
}

function paramsOf(pattern: string, parts: readonly string[]): string[] | undefined {
  const wanted = pattern.split('/')
  if (wanted.length !== parts.length) return undefined
  const params: string[] = []
  for (const [at, part] of wanted.entries()) {
    if (part === '*') params.push(parts[at]!)
    else if (part !== parts[at]) return undefined
  }
  return params
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
