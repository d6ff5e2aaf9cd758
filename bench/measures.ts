import type { Bare } from './bare.ts'
import { percentile, timed, typical } from './clock.ts'
import type { BenchServer, Client } from './server.ts'

export type Measure = {
  readonly what: string
  readonly figure: string
  readonly target: string
  readonly isMet: boolean | null
}

export type Bench = {
  readonly server: BenchServer
  readonly client: Client
  /** The same questions straight to PostgreSQL; undefined on PGlite. */
  readonly bare: Bare | undefined
  readonly rows: number
  /** A token made for the servlets, which take no other. */
  readonly servletToken: string
  readonly note: (measure: Measure) => void
}

const fields =
  'id,issueKey,issueSummary,projectKey,author,accountId,day,startTime,timeSpentSeconds,comment'

export async function measurePages({ client, bare, note, rows }: Bench): Promise<void> {
  const pages = await cursors(client, Math.min(900, Math.floor(rows / 1_000) - 1))
  const first = `/api/v1/worklogs?limit=1000&cursor=${pages.at(1)}`
  const late = `/api/v1/worklogs?limit=1000&cursor=${pages.at(-1)}`
  const [firstMs, lateMs] = [
    await typical(() => client.get(first)),
    await typical(() => client.get(late)),
  ]
  const bareMs = bare ? await typical(() => bare.page()) : undefined
  if (bareMs !== undefined)
    note({
      what: 'page of 1,000 worklogs over HTTP, own API',
      figure: `${ms(firstMs)}, the bare query ${ms(bareMs)}: ${ms(firstMs - bareMs)} more`,
      target: '<= bare query + 5 ms',
      isMet: firstMs - bareMs <= 5,
    })
  else
    note({
      what: 'page of 1,000 worklogs over HTTP, own API',
      figure: ms(firstMs),
      target: '-',
      isMet: null,
    })
  note({
    what: `page ${pages.length} against page 1`,
    figure: ratio(lateMs, firstMs),
    target: '<= 1.3 x',
    isMet: lateMs / firstMs <= 1.3,
  })
}

export async function measureExport({ client, bare, note, server }: Bench): Promise<void> {
  const before = server.memory()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, server.memory())
  }, 50)
  const all = await client.drain(`/api/v1/worklogs/export?format=csv&guard=false&fields=${fields}`)
  clearInterval(watch)
  const perSecond = (all.lines - 1) / (all.totalMs / 1_000)
  const copyMs = bare ? await timed(() => bare.copy()) : undefined
  note({
    what: 'CSV of everything over HTTP',
    figure:
      `${count(perSecond)} rows/s, first byte ${ms(all.firstByteMs)}` +
      (copyMs
        ? `, COPY of the same join ${count((all.lines - 1) / (copyMs / 1_000))} rows/s: ${ratio(copyMs, all.totalMs)}`
        : ''),
    target: copyMs ? '>= 0.5 x COPY' : '-',
    isMet: copyMs ? copyMs / all.totalMs >= 0.5 : null,
  })
  note({
    what: '... memory above where it began',
    figure: `${count((peak - before) / 1e6)} MB`,
    target: 'flat',
    isMet: peak - before < 150e6,
  })
}

export async function measureHundredThousand({ client, note, server }: Bench): Promise<void> {
  // About a tenth of the rows: eight weeks of the eighteen months.
  const span = 'from=2024-01-01&to=2024-02-24'
  const csv = await client.drain(`/api/v1/worklogs/export?format=csv&${span}`)
  const lines = count(csv.lines - 1)
  note({
    what: `CSV of ${lines} rows: first byte, done`,
    figure: `${ms(csv.firstByteMs)}, ${ms(csv.totalMs)}`,
    target: '<= 50 ms, <= 1 s',
    isMet: csv.firstByteMs <= 50 && csv.totalMs <= 1_000,
  })
  const before = server.memory()
  const xlsx = await client.drain(`/api/v1/worklogs/export?format=xlsx&${span}`)
  note({
    what: `XLSX of the same, memory above before`,
    figure: `${ms(xlsx.totalMs)}, ${count((server.memory() - before) / 1e6)} MB`,
    target: '<= 5 s, flat',
    isMet: xlsx.totalMs <= 5_000,
  })
  const pagesMs = await timed(async () => {
    let cursor: string | null = null
    do {
      const path: string = `/api/v1/worklogs?limit=1000&${span}${cursor ? `&cursor=${cursor}` : ''}`
      cursor = (JSON.parse((await client.get(path)).body) as { next: string | null }).next
    } while (cursor !== null)
  })
  note({
    what: 'the same rows through pages of 1,000, one after the other',
    figure: ms(pagesMs),
    target: '<= 2 s',
    isMet: pagesMs <= 2_000,
  })
}

export async function measureReaders({ client, note, server }: Bench): Promise<void> {
  const before = server.memory()
  const times: number[] = []
  let errors = 0
  const readers = Array.from({ length: 200 }, async (_, at) => {
    for (let turn = 0; turn < 5; turn += 1) {
      const day = String(1 + ((at + turn) % 27)).padStart(2, '0')
      const path = `/api/v1/worklogs?limit=50&from=2024-03-${day}&to=2024-03-${day}`
      times.push(
        await timed(async () => {
          if ((await client.get(path)).status !== 200) errors += 1
        }),
      )
    }
  })
  await Promise.all(readers)
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  note({
    what: '200 concurrent readers, pages of 50: errors, p50, p99, memory above before',
    figure: `${errors}, ${ms(p50)}, ${ms(p99)} (${ratio(p99, p50)}), ${count((server.memory() - before) / 1e6)} MB`,
    target: 'no error, p99 <= 20 x p50, flat',
    isMet: errors === 0 && p99 <= 20 * p50,
  })
}

export async function measureWrites({ client, note, bare }: Bench): Promise<void> {
  const entry = (at: number) => ({
    issue: `P${at % 50}-1`,
    author: `person${at % 1_000}`,
    day: '2025-06-02',
    startTime: '09:00',
    timeSpentSeconds: 900,
    comment: `bench ${at}`,
  })
  const singles = 2_000
  let [next, wrong] = [0, 0]
  const singleMs = await timed(async () => {
    const writer = async () => {
      while (next < singles) {
        const { status } = await client.send('POST', '/api/v1/worklogs', entry(next++))
        if (status !== 201) wrong += 1
      }
    }
    await Promise.all(Array.from({ length: 64 }, writer))
  })
  note({
    what: 'writes over HTTP, one each, 64 at a time',
    figure: `${count(singles / (singleMs / 1_000))}/s, ${wrong} refused`,
    target: bare ? '>= 500/s' : '-',
    isMet: bare ? wrong === 0 && singles / (singleMs / 1_000) >= 500 : null,
  })
  const batches = 10
  const batchMs = await timed(async () => {
    for (let at = 0; at < batches; at += 1) {
      const worklogs = Array.from({ length: 1_000 }, (_, row) => entry(at * 1_000 + row))
      const { body } = await client.send('POST', '/api/v1/worklogs/bulk', { worklogs })
      if ((JSON.parse(body) as { written: number }).written !== 1_000) wrong += 1
    }
  })
  note({
    what: 'writes over HTTP in batches of 1,000',
    figure: `${count((batches * 1_000) / (batchMs / 1_000))} rows/s`,
    target: bare ? '>= 10,000 rows/s' : '-',
    isMet: bare ? wrong === 0 && (batches * 1_000) / (batchMs / 1_000) >= 10_000 : null,
  })
}

async function cursors(client: Client, pages: number): Promise<string[]> {
  const found = ['']
  for (let page = 0; page < pages; page += 1) {
    const last = found.at(-1)
    const path = `/api/v1/worklogs?limit=1000${last ? `&cursor=${last}` : ''}`
    const { next } = JSON.parse((await client.get(path)).body) as { next: string | null }
    if (next === null) break
    found.push(next)
  }
  return found
}

export const ms = (value: number) =>
  value < 100 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`
export const ratio = (a: number, b: number) => `${(a / b).toFixed(2)} x`
export const count = (value: number) => Math.round(value).toLocaleString('en')
