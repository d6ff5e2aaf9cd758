import { timed, typical } from './clock.ts'
import { type Bench, count, ms, ratio } from './measures.ts'

/** A page of the size integrations ask Tempo for, early and late. */
export async function measureTempo({ client, note, rows }: Bench): Promise<void> {
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
  note({
    what: `Tempo core/3: page of 1,000; page ${late} against it`,
    figure: `${ms(firstMs)}, ${ratio(lateMs, firstMs)}`,
    target: '<= 1.3 x',
    isMet: lateMs / firstMs <= 1.3,
  })
}

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
  const above = `${count((server.memory() - before) / 1e6)} MB above before`
  note({
    what: `servlet, eight weeks (${count((bench.rows * 55) / 546)} worklogs) as XML: first byte, done`,
    figure:
      `${ms(xml.firstByteMs)}, ${ms(xml.totalMs)}, ${above}` +
      (cursorMs ? `; bare cursor ${ms(cursorMs)}: ${ratio(xml.totalMs, cursorMs)}` : ''),
    target: cursorMs ? '<= 3 x the cursor' : '-',
    isMet: cursorMs ? xml.totalMs <= 3 * cursorMs : null,
  })
}
