import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { readAccountsSearch } from './admin/accounts-search.ts'
import { readAuditSearch } from './admin/audit-search.ts'
import { readChosenSearch } from './admin/chosen-search.ts'
import { readPeopleSearch } from './admin/people-search.ts'
import { readRolesSearch } from './admin/roles-search.ts'
import { readScriptsSearch } from './admin/scripts-search.ts'
import { readTeamsSearch } from './admin/teams-search.ts'
import { queryClient } from './api/queries.ts'
import { sessionQuery } from './api/session.ts'
import { readApprovalsSearch } from './approvals/approvals-search.ts'
import { Frame } from './frame/frame.tsx'
import { ErrorState, NotFound, Skeleton } from './parts/states.tsx'
import { readPlannerSearch } from './planner/planner-search.ts'
import { readReportSearch } from './reports/reports-search.ts'
import { readStartSearch } from './start/start-search.ts'
import { readTeamHomeSearch } from './team-home/team-home-search.ts'
import { prefetchWeek } from './week/prefetch-week.ts'
import { readWeekSearch } from './week/week-search.ts'

const root = createRootRouteWithContext<object>()({ component: Outlet })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>) => ({
    ...(isOwnPath(search.to) ? { to: search.to } : {}),
    ...(isSignOnProblem(search.problem) ? { problem: search.problem } : {}),
  }),
  component: lazyRouteComponent(() => import('./entering/login-screen.tsx'), 'LoginScreen'),
})

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./entering/welcome-screen.tsx'), 'WelcomeScreen'),
})

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (!session.me) throw redirect({ to: '/login', search: { to: location.href } })
  },
  component: Frame,
})

const front = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/week', replace: true })
  },
})

const week = createRoute({
  getParentRoute: () => inside,
  path: '/week',
  validateSearch: readWeekSearch,
  loaderDeps: ({ search: { day, person } }) => ({
    ...(day ? { day } : {}),
    ...(person ? { person } : {}),
  }),
  loader: ({ deps }) => prefetchWeek(deps),
  component: lazyRouteComponent(() => import('./week/week-screen.tsx'), 'WeekScreen'),
})

const planner = createRoute({
  getParentRoute: () => inside,
  path: '/planner',
  validateSearch: readPlannerSearch,
  component: lazyRouteComponent(() => import('./planner/planner-screen.tsx'), 'PlannerScreen'),
})

const reports = createRoute({
  getParentRoute: () => inside,
  path: '/reports',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('./reports/reports-screen.tsx'), 'ReportsScreen'),
})

const teams = createRoute({
  getParentRoute: () => inside,
  path: '/teams',
  validateSearch: readTeamHomeSearch,
  component: lazyRouteComponent(() => import('./team-home/team-home-screen.tsx'), 'TeamHomeScreen'),
})

const approvals = createRoute({
  getParentRoute: () => inside,
  path: '/approvals',
  validateSearch: readApprovalsSearch,
  component: lazyRouteComponent(
    () => import('./approvals/approvals-screen.tsx'),
    'ApprovalsScreen',
  ),
})

const start = createRoute({
  getParentRoute: () => inside,
  path: '/start',
  validateSearch: readStartSearch,
  component: lazyRouteComponent(() => import('./start/start-screen.tsx'), 'StartScreen'),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-screen.tsx'), 'SettingsScreen'),
})

const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin/admin-screen.tsx'), 'AdminScreen'),
})

const adminFront = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/admin/accounts', replace: true })
  },
})

const adminTokens = createRoute({
  getParentRoute: () => admin,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./admin/tokens-screen.tsx'), 'TokensScreen'),
})

const adminOAuth = createRoute({
  getParentRoute: () => admin,
  path: '/oauth',
  component: lazyRouteComponent(() => import('./admin/oauth-screen.tsx'), 'OAuthScreen'),
})

const adminScripts = createRoute({
  getParentRoute: () => admin,
  path: '/scripts',
  validateSearch: readScriptsSearch,
  component: lazyRouteComponent(() => import('./admin/scripts-screen.tsx'), 'ScriptsScreen'),
})

const adminConnections = createRoute({
  getParentRoute: () => admin,
  path: '/connections',
  component: lazyRouteComponent(
    () => import('./admin/connections-screen.tsx'),
    'ConnectionsScreen',
  ),
})

const adminPeople = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./admin/people-screen.tsx'), 'PeopleScreen'),
})

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./admin/audit-screen.tsx'), 'AuditScreen'),
})

const adminAccounts = createRoute({
  getParentRoute: () => admin,
  path: '/accounts',
  validateSearch: readAccountsSearch,
  component: lazyRouteComponent(() => import('./admin/accounts-screen.tsx'), 'AccountsScreen'),
})

const adminAttributes = createRoute({
  getParentRoute: () => admin,
  path: '/attributes',
  component: lazyRouteComponent(() => import('./admin/attributes-screen.tsx'), 'AttributesScreen'),
})

const adminSchedules = createRoute({
  getParentRoute: () => admin,
  path: '/schedules',
  component: lazyRouteComponent(() => import('./admin/schedules-screen.tsx'), 'SchedulesScreen'),
})

const adminHolidays = createRoute({
  getParentRoute: () => admin,
  path: '/holidays',
  validateSearch: readChosenSearch,
  component: lazyRouteComponent(() => import('./admin/holidays-screen.tsx'), 'HolidaysScreen'),
})

const adminPeriods = createRoute({
  getParentRoute: () => admin,
  path: '/periods',
  component: lazyRouteComponent(() => import('./admin/periods-screen.tsx'), 'PeriodsScreen'),
})

const adminGroups = createRoute({
  getParentRoute: () => admin,
  path: '/groups',
  validateSearch: readChosenSearch,
  component: lazyRouteComponent(() => import('./admin/groups-screen.tsx'), 'GroupsScreen'),
})

const adminTeams = createRoute({
  getParentRoute: () => admin,
  path: '/teams',
  validateSearch: readTeamsSearch,
  component: lazyRouteComponent(() => import('./admin/teams-screen.tsx'), 'TeamsScreen'),
})

const adminRoles = createRoute({
  getParentRoute: () => admin,
  path: '/roles',
  validateSearch: readRolesSearch,
  component: lazyRouteComponent(() => import('./admin/roles-screen.tsx'), 'RolesScreen'),
})

const adminSwitches = createRoute({
  getParentRoute: () => admin,
  path: '/switches',
  component: lazyRouteComponent(() => import('./admin/switches-screen.tsx'), 'SwitchesScreen'),
})

const adminHealth = createRoute({
  getParentRoute: () => admin,
  path: '/health',
  component: lazyRouteComponent(() => import('./admin/health-screen.tsx'), 'HealthScreen'),
})

const administration = admin.addChildren([
  adminFront,
  adminTokens,
  adminOAuth,
  adminScripts,
  adminConnections,
  adminPeople,
  adminAudit,
  adminAccounts,
  adminAttributes,
  adminSchedules,
  adminHolidays,
  adminPeriods,
  adminGroups,
  adminTeams,
  adminRoles,
  adminSwitches,
  adminHealth,
])

/** A screen is a line here, one in `screens.ts`, and one in `frame/rail.tsx`. */
const tree = root.addChildren([
  login,
  welcome,
  inside.addChildren([
    front,
    start,
    week,
    planner,
    reports,
    teams,
    approvals,
    administration,
    settings,
  ]),
])

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: () => <Skeleton lines={8} />,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

/** Asks for the code of the screen the address means, before it is known whose it is. */
export function preloadScreen(): void {
  const routes: Readonly<Record<string, AnyRoute>> = router.routesById
  for (const { routeId } of router.matchRoutes(router.latestLocation))
    void router.loadRouteChunk(routes[routeId]!)
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const signOnProblems = ['sign-on-expired', 'sign-on-unknown', 'sign-on-refused'] as const

function isSignOnProblem(value: unknown): value is (typeof signOnProblems)[number] {
  return (signOnProblems as readonly unknown[]).includes(value)
}

/** Only paths of ours: a link to the sign-in must not lead elsewhere afterwards. */
function isOwnPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value)
}
