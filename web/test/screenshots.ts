// npm run screenshots: every screen at 1280 and 390 px, light and dark, into screenshots/.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { chromiumPath } from './chromium.ts'
import { type Shot, shots } from './shots.ts'
import { aWebSite } from './site.ts'

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
const wanted = process.argv.slice(2)

if (!chromiumPath) {
  console.error('screenshots need a Chromium: apt install chromium')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const site = await aWebSite()
for (const shot of shots.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  for (const width of [1280, 390])
    for (const scheme of ['light', 'dark'] as const) await take(shot, width, scheme)
await site.close()

async function take(shot: Shot, width: number, scheme: 'light' | 'dark'): Promise<void> {
  const { as, locale, path, name } = shot
  const { page, problems, close } = await site.page({
    width,
    scheme,
    ...(as === undefined ? {} : { as }),
    ...(locale ? { locale } : {}),
  })
  await page.goto(typeof path === 'string' ? path : await path(site))
  await settle(page)
  await shot.act?.(page, site)
  await settle(page)
  await page.screenshot({ path: `${folder}${name}-${width}-${scheme}.png` })
  for (const problem of problems) console.error(`${name} ${width} ${scheme}: ${problem}`)
  await close()
}

/** Nothing on its way any more. */
async function settle(page: Page): Promise<void> {
  await page.locator('main').waitFor()
  await page.locator('[data-loading]').first().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
  await page.evaluate('document.fonts.ready')
}
