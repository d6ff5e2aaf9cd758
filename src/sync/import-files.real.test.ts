import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse'
import { describe, expect, it } from 'vitest'
import { openMemoryDatabase } from '../../test/database.ts'
import { anImport } from '../../test/jira-export.ts'
import { formats } from '../formats/formats.ts'
import { worklogTable } from '../reports/worklog-table.ts'

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const missing = existsSync(folder) ? '' : ' (skipped: ../shared/data is not there)'
const hasPython = spawnSync('python3', ['--version']).status === 0

/** Counts as the data folder's README gives them. */
const files = [
  { name: 'jira-duraspace-2014.ndjson.gz', issues: 3_036, worklogs: 155 },
  { name: 'jira-apache-2014.ndjson.gz', issues: 501, worklogs: 22 },
  { name: 'jira-apache-2025.ndjson.gz', issues: 364, worklogs: 42 },
  { name: 'jira-cloud-devlake.json', issues: 33, worklogs: 30 },
  { name: 'timetracker-jira-cloud.json', issues: 7, worklogs: 13 },
] as const

const large = [
  { name: 'jira-apache-arrow-2022.ndjson.gz', issues: 18_285, worklogs: 65 },
  { name: 'timelog-sip.ndjson.gz', issues: 10_266, worklogs: 12_299 },
  { name: 'timelog-cesaw.ndjson.gz', issues: 51_657, worklogs: 203_620 },
] as const

// Sums every worklog once by issue, id and, where a list repeats an id, its turn: some stand in
// their issue and in a list of worklogs as well. Written without a look at our own reader.
const python = `
import gzip, json, sys
path, rows = sys.argv[1], {}
def take(entries, issue=None):
    turns = {}
    for entry in entries:
        turns[entry['id']] = turns.get(entry['id'], 0) + 1
        rows[issue or entry['issueId'], entry['id'], turns[entry['id']]] = entry['timeSpentSeconds']
def take_issue(issue):
    take((issue['fields'].get('worklog') or {}).get('worklogs', []), issue['id'])
raw = (gzip.open if path.endswith('.gz') else open)(path, 'rb')
if '.ndjson' in path:
    for line in raw: take_issue(json.loads(line))
else:
    data = json.load(raw)
    for issue in data.get('issues') or data['search']['issues']: take_issue(issue)
    if 'issueWithChangelog' in data: take_issue(data['issueWithChangelog'])
    take(data.get('worklogs', []))
print(len(rows), sum(rows.values()))
`

/** Count and seconds of a file, found without any code of ours. */
function countedByPython(path: string): [number, number] {
  const { stdout, stderr } = spawnSync('python3', ['-c', python, path], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const [count, seconds] = stdout.split(' ').map(Number)
  return [count!, seconds!]
}

async function importTwice({
  name,
  issues,
  worklogs,
}: (typeof files)[number] | (typeof large)[number]) {
  const database = await openMemoryDatabase()
  const world = await anImport(database)
  try {
    const path = `${folder}${name}`
    const summary = await world.run([path])
    expect([summary.issues.new, summary.worklogs.new]).toEqual([issues, worklogs])
    const query = { siteId: world.siteId, viewer: { kind: 'all' } } as const
    const tally = await world.store.worklogs.tally(query)
    expect(tally).toMatchObject({ count: worklogs, timeSpentSeconds: summary.seconds })

    const table = worklogTable(world.store.worklogs, query, ['id', 'timeSpentSeconds'])
    let [rows, seconds] = [0, 0]
    const parser = parse({ columns: true })
    const reading = (async () => {
      for await (const row of parser) {
        rows += 1
        seconds += Number((row as { Seconds: string }).Seconds)
      }
    })()
    for await (const chunk of formats.csv.write(table)) parser.write(chunk)
    parser.end()
    await reading
    expect([rows, seconds]).toEqual([tally.count, tally.timeSpentSeconds])
    if (hasPython) expect([rows, seconds]).toEqual(countedByPython(path))

    const before = await world.state()
    const again = await world.run([path])
    expect(await world.state()).toEqual(before)
    expect(again.worklogs).toMatchObject({ new: 0, changed: 0, unchanged: worklogs, drift: 0 })
    expect(again.issues).toMatchObject({ new: 0, changed: 0 })
  } finally {
    world.remove()
    await database.close()
  }
}

describe.skipIf(missing !== '')(`imports of real exports${missing}`, () => {
  const sums = hasPython ? '' : ' (sums not compared with the source: python3 is not there)'

  it.each(files)(`$name holds what its README says, once${sums}`, importTwice, 60_000)

  // The last is twice 200,000 entries: several minutes where something else runs beside it.
  const isThorough = process.env.HOURBOOK_THOROUGH === '1'
  const why = isThorough ? '' : ' (skipped: takes minutes; HOURBOOK_THOROUGH=1 runs it)'
  it.skipIf(!isThorough).each(large)(
    `$name holds what its README says, once${sums}${why}`,
    importTwice,
    600_000,
  )
})
