import type { TeamName } from './roster.ts'

/** A project and the words its issues are made of. */
export type DemoProject = {
  readonly key: string
  readonly name: string
  readonly category: string
  readonly lead: string
  readonly team: TeamName
  readonly isBilled: boolean
  readonly issueCount: number
  readonly components: readonly string[]
  readonly labels: readonly string[]
  readonly epics: readonly string[]
  /** Tasks that stay open for good: where meetings and small matters are logged. */
  readonly lasting: readonly string[]
  readonly subjects: readonly string[]
  readonly customer: string | null
}

/** The six projects. */
export const projects: readonly DemoProject[] = [
  {
    key: 'ORCA',
    name: 'Orca Logistics Portal',
    category: 'Customers',
    lead: 'j.wendelau',
    team: 'Customer Delivery',
    isBilled: true,
    issueCount: 120,
    components: ['Tracking', 'Customs', 'Billing', 'Reports'],
    labels: ['customer-request', 'phase-2', 'sla', 'urgent'],
    epics: ['Customs clearance', 'Carrier onboarding', 'Invoice run', 'Driver app hand-over'],
    lasting: ['Meetings with Orca', 'Project management Orca'],
    customer: 'Orca Logistics',
    subjects: [
      ...['shipment timeline', 'carrier list', 'customs form', 'invoice preview', 'dock calendar'],
      ...['freight calculator', 'delivery note', 'proof of delivery', 'tariff table'],
      ...['container search', 'damage report', 'exception inbox', 'route map'],
    ],
  },
  {
    key: 'BRIO',
    name: 'Brio Foods Ordering',
    category: 'Customers',
    lead: 'a.gruenbachl',
    team: 'Customer Delivery',
    isBilled: true,
    issueCount: 100,
    components: ['Catalogue', 'Basket', 'Loyalty', 'Kitchen'],
    labels: ['customer-request', 'fixed-price', 'workshop'],
    epics: ['Online ordering', 'Loyalty programme', 'Kitchen display', 'Allergen labels'],
    lasting: ['Meetings with Brio', 'Travel to Brio'],
    customer: 'Brio Foods',
    subjects: [
      ...['menu editor', 'basket', 'allergen filter', 'pick-up slots', 'kitchen display'],
      ...['voucher codes', 'loyalty card', 'order history', 'branch finder', 'price list'],
      ...['payment page', 'table reservation'],
    ],
  },
  {
    key: 'INT',
    name: 'Internal',
    category: 'Internal',
    lead: 'admin',
    team: 'Platform',
    isBilled: false,
    issueCount: 50,
    components: ['Office', 'Hiring', 'Learning'],
    labels: ['office', 'learning'],
    epics: ['New office', 'Learning programme'],
    lasting: [
      'Company meetings',
      'Recruiting interviews',
      'Training and reading',
      'Administration',
    ],
    customer: null,
    subjects: [
      ...['onboarding checklist', 'meeting rooms', 'laptop inventory', 'travel policy'],
      ...['interview guide', 'team handbook', 'security training', 'intranet page', 'budget sheet'],
    ],
  },
  {
    key: 'PLAT',
    name: 'Platform',
    category: 'Products',
    lead: 'p.velluri',
    team: 'Platform',
    isBilled: false,
    issueCount: 130,
    components: ['API', 'Storage', 'Identity', 'Observability', 'Build'],
    labels: ['tech-debt', 'performance', 'security', 'breaking'],
    epics: ['Single sign-on', 'Event bus', 'Zero-downtime upgrades', 'Cost of storage'],
    lasting: ['Platform meetings', 'Code review and mentoring'],
    customer: null,
    subjects: [
      ...['token service', 'rate limiter', 'event bus', 'audit log', 'schema migration'],
      ...['search index', 'backup job', 'feature flags', 'metrics endpoint', 'job queue'],
      ...['cache layer', 'file storage', 'admin console', 'build pipeline'],
    ],
  },
  {
    key: 'MOB',
    name: 'Mobile App',
    category: 'Products',
    lead: 'h.minazono',
    team: 'Mobile',
    isBilled: false,
    issueCount: 110,
    components: ['iOS', 'Android', 'Offline', 'Push'],
    labels: ['ux', 'accessibility', 'crash', 'store-review'],
    epics: ['Offline mode', 'Accessibility', 'New navigation', 'Tablet layout'],
    lasting: ['Mobile meetings', 'App store releases'],
    customer: null,
    subjects: [
      ...['login screen', 'push notifications', 'offline sync', 'camera upload', 'dark mode'],
      ...['settings page', 'barcode scanner', 'onboarding tour', 'share sheet', 'home widgets'],
      ...['map view', 'language picker'],
    ],
  },
  {
    key: 'OPS',
    name: 'Support Desk',
    category: 'Service',
    lead: 'd.okonedale',
    team: 'Support & Operations',
    isBilled: true,
    issueCount: 90,
    components: ['Hosting', 'First level', 'Monitoring'],
    labels: ['incident', 'question', 'sla'],
    epics: ['Runbooks', 'Monitoring of all customers'],
    lasting: ['Support meetings', 'First level support', 'On-call duty'],
    customer: null,
    subjects: [
      ...['mail gateway', 'certificate renewal', 'customer login', 'nightly import'],
      ...['disk usage', 'ticket export', 'alert routing', 'password reset', 'status page'],
      ...['database replica', 'VPN access'],
    ],
  },
]

/** How each team's time is spread over the projects. */
export const projectShares: Readonly<Record<TeamName, readonly (readonly [string, number])[]>> = {
  'Customer Delivery': [
    ['ORCA', 50],
    ['BRIO', 37],
    ['INT', 8],
    ['PLAT', 5],
  ],
  Platform: [
    ['PLAT', 72],
    ['ORCA', 10],
    ['OPS', 10],
    ['INT', 8],
  ],
  Mobile: [
    ['MOB', 76],
    ['BRIO', 12],
    ['INT', 7],
    ['PLAT', 5],
  ],
  'Support & Operations': [
    ['OPS', 66],
    ['ORCA', 14],
    ['BRIO', 12],
    ['INT', 8],
  ],
}
