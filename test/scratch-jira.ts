import { createServer } from 'node:http'
export type W = { id: number; issueId: number; author: string; started: number; seconds: number; comment: string; created: number; updated: number; feedAt: number }
export type I = { id: number; key: string; project: string }
export type Fault = 'ok' | '429' | '500' | '503' | 'html' | 'cut' | 'reset' | 'lost'
export function makeWorld(now: () => number) {
  const projects = new Map<string, { id: string; key: string; hidden: boolean }>()
  const issues = new Map<number, I>()
  const worklogs = new Map<number, W>()
  const deleted = new Map<number, number>()
  return { now, projects, issues, worklogs, deleted }
}
export type World = ReturnType<typeof makeWorld>
const d = (t: number) => new Date(t).toISOString().replace('Z', '+0000')
export async function startScratch(world: World, kind: 'cloud' | 'dc', opts: { pageSize?: number; fault?: (path: string) => Fault; onRequest?: (path: string) => void } = {}) {
  const page = opts.pageSize ?? 1000
  let requests = 0
  const user = (a: string) => kind === 'cloud' ? { accountId: a, displayName: a, active: true, accountType: 'atlassian', timeZone: 'UTC' } : { key: a, name: a, displayName: a, active: true, timeZone: 'UTC' }
  const visible = (issueId: number) => { const i = world.issues.get(issueId); return !!i && !world.projects.get(i.project)!.hidden }
  const bean = (w: W) => ({ id: String(w.id), issueId: String(w.issueId), author: user(w.author), updateAuthor: user(w.author), comment: w.comment, created: d(w.created), updated: d(w.updated), started: d(w.started), timeSpent: '1h', timeSpentSeconds: w.seconds })
  const rowsOf = (id: number) => [...world.worklogs.values()].filter((w) => w.issueId === id).sort((a, b) => a.id - b.id)
  const issue = (i: I, fields: string[]) => { const rows = rowsOf(i.id); const p = world.projects.get(i.project)!
    return { id: String(i.id), key: i.key, fields: { summary: i.key, project: { id: p.id, key: p.key, name: p.key }, timespent: rows.reduce((s, w) => s + w.seconds, 0), ...(fields.includes('worklog') ? { worklog: { startAt: 0, maxResults: 20, total: rows.length, worklogs: rows.slice(0, 20).map(bean) } } : {}) } } }
  const jql = (text: string): I[] => {
    let list = [...world.issues.values()].filter((i) => visible(i.id))
    const ids = /id in \(([^)]*)\)/.exec(text); if (ids) list = list.filter((i) => ids[1]!.split(',').includes(String(i.id)))
    const p = /project = "([^"]+)"/.exec(text); if (p) list = list.filter((i) => i.project === p[1])
    const wd = /worklogDate >= "([^"]+)" AND worklogDate < "([^"]+)"/.exec(text); if (wd) list = list.filter((i) => rowsOf(i.id).some((w) => d(w.started).slice(0, 10) >= wd[1]! && d(w.started).slice(0, 10) < wd[2]!))
    return list.sort((a, b) => a.id - b.id)
  }
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (c) => chunks.push(c)); req.on('end', () => {
      requests += 1
      const url = new URL(req.url!, 'http://x'); const path = url.pathname.replace(/^\/jira/, '').replace('/rest/api/2/', ''); const q = url.searchParams
      opts.onRequest?.(path)
      const fault = opts.fault?.(path) ?? 'ok'
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {}
      const send = (s: number, j: unknown, h = {}) => { res.writeHead(s, { 'content-type': 'application/json', ...(kind === 'dc' ? { 'x-ausername': 'bot' } : {}), ...h }); res.end(s === 204 ? undefined : JSON.stringify(j)) }
      if (fault === '429') return send(429, '<html>', { 'retry-after': '3' })
      if (fault === '500') return send(500, { errorMessages: ['boom'] })
      if (fault === '503') { res.writeHead(503, {}); return res.end('<html>') }
      if (fault === 'html') { res.writeHead(200, { 'content-type': 'text/html' }); return res.end('<html>login</html>') }
      if (fault === 'cut') { res.writeHead(200, { 'content-type': 'application/json' }); return res.end('{"values":[{"wor') }
      if (fault === 'reset') return void req.socket.destroy()
      const answer = (): [number, unknown] => {
        if (path === 'serverInfo') return [200, { deploymentType: kind === 'cloud' ? 'Cloud' : 'Server', serverTime: d(world.now()), version: '1' }]
        if (path === 'myself') return [200, user('bot')]
        if (path === 'worklog/updated' || path === 'worklog/deleted') {
          const since = Number(q.get('since') ?? 0)
          const all = path.endsWith('updated') ? [...world.worklogs.values()].filter((w) => visible(w.issueId)).map((w) => ({ worklogId: w.id, updatedTime: w.feedAt })) : [...world.deleted].map(([worklogId, updatedTime]) => ({ worklogId, updatedTime }))
          const list = all.filter((v) => v.updatedTime >= since).sort((a, b) => a.updatedTime - b.updatedTime || a.worklogId - b.worklogId)
          return [200, { values: list.slice(0, page), since, lastPage: list.length <= page }]
        }
        if (path === 'worklog/list') return [200, (body.ids as number[]).flatMap((id) => { const w = world.worklogs.get(id); return w && visible(w.issueId) ? [bean(w)] : [] })]
        if (path === 'issue/bulkfetch') return [200, { issues: (body.issueIdsOrKeys as string[]).flatMap((id) => { const i = world.issues.get(Number(id)); return i && visible(i.id) ? [issue(i, body.fields)] : [] }) }]
        if (path === 'search' && kind === 'dc') { const all = jql(body.jql); const s = body.startAt ?? 0; const m = Math.min(body.maxResults, 1000); return [200, { startAt: s, total: all.length, issues: all.slice(s, s + m).map((i) => issue(i, body.fields)) }] }
        if (path === 'search/jql' && kind === 'cloud') { const all = jql(body.jql); const s = Number(body.nextPageToken ?? 0); const m = Math.min(body.maxResults, 100); return [200, { issues: all.slice(s, s + m).map((i) => issue(i, body.fields)), ...(s + m < all.length ? { nextPageToken: String(s + m) } : {}) }] }
        const one = /^issue\/(\d+)(?:\/worklog(?:\/(\d+))?)?$/.exec(path)
        if (one) { const id = Number(one[1]); if (!visible(id)) return [404, { errorMessages: ['Issue does not exist'] }]
          if (one[2]) { const w = world.worklogs.get(Number(one[2])); return w && w.issueId === id ? [200, bean(w)] : [404, {}] }
          if (path.endsWith('worklog')) { const rows = rowsOf(id); return [200, { startAt: 0, maxResults: rows.length, total: rows.length, worklogs: rows.map(bean) }] }
          return [200, issue(world.issues.get(id)!, [])] }
        const ps = [...world.projects.values()].filter((p) => !p.hidden).map((p) => ({ id: p.id, key: p.key, name: p.key }))
        if (path === 'project') return [200, ps]
        if (path === 'project/search') return [200, { values: ps, isLast: true }]
        if (path === 'users/search' || path === 'user/search' || path === 'field' || path === 'filter/favourite') return [200, []]
        if (path === 'group/bulk' || path === 'filter/search') return [200, { values: [], isLast: true }]
        if (path === 'groups/picker') return [200, { groups: [] }]
        return [404, { errorMessages: [`no ${path}`] }]
      }
      const [s, j] = answer()
      send(s, j)
    })
  })
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r))
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}/jira`, requests: () => requests, close: () => new Promise((r) => { server.closeAllConnections(); server.close(r) }) }
}
