/**
 * Where the application has screens. The server answers these addresses, and everything below
 * them, with the page. Plain data: the build reads it as well.
 */
export const screens = [
  { id: 'week', path: '/week' },
  { id: 'planner', path: '/planner' },
  { id: 'reports', path: '/reports' },
  { id: 'teams', path: '/teams' },
  { id: 'approvals', path: '/approvals' },
  { id: 'admin', path: '/admin' },
  { id: 'start', path: '/start' },
  { id: 'settings', path: '/settings' },
  { id: 'login', path: '/login' },
  { id: 'welcome', path: '/welcome' },
] as const
