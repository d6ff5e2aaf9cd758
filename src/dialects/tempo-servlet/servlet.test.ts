import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, type TestDatabase } from '../../../test/database.ts'
import { aServletWorld, type ServletWorld, secret, textsOf, update } from './world.contract.ts'

let database: TestDatabase
let world: ServletWorld

beforeAll(async () => {
  database = await openMemoryDatabase()
  world = await aServletWorld(database)
})
afterAll(async () => {
  await world.close()
  await database.close()
})

const march = { dateFrom: '2024-03-01', dateTo: '2024-03-31' }

/** Raw fields as Jira gives them: only these carry ids. */
const jiraFields = {
  fixVersions: [
    { id: '10444', name: 'CloudBay Sprint 4' },
    { id: '10500', name: 'Later' },
  ],
  components: [
    { id: '7', name: 'Web' },
    { id: '31', name: 'Mail' },
  ],
}

describe('seed 003', () => {
  it('shows the worklog of the example as the seed does', async () => {
    const { site, app, administrator } = world
    const erica = await site.aPerson({ username: 'erica', staffId: '2410724289' })
    const john = await site.aPerson({ username: 'john' })
    const project = await site.aProject({ key: 'CLOUD' })
    const attributes = [
      ['Account', 'input-field', '201405'],
      ['Billable', 'input-numeric', '3600'],
      ['Box', 'checkbox', 'true'],
      ['Input', 'input-field', 'abc'],
      ['longSelect', 'input-field', '11'],
      ['Number', 'input-numeric', '123'],
      ['Type', 'input-field', '3'],
    ] as const
    for (const [key, type] of attributes)
      await app.accounting.createAttribute(administrator, { key, name: key, type })
    await app.accounting.createAccount(administrator, { key: '6', name: 'Six', lead: 'john' })
    await app.accounting.createLink(administrator, {
      account: '6',
      project: project.id,
      isDefault: true,
    })
    const issue = await site.anIssue({
      project,
      jiraId: '13189',
      key: 'CLOUD-18',
      reporterId: john.id,
      fields: jiraFields,
    })
    await database.engine.execute('alter table worklog alter column id restart with 46445')
    await site.aWorklog({
      author: erica,
      issue,
      day: '2011-10-11',
      timeSpentSeconds: 28_800,
      comment: 'Review',
      attributes: Object.fromEntries(attributes.map(([key, , value]) => [key, value])),
    })
    const xml = await world.get('tempo-getWorklog', {
      dateFrom: '2011-10-11',
      dateTo: '2011-10-11',
    })
    const seed = {
      worklog_id: '46445',
      issue_id: '13189',
      issue_key: 'CLOUD-18',
      hours: '8.0',
      work_date: '2011-10-11',
      username: 'erica',
      staff_id: '2410724289',
      billing_key: '6',
      billing_attributes:
        'Account=201405,Billable=3600,Box=true,Input=abc,longSelect=11,Number=123,Type=3',
      activity_id: 'v10444',
      activity_name: 'CloudBay Sprint 4',
      work_description: 'Review',
      parent_key: '',
      reporter: 'john',
      external_id: '',
      external_tstamp: '',
    }
    for (const [name, text] of Object.entries(seed))
      expect(textsOf(xml, name), name).toEqual([text])
    expect(textsOf(xml, 'hash_value')).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/)])
  })
})

describe('the walk-through of the contract', () => {
  it('goes from new to confirmed, changed, rejected, confirmed and gone', async () => {
    const { site, app, administrator, clock } = world
    const author = await site.aPerson({ username: 'mira' })
    const issue = await site.anIssue({ key: 'OPS-7' })
    const worklog = await site.aWorklog({
      author,
      issue,
      day: '2024-03-04',
      timeSpentSeconds: 5_400,
    })
    const id = worklog.id
    const list = async (params: Readonly<Record<string, string>> = {}) =>
      world.get('tempo-getWorklog', { ...march, userName: 'mira', ...params })
    const hashNow = async () => textsOf(await list(), 'hash_value')[0]!
    const idsOf = async (params: Readonly<Record<string, string>>) =>
      textsOf(await list(params), 'worklog_id')

    expect(await idsOf({ diffOnly: 'true' })).toEqual([id])
    const first = await hashNow()
    const said = { worklog_id: id, external_id: 'ERP-88', external_hours: '1,5', hash_value: first }
    const accepted = await world.post(update({ ...said, external_result: ' OK ' }))
    expect(accepted.status).toBe(200)
    expect(textsOf(accepted.text, 'update_result')).toEqual(['OK'])
    expect(textsOf(accepted.text, 'external_hours')).toEqual(['1.5'])

    expect(await idsOf({ diffOnly: 'true' })).toEqual([])
    const plain = await list()
    expect(textsOf(plain, 'external_id')).toEqual(['ERP-88'])
    expect(textsOf(plain, 'external_tstamp')).toEqual(textsOf(accepted.text, 'result_tstamp'))

    clock.advance(60_000)
    await app.book.write({
      actor: administrator,
      commands: [{ kind: 'change', id, change: { timeSpentSeconds: 7_200 } }],
    })
    expect(await idsOf({ diffOnly: 'true' })).toEqual([id])
    const second = await hashNow()
    expect(second).not.toBe(first)

    const stale = await world.post(update({ ...said, external_result: 'OK' }))
    expect(textsOf(stale.text, 'update_result')).toEqual(['ERROR: hash value does not match'])
    expect(textsOf(await list(), 'external_tstamp')).toEqual(textsOf(plain, 'external_tstamp'))

    const rejected = { ...said, hash_value: second, external_result: 'Closed period' }
    expect(textsOf((await world.post(update(rejected))).text, 'update_result')).toEqual(['OK'])
    expect(await idsOf({ diffOnly: 'true' })).toEqual([id])
    expect(await idsOf({ errorsOnly: 'true' })).toEqual([id])
    await world.post(update({ ...rejected, external_result: 'OK' }))
    expect(await idsOf({ diffOnly: 'true' })).toEqual([])

    await app.book.write({ actor: administrator, commands: [{ kind: 'remove', id }] })
    expect(await idsOf({})).toEqual([])
    const tombstone = await list({ diffOnly: 'true' })
    expect(textsOf(tombstone, 'worklog_id')).toEqual([id])
    expect(textsOf(tombstone, 'issue_id')).toEqual([''])
    expect(textsOf(tombstone, 'hours')).toEqual(['0.0'])
    expect(tombstone).toContain('number_of_worklogs="1"')
    const [gone] = textsOf(tombstone, 'hash_value')
    await world.post(update({ worklog_id: id, external_result: 'OK', hash_value: gone! }))
    expect(await idsOf({ diffOnly: 'true' })).toEqual([])
  })

  it('takes its own test data back as it is', async () => {
    const author = await world.site.aPerson({ username: 'teo' })
    await world.site.worklogs(
      Array.from({ length: 5 }, (_, at) => ({ author, day: `2024-03-0${at + 1}` })),
    )
    const params = { ...march, userName: 'teo' }
    const document = await world.get('tempo-getWorklog', { ...params, format: 'testData' })
    const answer = await world.post(document)
    expect(textsOf(answer.text, 'update_result')).toEqual(Array(5).fill('OK'))
    const left = await world.get('tempo-getWorklog', { ...params, diffOnly: 'true' })
    expect(left).toContain('number_of_worklogs="0"')
  })

  it('sets attributes, and says which are not known or which days are closed', async () => {
    const { site, app, administrator } = world
    await app.accounting.createAttribute(administrator, {
      key: 'kind',
      name: 'Kind',
      type: 'input-field',
    })
    const author = await site.aPerson({ username: 'attr' })
    const worklog = await site.aWorklog({ author, day: '2024-03-05' })
    const hash = async () =>
      textsOf(await world.get('tempo-getWorklog', { ...march, userName: 'attr' }), 'hash_value')[0]!
    const set = async (text: string) =>
      (
        await world.post(
          update({
            worklog_id: worklog.id,
            hash_value: await hash(),
            billing_attributes: text,
            external_result: 'OK',
          }),
        )
      ).text
    expect(textsOf(await set('kind=support'), 'update_result')).toEqual(['OK'])
    const now = await world.get('tempo-getWorklog', {
      ...march,
      userName: 'attr',
      diffOnly: 'true',
    })
    expect(textsOf(now, 'worklog_id')).toEqual([])
    const [unknown] = textsOf(await set('nosuch=1'), 'update_result')
    expect(unknown).toMatch(/^ERROR: .*nosuch/)
    await app.store.write(site.siteId, async (tx) =>
      tx.locks.closePeriod(site.siteId, worklog.day, worklog.day, 0),
    )
    expect(textsOf(await set('kind=other'), 'update_result')).toEqual(['ERROR: period closed'])
  })
})

describe('input from elsewhere', () => {
  const entities = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worklog_updates>&x;</worklog_updates>`
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`
  it.each([
    ['a document type with entities', entities, 400, /document type/],
    ['elements without end', deep, 400, /deeper/],
    ['a truncated document', '<worklog_updates><worklog_update>', 400, /line 1/],
    ['comments that never end', `<worklog_updates>${'<!--'.repeat(500_000)}`, 400, /./],
    ['another root', '<updates/>', 400, /worklog_updates/],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x3e]), 400, /UTF-8/i],
    ['an unknown encoding', '<?xml version="1.0" encoding="x-none"?><a/>', 400, /x-none/],
    ['nothing', '', 400, /worklogs/],
    ['more than 16 MiB', `<worklog_updates>${' '.repeat(17 * 1_024 * 1_024)}`, 413, /large/],
  ])('refuses %s', async (_, body, status, message) => {
    const answer = await world.post(body)
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(message)
    expect(answer.text.trim().split('\n')).toHaveLength(1)
  })

  it('reads Latin-1 where the document says so, and forms of both encodings', async () => {
    const document = Buffer.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${update({ worklog_id: 'Käse' })}`,
      'latin1',
    )
    expect(textsOf((await world.post(document)).text, 'worklog_id')).toEqual(['Käse'])
    const form = new URLSearchParams({
      worklogs: update({ worklog_id: '1' }),
      tempoApiToken: secret,
    })
    const sent = await world.server.inject({
      method: 'POST',
      url: '/plugins/servlet/tempo-updateWorklog',
      payload: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(textsOf(sent.body, 'update_result')).toEqual(['ERROR: worklog not found'])
    const boundary = 'x-y-z'
    const multipart = await world.post(
      `--${boundary}\r\nContent-Disposition: form-data; name="worklogs"\r\n\r\n${update({ worklog_id: '2' })}\r\n--${boundary}--\r\n`,
      { 'content-type': `multipart/form-data; boundary=${boundary}` },
    )
    expect(textsOf(multipart.text, 'worklog_id')).toEqual(['2'])
  })

  it.each(['', '0', '-1', '1e3', '9'.repeat(40), '1; drop table worklog'])(
    'knows no worklog %j',
    async (id) => {
      const answer = await world.post(update({ worklog_id: id, hash_value: 'x' }))
      expect(textsOf(answer.text, 'update_result')).toEqual(['ERROR: worklog not found'])
    },
  )
})

it('leaves a trace of every call, without the secret', async () => {
  await world.get('tempo-billingKeyList')
  const rows = await database.store.audit.list(world.site.siteId, 1, 10_000)
  const traces = rows.filter(({ action }) => action.startsWith('hand-over.'))
  expect(traces.map(({ action }) => action)).toContain('hand-over.accounts')
  expect(JSON.stringify(rows)).not.toContain(secret)
})
