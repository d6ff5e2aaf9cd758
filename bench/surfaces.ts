import { timed, typical } from './clock.ts'
import { type Bench, count, ms, ratio } from './measures.ts'

/** A page of the size integrations ask Tempo for, early and late. */
export async function measureTempo({ client, note, rows, bare }: Bench): Promise<void> {
  const late = Math.min(900, Math.floor(rows / 1_000) - 1)
  const page = (at: number) => client.get(`/core/3/worklogs?limit=1000&offset=${at * 1_000}`)
  const read = async (at: number) => {
    const { status, body } = await page(at)
    const { results } = JSON.parse(body) as { results: unknown[] }
    if (status !== 200 || results.length !== 1_000)
      throw new Error(`Tempo's page ${at} answered ${status} with ${results.length} worklogs`)
  }
  // Page by page, as readers come to a late one; whoever begins anew reads from there.
  for (let at = 0; at <= late; at += 1) await read(at)
  const lateMs = await typical(() => page(late))
  const firstMs = await typical(() => page(0))
  const bareMs = bare ? await typical(() => bare.page()) : undefined
  note({
    what: `Tempo core/3: page of 1,000; page ${late} against it`,
    figure:
      `${ms(firstMs)}, ${ratio(lateMs, firstMs)}` +
      (bareMs ? `; the bare query ${ms(bareMs)}: ${ratio(firstMs, bareMs)}` : ''),
    target: `<= 1.3 x${bareMs ? '; <= 1.5 x the bare query' : ''}`,
    isMet: lateMs / firstMs <= 1.3 && (bareMs === undefined || firstMs <= 1.5 * bareMs),
  })
}

type TempoPage = {
  readonly metadata: { readonly next?: string }
  readonly results: readonly { readonly tempoWorklogId: number }[]
}

/** Everything through `next`, while others log hours and delete some: each row once, or it throws. */
export async function measureWalk({ client, note, rows }: Bench): Promise<void> {
  const doomed = (JSON.parse((await client.get(lateDays)).body) as { worklogs: OwnRow[] }).worklogs
  const [kept, others] = [new Set<number>(), new Set<string>()]
  const gone = new Set<number>()
  let [pages, twice] = [0, 0]
  const change = async (at: number) => {
    const entry = { issue: 'P1-1', author: 'person1', day: '2023-07-10', timeSpentSeconds: 900 }
    const { body } = await client.send('POST', '/api/v1/worklogs', entry)
    others.add((JSON.parse(body) as OwnRow).id)
    const one = doomed[at]
    if (!one) return
    await client.send('DELETE', `/api/v1/worklogs/${one.id}`, undefined)
    gone.add(Number(one.id))
  }
  const tookMs = await timed(async () => {
    let path: string | undefined = '/core/3/worklogs?limit=1000'
    for (; path !== undefined; pages += 1) {
      const [{ body }] = await Promise.all([client.get(path), change(pages)])
      const page = JSON.parse(body) as TempoPage
      for (const { tempoWorklogId: id } of page.results) {
        if (kept.has(id)) twice += 1
        if (!others.has(String(id))) kept.add(id)
      }
      path =
        page.metadata.next &&
        new URL(page.metadata.next).pathname + new URL(page.metadata.next).search
    }
  })
  const missed = rows - [...kept].filter((id) => !gone.has(id)).length - gone.size
  if (twice > 0 || missed > 0)
    throw new Error(`of ${rows} worklogs ${twice} came twice, ${missed} never`)
  note({
    what: `Tempo core/3: all ${count(rows)} through next while ${count(others.size)} come and ${count(gone.size)} go`,
    figure: `each once, ${count(pages)} pages in ${ms(tookMs)}`,
    target: 'each once',
    isMet: true,
  })
}

type OwnRow = { readonly id: string }

const lateDays = '/api/v1/worklogs?limit=1000&from=2024-11-01&to=2024-12-01'

/** All worklogs of five months in one answer of the time tracker. */
export async function measureTracker({ client, note, server, rows }: Bench): Promise<void> {
  const before = server.memory()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, server.memory())
  }, 50)
  const all = await client.drain('/api/1/worklog?start=2024-01-01&end=2024-06-12&allUsers=true')
  clearInterval(watch)
  note({
    what: `time tracker, /api/1/worklog of ${count((rows * 164) / 546)} worklogs: first byte, done, memory above before`,
    figure: `${ms(all.firstByteMs)}, ${ms(all.totalMs)}, ${count((peak - before) / 1e6)} MB for ${count(all.bytes / 1e6)} MB`,
    target: 'flat',
    isMet: peak - before < 150e6,
  })
}

/** Eight weeks as the servlet's XML, against a cursor that fetches the same join. */
export async function measureServlet(bench: Bench): Promise<void> {
  const { client, note, server, servletToken, bare } = bench
  const before = server.memory()
  const path = `/plugins/servlet/tempo-getWorklog?dateFrom=2024-01-01&dateTo=2024-02-24&tempoApiToken=${servletToken}`
  const xml = await client.drain(path)
  const cursorMs = bare ? await timed(() => bare.cursor('2024-01-01', '2024-02-24')) : undefined
  const written = (bench.rows * 55) / 546
  const speed = (took: number) => `${count(written / (took / 1_000))} rows/s`
  const above = `${count((server.memory() - before) / 1e6)} MB above before`
  note({
    what: `servlet, eight weeks (${count(written)} worklogs) as XML: first byte, speed`,
    figure:
      `${ms(xml.firstByteMs)}, ${speed(xml.totalMs)}, ${above}` +
      (cursorMs ? `; bare cursor ${speed(cursorMs)}: ${ratio(xml.totalMs, cursorMs)}` : ''),
    target: cursorMs ? '<= 3 x the cursor' : '-',
    isMet: cursorMs ? xml.totalMs <= 3 * cursorMs : null,
  })
}
