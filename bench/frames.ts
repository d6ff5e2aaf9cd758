import type { Browser, CDPSession } from 'playwright-core'

type TraceEvent = {
  readonly name: string
  readonly ts: number
  readonly dur?: number
  readonly pid: number
  readonly tid: number
  readonly args?: { readonly name?: string }
}

/** What became of the frames while something was done. */
export type Frames = {
  /** Frames brought to the screen in each second, over all of the time and in the worst second. */
  readonly perSecond: number
  readonly worstSecond: number
  /** The longest the page's own thread was busy in one go. */
  readonly longestTaskMs: number
}

/** As few as tell of frames and tasks: tracing costs time itself. */
const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
]

/**
 * Runs `work` under the tracing of the browser itself. `drawn` counts frames that changed the screen,
 * `made` those the page's thread made, whether or not anything had changed by then: a bar that is
 * dragged snaps to days, so that between two of them there is nothing to draw.
 */
export async function traceFrames(
  browser: Browser,
  work: () => Promise<void>,
  counted: 'drawn' | 'made' = 'drawn',
): Promise<Frames> {
  const session: CDPSession = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]))
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  })
  await work()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  await session.detach()
  return framesOf(events, counted === 'drawn' ? 'DrawFrame' : 'BeginMainThreadFrame')
}

function framesOf(events: readonly TraceEvent[], frame: string): Frames {
  const drawn = events
    .filter(({ name }) => name === frame)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b)
  const [first, last] = [drawn[0] ?? 0, drawn.at(-1) ?? 0]
  const seconds = (last - first) / 1e6
  return {
    perSecond: (drawn.length - 1) / seconds,
    worstSecond: worstSecond(drawn),
    longestTaskMs: longestTask(events),
  }
}

/** The fewest frames in any second that lies wholly within the time looked at. */
function worstSecond(drawn: readonly number[]): number {
  const last = drawn.at(-1) ?? 0
  let fewest = Number.POSITIVE_INFINITY
  for (const start of drawn) {
    if (start + 1e6 > last) break
    fewest = Math.min(fewest, drawn.filter((at) => at >= start && at < start + 1e6).length)
  }
  return fewest
}

function longestTask(events: readonly TraceEvent[]): number {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`),
  )
  return Math.max(0, ...tasks.map(({ dur = 0 }) => dur)) / 1_000
}
