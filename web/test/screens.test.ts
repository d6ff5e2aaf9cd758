import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accountTabs } from '../src/admin/accounts-search.ts'
import { foreignApis } from '../src/admin/foreign-apis.ts'
import { roleTabs } from '../src/admin/roles-search.ts'
import { sectionGroups } from '../src/admin/sections.ts'
import { teamTabs } from '../src/admin/teams-search.ts'
import { approvalTabs } from '../src/approvals/approvals-search.ts'
import { zooms } from '../src/planner/scale.ts'
import { reportViews } from '../src/reports/reports-search.ts'
import { screens } from '../src/screens.ts'
import { weekViews } from '../src/week/week-search.ts'
import { appRoutes } from './app-routes.ts'
import { accessibilityProblems, colourRules } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aKeyboard, type Keyboard } from './keyboard.ts'
import { aWebSite, type WebPage, type WebSite } from './site.ts'
import { until } from './until.ts'

/** With HOURBOOK_THOROUGH=1 everything in every combination; a share of it with every change. */
const isThorough = process.env.HOURBOOK_THOROUGH === '1'

const widths = [1280, 390] as const
const schemes = ['light', 'dark'] as const

type Scheme = (typeof schemes)[number]

/** What else an address shows, by what follows it; from the lists the application itself reads. */
const more: Readonly<Record<string, readonly string[]>> = {
  '/week': weekViews.map((view) => `?view=${view}`),
  '/planner': zooms.map((zoom) => `?zoom=${zoom}`),
  '/reports': reportViews.map((view) => {
    const rows =
      { table: 'project,person', burn: 'attribute:_Account_' }[view as string] ?? 'project'
    return `?rows=${rows}&columns=month&period=this-year&view=${view}`
  }),
  '/approvals': approvalTabs.map((tab) => `?tab=${tab}`),
  '/start': ['', '?door=jira', '?door=own'],
  '/admin/accounts': accountTabs.map((tab) => `?tab=${tab}`),
  '/admin/teams': teamTabs.map((tab) => `?tab=${tab}`),
  '/admin/roles': roleTabs.map((tab) => `?tab=${tab}`),
  '/admin/scripts': foreignApis.slice(0, 1).map(({ id }) => `?api=${id}`),
}

/** What is opened from a screen by a button, by its name; Escape closes it again. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '/week?view=grid': ['Search issues', 'Your account'],
  '/planner?zoom=week': ['Filters', 'More', 'New'],
  '/reports?rows=project,person&columns=month&period=this-year&view=table': [
    'Start from',
    'Export',
    'Saved reports',
    'Period This year',
    'Add to Rows',
    'Person',
  ],
  '/approvals?tab=periods': ['Close'],
  '/teams': ['Pin a report'],
  '/admin/accounts?tab=accounts': [
    'Add account',
    'Import CSV',
    'Columns shown',
    'Details of ORCA-DEV',
  ],
  '/admin/accounts?tab=customers': ['Add customer'],
  '/admin/accounts?tab=categories': ['Add category'],
  '/admin/attributes': ['Add attribute'],
  '/admin/schedules': ['Add schedule', 'Who follows'],
  '/admin/holidays': ['Add scheme', 'Import public holidays'],
  '/admin/people': ['Add a person', 'Access of Mira Falkenrath'],
  '/admin/groups': ['Add group', 'Members of consultants'],
  '/admin/teams?tab=teams': ['Add team'],
  '/admin/teams?tab=programs': ['Add program'],
  '/admin/roles?tab=rights': ['Add permission role'],
  '/admin/roles?tab=skills': ['Add skill'],
  '/admin/roles?tab=resources': ['Add generic resource'],
  '/admin/connections': ['Connect a Jira'],
  '/admin/tokens': ['New token', 'Adopt an existing value'],
  '/admin/oauth': ['Register a program'],
}

/** How far things may move while a screen loads, as browsers measure it. */
const mostShift = 0.02

const modal = '[aria-modal=true]'
const panels = '[role=dialog], [role=menu], aside, .mantine-Popover-dropdown'

const routes = appRoutes().filter(({ isRedirect }) => !isRedirect)
const inside = routes.filter(({ isInside }) => isInside).map(({ path }) => path)
const outside = routes.filter(({ isInside }) => !isInside).map(({ path }) => path)
const addresses = inside.flatMap((path) => (more[path] ?? ['']).map((view) => path + view))
const ofMembers = [...inside.filter((path) => !path.startsWith('/admin/')), '/admin/accounts']

describeInBrowser('every screen', () => {
  let site: WebSite
  /** A page of each who at each width, as a person goes through one screen after the other. */
  const visits = new Map<string, Promise<Visit>>()
  beforeAll(async () => {
    site = await aWebSite()
  }, 240_000)
  afterAll(() => site?.close())

  const visitOf = (who: Who, width: number): Promise<Visit> => {
    const key = `${who} ${width}`
    const known = visits.get(key)
    if (known) return known
    const visit = aVisit(site, who, width)
    visits.set(key, visit)
    return visit
  }

  it('of the application is one the server answers, and one of the administration its menu names', () => {
    const known = screens.map(({ path }) => path as string)
    const tops = new Set(routes.map(({ path }) => `/${path.split('/')[1]}`))
    expect([...tops].sort()).toEqual([...known].sort())
    const sections = sectionGroups.flatMap((group) => group.sections.map(({ to }) => to as string))
    const ofAdmin = inside.filter((path) => path.startsWith('/admin/'))
    expect([...ofAdmin].sort()).toEqual([...sections].sort())
    expect(Object.keys(doors).filter((address) => !addresses.includes(address))).toEqual([])
    expect(Object.keys(more).filter((path) => !inside.includes(path))).toEqual([])
  })

  it.each([
    ...widths.flatMap((width) => addresses.map((one) => [one, 'administrator', width] as const)),
    ...widths.flatMap((width) => ofMembers.map((one) => [one, 'member', width] as const)),
    ...widths.flatMap((width) => outside.map((one) => [one, 'stranger', width] as const)),
  ])('%s stands, light and dark, for a %s at %i px', async (address, who, width) => {
    expect(await faultsOf(await visitOf(who, width), who, address)).toEqual([])
  })

  it.each(widths)('that a link leads to once stands, light and dark, at %i px', async (width) => {
    const { app } = site
    const found = await app.store.people.findByNames(app.site.id, ['admin'])
    const link = await app.entering.sessions.makeFirstLink(app.site.id, found.get('admin')![0]!)
    const visit = await visitOf('stranger', width)
    expect(await faultsOf(visit, 'stranger', `/welcome#${link}`)).toEqual([])
  })
})

type Who = 'administrator' | 'member' | 'stranger'

type Visit = WebPage & {
  readonly width: number
  readonly keyboard: Keyboard
  readonly traffic: ReadonlySet<unknown>
}

async function aVisit(site: WebSite, who: Who, width: number): Promise<Visit> {
  const { app } = site
  const people = await app.store.people.list({ siteId: app.site.id, limit: 100 })
  const member = people.find(({ role, username }) => role === 'employee' && username)?.username
  const as = { administrator: 'admin', member: member!, stranger: undefined }[who]
  const visitor = await site.page({ width, ...(as === undefined ? {} : { as }) })
  await visitor.page.addInitScript(countShifts)
  return {
    ...visitor,
    width,
    keyboard: await aKeyboard(visitor.page),
    traffic: trafficOf(visitor.page),
  }
}

/** What is wrong with a screen and with what is opened from it. */
async function faultsOf(visit: Visit, who: Who, address: string): Promise<string[]> {
  const { page, problems } = visit
  const told = problems.length
  const isShare = isThorough || widths[addresses.indexOf(address) % 2] === visit.width
  const walked = who !== 'administrator' || isShare ? walksIn(who) : []
  const isElsewhere = !page.url().includes(address.replace(/[?#].*/, ''))
  if (page.url() === 'about:blank') await page.goto(address)
  else await page.evaluate(`shifted = 0; history.pushState({}, '', ${JSON.stringify(address)})`)
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await settled(visit)
  const faults = [
    // Another view of the same screen is meant to stand elsewhere.
    ...(await shapeOf(page, isElsewhere)),
    ...(await inBothSchemes(visit, (scheme) => lookAt(visit, scheme, walked))),
  ]
  // Some are for administrators only.
  const opened = who === 'administrator' ? (doors[address] ?? []) : []
  for (const [at, door] of opened.entries())
    if (isThorough || widths[at % 2] === visit.width)
      faults.push(...(await throughDoor(visit, door)).map((fault) => `${door}: ${fault}`))
  return [...faults, ...problems.slice(told).map((problem) => `console: ${problem}`)]
}

/** Nothing is on its way any more, and what came is drawn. */
function settled({ page, traffic }: Visit): Promise<void> {
  const isBusy = `document.querySelector('main, form') === null ||
    document.querySelector('[data-loading], [data-stale], [aria-busy="true"]') !== null`
  return expect
    .poll(async () => {
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
      return traffic.size > 0 || (await page.evaluate(isBusy))
    })
    .toBe(false)
}

async function shapeOf(page: Page, loads: boolean): Promise<string[]> {
  const { heading, wide, shift } = (await page.evaluate(`({
    heading: [...document.querySelectorAll('h1')].some((one) => one.checkVisibility()),
    wide: Math.max(...[document.documentElement, document.querySelector('main')]
      .map((one) => one ? one.scrollWidth - one.clientWidth : 0)),
    shift: shifted,
  })`)) as { heading: boolean; wide: number; shift: number }
  return [
    ...(heading ? [] : ['no heading']),
    ...(wide > 0 ? [`runs over by ${wide} px`] : []),
    ...(!loads || shift < mostShift ? [] : [`jumps by ${shift.toFixed(3)} as it loads`]),
  ]
}

const fadesNothing = `document.getAnimations().every((one) => !(one instanceof CSSTransition))`

async function inBothSchemes(
  { page }: Visit,
  look: (scheme: Scheme) => Promise<readonly string[]>,
): Promise<string[]> {
  const faults: string[] = []
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme })
    await until(page, `document.documentElement.dataset.mantineColorScheme === '${scheme}'`)
    // Some colours fade into the others.
    await until(page, fadesNothing)
    faults.push(...(await look(scheme)).map((fault) => `${scheme}: ${fault}`))
  }
  return faults
}

/**
 * The ways by keyboard are the same in both: administrators go them in the light, each screen at one
 * width, members in the dark at both.
 */
function walksIn(who: Who): readonly Scheme[] {
  if (isThorough || who === 'stranger') return schemes
  return who === 'member' ? ['dark'] : ['light']
}

/** By axe and by keyboard; what is modal is walked by itself. */
async function lookAt(
  { page, keyboard }: Visit,
  scheme: Scheme,
  walked: readonly Scheme[],
  panel?: string,
): Promise<string[]> {
  const isAgain = scheme !== schemes[0]
  const isModal = (await page.locator(modal).count()) > 0
  const rules = isAgain ? colourRules : undefined
  return [
    ...(await accessibilityProblems(page, { within: panel, rules })),
    ...(walked.includes(scheme)
      ? await keyboard.walk(panel ?? (isModal ? modal : undefined), isAgain)
      : []),
  ]
}

/** Opens something by keyboard, walks through it, and leaves it by Escape, back to where one was. */
async function throughDoor(visit: Visit, name: string): Promise<string[]> {
  const { page } = visit
  const faults: string[] = []
  const before = await page.locator(panels).count()
  const door = page.getByRole('button', { name }).first()
  await door.focus()
  await page.keyboard.press('Enter')
  const opened = page.locator(panels).nth(before)
  try {
    await opened.waitFor({ timeout: 5_000 })
  } catch {
    return ['does not open']
  }
  await settled(visit)
  const walked = walksIn('administrator')
  faults.push(...(await inBothSchemes(visit, (scheme) => lookAt(visit, scheme, walked, panels))))
  // A list that is open in it is on top of it.
  for (let pressed = 0; pressed < 2 && (await opened.count()) > 0; pressed += 1) {
    await page.keyboard.press('Escape')
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  }
  await opened.waitFor({ state: 'detached', timeout: 5_000 })
  await until(page, 'document.activeElement !== document.body')
  return faults
}

function trafficOf(page: Page): ReadonlySet<unknown> {
  const running = new Set<unknown>()
  page.on('request', (request) => running.add(request))
  page.on('requestfinished', (request) => running.delete(request))
  page.on('requestfailed', (request) => running.delete(request))
  return running
}

/** How far things moved, added up; a key pressed on the screen before excuses nothing. */
const countShifts = `
  globalThis.shifted = 0
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) shifted += value
  }).observe({ type: 'layout-shift', buffered: true })
`
