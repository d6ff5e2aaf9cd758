import { loadavg } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { addDays, weekStart } from '../web/src/time/days.ts'
import { aWebSite, type WebSite } from '../web/test/site.ts'
import { type Frames, traceFrames } from './frames.ts'
import { count, type Measure, ms } from './measures.ts'
import { machine, section, webTitle, writeSection } from './readme.ts'

// npm run bench:web -- [--write]
const people = 50
const events = 2_000
const days = 90
const loads = 5

const measures: Measure[] = []
function note(measure: Measure): void {
  measures.push(measure)
  const mark = measure.isMet === null ? ' ' : measure.isMet ? '+' : '-'
  process.stdout.write(`${mark} ${measure.what}: ${measure.figure} (target ${measure.target})\n`)
}

/** A team of fifty, with forty plans each over ninety days. */
async function fill({ app, today }: WebSite): Promise<string> {
  const actor = await app.localActor()
  const team = await app.teams.create(actor, { name: 'Fifty' })
  const start = weekStart(today, 1)
  for (let at = 0; at < people; at += 1) {
    const displayName = `Person ${String(at + 1).padStart(2, '0')}`
    const person = await app.directory.createPerson(actor, { displayName, username: `fifty${at}` })
    await app.teams.addMembership(actor, team.id, { person: person.id })
    const commands = Array.from({ length: events / people }, (_, turn) => {
      const from = addDays(start, (turn * 7 + at * 3) % (days - 5))
      const kind = turn % 8 === 0 ? ('vacation' as const) : ('booking' as const)
      return {
        kind: 'create' as const,
        plan: {
          ...{ kind, person: person.id, title: `Plan ${turn}`, from },
          to: addDays(from, turn % 5),
          ...(kind === 'booking' ? { secondsPerDay: 3_600 } : {}),
        },
      }
    })
    await app.planning.write(actor, commands)
  }
  return team.id
}

async function measurePlanner(site: WebSite): Promise<void> {
  const team = await fill(site)
  const { page, context, close } = await site.page({ as: 'admin' })
  await page.goto(`/planner?team=${JSON.stringify([team])}`)
  await page.getByRole('application').waitFor()
  await page.locator('[data-bar]').first().waitFor()
  const session = await context.newCDPSession(page)
  const browser = context.browser()!
  const box = (await page.getByRole('application').boundingBox())!
  const middle = { x: Math.round(box.x + 600), y: 420 }
  const scroll = (xDistance: number, yDistance: number) =>
    session.send('Input.synthesizeScrollGesture', {
      ...middle,
      ...{ xDistance, yDistance, speed: 1_200, gestureSourceType: 'mouse' },
    })
  await scroll(0, -600)
  await scroll(0, 600)
  const rows = await traceFrames(browser, async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await scroll(0, -3_000)
      await scroll(0, 3_000)
    }
  })
  noteFrames('up and down', rows)
  const columns = await traceFrames(browser, async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await scroll(-2_600, 0)
      await scroll(2_600, 0)
    }
  })
  noteFrames('left and right', columns)
  noteFrames('dragging a bar', await dragging(browser, page, session))
  await close()
}

async function dragging(
  browser: NonNullable<ReturnType<BrowserContext['browser']>>,
  page: Page,
  session: CDPSession,
): Promise<Frames> {
  const bar = page.locator('[data-bar]:not([data-fixed])').nth(20)
  await bar.scrollIntoViewIfNeeded()
  const box = (await bar.boundingBox())!
  const start = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button: 'left',
      buttons: 1,
      clickCount: 1,
    })
  await send('mousePressed', start.x, start.y)
  const move = async () => {
    const began = performance.now()
    for (let passed = 0; passed < 4_000; passed = performance.now() - began) {
      const angle = (passed / 1_000) * Math.PI
      // As a hand moves: it waits for no answer.
      void send('mouseMoved', start.x + 220 * Math.sin(angle), 420 + 200 * Math.sin(angle / 2))
      await setTimeout(1_000 / 60)
    }
  }
  const frames = await traceFrames(browser, move, 'made')
  await page.keyboard.press('Escape')
  await send('mouseReleased', start.x, start.y)
  return frames
}

function noteFrames(what: string, { perSecond, worstSecond, longestTaskMs }: Frames): void {
  note({
    what: `planner, ${people} people x ${days} days, ${count(events)} plans, ${what}: frames/s; in the worst second; longest task of the page`,
    figure: `${perSecond.toFixed(1)}; ${worstSecond}; ${ms(longestTaskMs)}`,
    target: '>= 50 frames/s, in the worst second too',
    isMet: worstSecond >= 50,
  })
}

/** Opens the week in a fresh browser: when it takes input, and what scripts came over the wire. */
async function openWeek(site: WebSite): Promise<{ interactiveMs: number; scriptBytes: number }> {
  const { page, context, close } = await site.page({ as: 'admin' })
  await page.addInitScript({ content: watchReadiness })
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const scripts = new Set<string>()
  let scriptBytes = 0
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.includes('javascript')) scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength
  })
  await page.goto('/week')
  await page.getByRole('gridcell').first().waitFor()
  await page.waitForLoadState('networkidle')
  const interactiveMs = await page.evaluate<number>('window.readySince()')
  await close()
  return { interactiveMs, scriptBytes }
}

/**
 * Runs in the page: notes when the first cell stands in it, and until when the page's thread was busy
 * afterwards in pieces of 50 ms and more, in which it would not take a key.
 */
const watchReadiness = `
  let shown = 0
  let busyUntil = 0
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) busyUntil = startTime + duration
  }).observe({ type: 'longtask', buffered: true })
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[role="gridcell"]')) return
    observer.disconnect()
    requestAnimationFrame(() => requestAnimationFrame(() => { shown = performance.now() }))
  }).observe(document, { childList: true, subtree: true })
  window.readySince = () => Math.max(shown, busyUntil)
`

async function measureWeek(site: WebSite): Promise<void> {
  await openWeek(site)
  const found: Awaited<ReturnType<typeof openWeek>>[] = []
  for (let turn = 0; turn < loads; turn += 1) found.push(await openWeek(site))
  const times = found.map(({ interactiveMs }) => interactiveMs).sort((a, b) => a - b)
  const typical = times[Math.floor(loads / 2)]!
  note({
    what: `week of the sample company in a browser without a cache, interactive: median of ${loads}; worst`,
    figure: `${ms(typical)}; ${ms(times.at(-1)!)}`,
    target: '<= 1.5 s',
    isMet: typical <= 1_500,
  })
  const bytes = Math.max(...found.map(({ scriptBytes }) => scriptBytes))
  note({
    what: 'JavaScript of that first load, compressed, on the wire',
    figure: `${(bytes / 1_000).toFixed(1)} kB`,
    target: '<= 250 kB',
    isMet: bytes <= 250_000,
  })
}

const [loadBefore = 0] = loadavg()
const site = await aWebSite()
try {
  await measureWeek(site)
  await measurePlanner(site)
} finally {
  await site.close()
}
if (process.argv.includes('--write')) {
  const intro = `Written by \`npm run bench:web -- --write\`: Chromium without a window or a graphics processor, server and browser on the same machine (${machine()}). Frames are those the browser's own tracing tells of (\`DrawFrame\`; for a dragged bar, which snaps to days, \`BeginMainThreadFrame\`). Load of the machine before and after: ${loadBefore.toFixed(1)}, ${loadavg()[0]!.toFixed(1)}; figures of a machine with more to do than cores say little.`
  writeSection(webTitle, section(webTitle, measures, intro))
}
