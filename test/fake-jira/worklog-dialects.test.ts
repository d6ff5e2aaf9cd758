import { describe, expect, it } from 'vitest'
import { ask, plant, useFakeJira } from './ask.ts'

const start = useFakeJira()
const good = { started: '2026-03-01T10:00:00.000+0100', timeSpentSeconds: 3600 }

describe('what only Cloud does', () => {
  it('pages an issue, with bounds in milliseconds', async () => {
    const jira = await start({ dialect: 'cloud', switches: { issueWorklogsMax: 2 } })
    const { issue } = plant(jira)
    const rows = [1, 2, 3].map((at) => jira.world.logWork({ issue, started: at * 1000 }))
    const { json } = await ask(jira, 'GET issue/ABC-1/worklog')
    expect(json).toMatchObject({ startAt: 0, maxResults: 2, total: 3 })
    expect(json.worklogs).toHaveLength(2)
    const rest = await ask(jira, 'GET issue/ABC-1/worklog?startAt=2&maxResults=5000')
    expect(rest.json.worklogs).toMatchObject([{ id: String(rows[2]!.id) }])
    const between = await ask(jira, 'GET issue/ABC-1/worklog?startedAfter=1000&startedBefore=2000')
    expect(between.json.worklogs).toMatchObject([{ id: String(rows[0]!.id) }])
    expect((await ask(jira, 'GET issue/ABC-1/worklog?startAt=x')).status).toBe(404)
  })

  it('refuses the worklog too many of an issue', async () => {
    const jira = await start({ dialect: 'cloud', switches: { worklogsPerIssueMax: 1 } })
    const { issue } = plant(jira)
    jira.world.logWork({ issue })
    expect((await ask(jira, 'POST issue/ABC-1/worklog', good)).status).toBe(413)
  })

  it('keeps documents and texts apart', async () => {
    const jira = await start({ dialect: 'cloud' })
    plant(jira)
    const document = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'rich' }] }],
    }
    const post = (comment: unknown, version: 2 | 3) =>
      ask(jira, 'POST issue/ABC-1/worklog', { ...good, comment }, { version })
    expect((await post('text', 3)).json.errors).toEqual({
      comment: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    })
    const rich = await post(document, 3)
    expect(rich.json.comment).toEqual(document)
    const asText = await ask(jira, `GET issue/ABC-1/worklog/${rich.json.id}`)
    expect(asText.json.comment).toBe('rich')
    const dropped = await post(document, 2)
    expect([dropped.status, dropped.json.comment]).toEqual([201, ''])
    const plain = await post('a\nb', 2)
    const asDocument = await ask(jira, `GET issue/ABC-1/worklog/${plain.json.id}`, undefined, {
      version: 3,
    })
    expect(asDocument.json.comment).toMatchObject({ type: 'doc', version: 1 })
    expect(asDocument.json.comment!.content).toHaveLength(2)
  })

  it('keeps properties and shows them when asked', async () => {
    const jira = await start({ dialect: 'cloud' })
    plant(jira)
    const properties = [{ key: 'hourbook.origin', value: { uid: 'u1' } }]
    const { json } = await ask(jira, 'POST issue/ABC-1/worklog', { ...good, properties })
    expect(json).not.toHaveProperty('properties')
    const shown = await ask(jira, `GET issue/ABC-1/worklog/${json.id}?expand=properties`)
    expect(shown.json.properties).toEqual(properties)
  })

  it('refuses both ways to say the time, and the flag for apps', async () => {
    const jira = await start({ dialect: 'cloud' })
    plant(jira)
    const both = await ask(jira, 'POST issue/ABC-1/worklog', { ...good, timeSpent: '1h' })
    expect(both.status).toBe(400)
    const flag = 'POST issue/ABC-1/worklog?overrideEditableFlag=true'
    expect((await ask(jira, flag, good)).status).toBe(400)
  })
})

describe('what only Data Center does', () => {
  it('ignores paging unless it is one that does not', async () => {
    const jira = await start({ dialect: 'dc' })
    const { issue } = plant(jira)
    for (let at = 0; at < 25; at += 1) jira.world.logWork({ issue })
    const path = 'GET issue/ABC-1/worklog?startAt=20&maxResults=20'
    expect((await ask(jira, path)).json).toMatchObject({ startAt: 0, maxResults: 25, total: 25 })
    jira.switches.dcPagesIssueWorklogs = true
    expect((await ask(jira, path)).json).toMatchObject({ startAt: 20, maxResults: 20, total: 25 })
  })

  it('takes both ways to say the time, drops properties, wants a change on PUT', async () => {
    const jira = await start({ dialect: 'dc' })
    plant(jira)
    const body = { ...good, timeSpent: '3h', properties: [{ key: 'k', value: 1 }] }
    const { json } = await ask(jira, 'POST issue/ABC-1/worklog', body)
    expect(json.timeSpentSeconds).toBe(3600)
    expect(jira.world.state.worklogs.get(Number(json.id))?.properties).toEqual([])
    expect((await ask(jira, `PUT issue/ABC-1/worklog/${json.id}`, {})).status).toBe(400)
  })
})
