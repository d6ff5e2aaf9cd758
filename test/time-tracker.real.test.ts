import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GoldenWorld, goldenSite, openGoldenWorld, secrets } from '../conformance/world.ts'

const demo = fileURLToPath(
  new URL('../../shared/data/timetracker-jira-cloud.json', import.meta.url),
)
const hasDemo = existsSync(demo)
const missing = hasDemo ? '' : ' (skipped: ../shared/data is not there)'
const week = 'start=2014-02-24&end=2014-03-02&allUsers=true'

// The vendor's own demo data, and the lines its generator printed of them (contract, section 5).
describe.skipIf(!hasDemo)(`the demo data of the Time Tracker${missing}`, () => {
  let world: GoldenWorld
  let folder = ''
  beforeAll(async () => {
    // what the generator was given: the list of projects in the same file calls this one otherwise
    const { search } = JSON.parse(readFileSync(demo, 'utf8')) as { search: unknown }
    folder = mkdtempSync(join(tmpdir(), 'hourbook-demo-'))
    const file = join(folder, 'search.json')
    writeFileSync(file, JSON.stringify(search))
    world = await openGoldenWorld({ files: [file], site: goldenSite })
  })
  afterAll(async () => {
    await world?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const get = async (path: string) => {
    const headers = { authorization: `Apikey ${secrets.admin}` }
    const { statusCode, body } = await world.server.inject({ url: `/api/1/${path}`, headers })
    expect(statusCode).toBe(200)
    return body
  }

  it('comes out as the CSV of the contract', async () => {
    const body = await get(`exportData.csv?${week}`)
    const lines = body.split('\n')
    expect(lines[0]).toBe(
      '\ufeffProject,Issue Type,Key,Summary,Priority,Date Started,Display Name,Time Spent (h),Work Description',
    )
    // the author lives in Moscow, three hours before the +0100 that Jira wrote
    expect(lines).toContain(
      '"Timeship",Bug,TIME-4,"Mega problem","Major",2014-02-24 21:03:48,"admin",1,"test 1"',
    )
    const rows = parse(body, { bom: true }) as string[][]
    expect(rows).toHaveLength(14)
    expect(sum(rows.slice(1, -1).map((row) => Number(row[7])))).toBe(48)
    expect(lines.slice(-2)).toEqual(['Total,,,,,,,48,', ''])
  })

  it('comes out as the time tracking line of the contract', async () => {
    expect((await get(`exportData.csv?${week}&pivotTableType=TimeTracking`)).split('\n')).toContain(
      '"Timeship",Bug,TIME-4,"Mega problem","Major",0,0,2,-2,-2,100%',
    )
  })

  it('has one total in the CSV, both workbooks and the JSON', async () => {
    const csv = parse(await get(`exportData.csv?${week}`), { bom: true }) as string[][]
    const total = csv.at(-1)![7]!
    const cells = [...(await get(`exportData.xls?${week}`)).matchAll(/<td>([^<]*)<\/td>/g)]
    expect(cells.at(-2)?.[1]).toBe(total)
    const view = [...(await get(`exportView.xls?${week}`)).matchAll(/<th[^>]*>([^<]*)<\/th>/g)]
    expect(view.at(-1)?.[1]).toBe(total)
    const issues = JSON.parse(await get(`worklog?${week}`)) as {
      fields: { worklog: { worklogs: { timeSpentSeconds: number }[] } }
    }[]
    const seconds = issues.flatMap(({ fields }) =>
      fields.worklog.worklogs.map((one) => one.timeSpentSeconds),
    )
    expect(sum(seconds) / 3_600).toBe(Number(total))
  })
})

describe('the whole server on a bare socket', () => {
  let world: GoldenWorld
  beforeAll(async () => {
    world = await openGoldenWorld()
  })
  afterAll(() => world?.close())

  it('answers late with 202, no content type, blank lines and then the CSV with its mark', async () => {
    const address = await world.server.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.write(
      `GET /api/1/exportData.csv?start=2026-03-02&allUsers=true&Apikey=${secrets.admin} HTTP/1.1\r\nHost: x\r\nX-Long-Poll: force\r\nConnection: close\r\n\r\n`,
    )
    await once(socket, 'close')
    const [head = '', body = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
    expect(head.split('\r\n')[0]).toBe('HTTP/1.1 202 Accepted')
    expect(head).not.toMatch(/^content-(?:type|length):/im)
    expect(head).toMatch(/transfer-encoding: chunked/i)
    expect(body).toMatch(/^1\r\n\n\r\n/)
    expect(body).toContain('\ufeffProject,Issue Type')
    expect(body).toContain('Total,,,,,,,')
    expect(Buffer.concat(chunks).toString('utf8').endsWith('0\r\n\r\n')).toBe(true)
  })
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
