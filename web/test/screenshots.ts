// npm run screenshots -- [390|1280] [light|dark] [NAME…]: every screen at 1280 and 390 px, light and
// dark, into screenshots/.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { chromiumPath } from './chromium.ts'
import { type Shot, shots } from './shots.ts'
import { aStage, type Staged, stages } from './stages.ts'

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
const said = process.argv.slice(2)
/** Words that name a width or a scheme narrow to it; all others name pictures. */
const narrowed = <T>(all: readonly T[]): readonly T[] => {
  const few = all.filter((one) => said.includes(String(one)))
  return few.length > 0 ? few : all
}
const widths = narrowed([1280, 390] as const)
const schemes = narrowed(['light', 'dark'] as const)
const wanted = said.filter((word) => !/^(1280|390|light|dark)$/.test(word))

if (!chromiumPath) {
  console.error('screenshots need a Chromium: apt install chromium')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const chosen = shots.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
for (const stage of stages) {
  const ofStage = chosen.filter((shot) => (shot.stage ?? 'company') === stage)
  if (ofStage.length === 0) continue
  const site = await aStage(stage)
  for (const shot of ofStage)
    for (const width of widths) for (const scheme of schemes) await take(site, shot, width, scheme)
  await site.close()
}

async function take(
  site: Staged,
  shot: Shot,
  width: number,
  scheme: 'light' | 'dark',
): Promise<void> {
  const { as, locale, path, name } = shot
  const { page, problems, close } = await site.page({
    width,
    scheme,
    ...(as === undefined ? {} : { as }),
    ...(locale ? { locale } : {}),
  })
  await shot.before?.(page, site)
  await page.goto(typeof path === 'string' ? path : await path(site))
  if (!shot.isWaiting) await settle(page)
  await shot.act?.(page, site)
  if (!shot.isWaiting) await settle(page)
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
