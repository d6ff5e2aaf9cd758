import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { makeCompany } from '../../src/cli/demo/company.ts'
import { fillDemo } from '../../src/cli/demo/fill.ts'
import { type App, ensureAdministrator } from '../../src/compose.ts'
import { makeHttpServer } from '../../src/compose-server.ts'
import type { Environment } from '../../src/config.ts'
import type { Day } from '../../src/domain/day.ts'
import { localIn } from '../../src/domain/zone.ts'
import { aTestApp, type Contents, type TestApp } from '../../test/data-folder.ts'
import { chromiumPath } from './chromium.ts'

export type PageWish = {
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
  readonly locale?: string
  /** Who is signed in already: a username. Nobody when left out. */
  readonly as?: string
}

/** A server with the built application and the sample company, and a browser to look at it. */
export type WebSite = {
  readonly app: App
  readonly server: FastifyInstance
  readonly address: string
  readonly today: Day
  /** A page of a browser of its own; whatever goes wrong in it is kept in `problems`. */
  page(wish?: PageWish): Promise<WebPage>
  close(): Promise<void>
}

export type WebPage = {
  readonly page: Page
  readonly context: BrowserContext
  /** Console errors, uncaught errors and refused requests so far. */
  readonly problems: readonly string[]
  close(): Promise<void>
}

export const password = 'correct horse battery'

const demoSeed = 20_240_304

const theCompany: Contents = {
  name: 'company',
  async fill(app) {
    const company = makeCompany({ today: todayOf(app), seed: demoSeed })
    await fillDemo({ store: app.store, siteId: app.site.id, company, now: app.now() })
  },
}

const todayOf = (app: App): Day => localIn(app.site.timeZone, app.now()).day

/** What `npm start -- --demo` gives, in this process. */
export async function aWebSite(
  { demo = true } = {},
  environment: Environment = {},
): Promise<WebSite> {
  const built = fileURLToPath(new URL('../dist/index.html', import.meta.url))
  if (!existsSync(built)) throw new Error('web/dist is missing: npm run build')
  const test: TestApp = await aTestApp(environment, Date.now, demo ? theCompany : undefined)
  const { app } = test
  const today = todayOf(app)
  await ensureAdministrator(app)
  const server = await makeHttpServer(app)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath!,
    args: ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu'],
  })
  return {
    app,
    server,
    address,
    today,
    page: (wish = {}) => openPage({ app, address, browser }, wish),
    async close() {
      await browser.close()
      await server.close()
      await test.close()
    },
  }
}

async function openPage(
  site: { readonly app: App; readonly address: string; readonly browser: Browser },
  { width = 1280, scheme = 'light', locale = 'en-GB', as }: PageWish,
): Promise<WebPage> {
  const context = await site.browser.newContext({
    baseURL: site.address,
    viewport: { width, height: width < 600 ? 844 : 800 },
    colorScheme: scheme,
    locale,
    timezoneId: site.app.site.timeZone,
    reducedMotion: 'reduce',
    ...(width < 600 ? { hasTouch: true, isMobile: true } : {}),
  })
  context.setDefaultTimeout(20_000)
  if (as !== undefined) await context.addCookies([await enter(site.app, site.address, as)])
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  return { page, context, problems, close: () => context.close() }
}

/** A session as the front door gives it, without typing. */
async function enter(app: App, address: string, username: string) {
  const found = await app.store.people.findByNames(app.site.id, [username])
  const person = found.get(username)?.find((one) => one.username === username)
  if (!person) throw new Error(`nobody is called ${username}`)
  const { secret } = await app.entering.sessions.makeResetLink(await app.localActor(), person.id)
  const visit = { from: '127.0.0.1', userAgent: 'test' }
  const opened = await app.entering.sessions.claim(secret, password, visit)
  return { name: 'hourbook_session', value: opened.secret, url: address }
}
