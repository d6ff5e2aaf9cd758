import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databasePlace, folderPlace, type Place } from './kill-places.ts'
import { runHourbook, type ServerProcess, startCommand, startHourbook } from './server-process.ts'

/** Times that each engine is killed while it writes, and while it imports. `npm run kill` takes 20. */
const rounds = Number(process.env.HOURBOOK_KILL_ROUNDS ?? 2)
const databaseUrl = process.env.TEST_DATABASE_URL
const writers = 500
const patienceMs = 120_000 + rounds * 60_000

describe.each([
  { name: 'PGlite', place: folderPlace, isThere: true },
  {
    name: databaseUrl ? 'PostgreSQL' : 'PostgreSQL (skipped: TEST_DATABASE_URL is not set)',
    place: databasePlace,
    isThere: databaseUrl !== undefined,
  },
])('kill -9 on $name', ({ place: open, isThere }) => {
  describe.runIf(isThere)('while it works', () => {
    let place: Place
    let token: string
    beforeAll(async () => {
      place = await open()
      const { environment } = place
      token = runHourbook(
        ['token', 'create', '--scopes', 'read,write,admin'],
        environment,
      ).out.trim()
      runHourbook(['project', 'add', 'KILL', '--name', 'Kill'], environment)
      expect(runHourbook(['issue', 'add', 'KILL', 'An issue'], environment).out.trim()).toBe(
        'KILL-1',
      )
    }, 120_000)
    afterAll(() => place?.close())

    const call = (server: ServerProcess, path: string, init: RequestInit = {}) =>
      fetch(server.address + path, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
      })

    const write = (server: ServerProcess, name: string) =>
      call(server, '/api/v1/worklogs', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': name },
        body: JSON.stringify({
          issue: 'KILL-1',
          day: '2026-03-02',
          timeSpentSeconds: 900,
          comment: name,
        }),
      })

    it(
      `loses no acknowledged write and doubles none, ${rounds} times`,
      async () => {
        const acknowledged = new Set<string>()
        const all: string[] = []
        for (let round = 0; round < rounds; round += 1) {
          const server = await startHourbook(place.environment)
          const killAfter = 1 + ((round * 97) % (writers - 50))
          let answers = 0
          const names = Array.from({ length: writers }, (_, at) => `round ${round} write ${at}`)
          all.push(...names)
          await Promise.all(
            names.map(async (name) => {
              try {
                const response = await write(server, name)
                if (response.status === 201) acknowledged.add(name)
                answers += 1
                if (answers === killAfter) void server.kill()
              } catch {
                // Killed before it could answer: whether it was written is open until asked again.
              }
            }),
          )
          await server.kill()
        }
        const server = await startHourbook(place.environment)
        const before = await commentsOf(server)
        expect([...acknowledged].filter((name) => !before.has(name))).toEqual([])
        // In waves: ten thousand connections at once are more than a machine may take.
        const statuses = new Set<number>()
        for (let from = 0; from < all.length; from += writers) {
          const wave = all.slice(from, from + writers).map((name) => write(server, name))
          for (const { status } of await Promise.all(wave)) statuses.add(status)
        }
        expect(statuses).toEqual(new Set([201]))
        const after = await commentsOf(server)
        expect([...after.keys()].sort()).toEqual([...all].sort())
        expect([...after.values()].filter((count) => count !== 1)).toEqual([])
        await server.stop()
      },
      patienceMs,
    )

    it(
      `finishes an import that was killed, with nothing doubled, ${rounds} times`,
      async () => {
        const folder = mkdtempSync(join(tmpdir(), 'hourbook-kill-import-'))
        const file = join(folder, 'export.ndjson')
        writeFileSync(file, exportOf(6_000))
        for (let round = 0; round < rounds; round += 1) {
          const server = await startHourbook(place.environment)
          const since = await version(server)
          // Its first commit wakes the change feed. Embedded, it runs inside the server.
          const importing = startCommand(place.environment, ['import', 'jira', file])
          await call(server, `/api/v1/changes?since=${since}&wait=30`)
          await Promise.all([importing.kill(), server.kill()])
        }
        const server = await startHourbook(place.environment)
        const importFile = () => startCommand(place.environment, ['import', 'jira', file]).ended
        expect(await importFile()).toBe(0)
        const imported = await importedIds(server)
        expect(imported.length).toBe(6_000)
        expect(new Set(imported).size).toBe(6_000)
        const settled = await version(server)
        expect(await importFile()).toBe(0)
        expect(await version(server)).toBe(settled)
        expect(await server.stop()).toBe(0)
        rmSync(folder, { recursive: true, force: true })
      },
      patienceMs,
    )

    async function version(server: ServerProcess): Promise<number> {
      let since = 0
      for (;;) {
        const page = (await (
          await call(server, `/api/v1/changes?since=${since}&limit=1000`)
        ).json()) as {
          next: number
          isCaughtUp: boolean
        }
        since = page.next
        if (page.isCaughtUp) return since
      }
    }

    async function commentsOf(server: ServerProcess): Promise<Map<string, number>> {
      const counts = new Map<string, number>()
      for await (const { comment } of worklogs(server, 'issue=KILL-1'))
        counts.set(comment, (counts.get(comment) ?? 0) + 1)
      return counts
    }

    async function importedIds(server: ServerProcess): Promise<string[]> {
      const ids: string[] = []
      for await (const { jiraId } of worklogs(server, 'from=2025-01-01&to=2025-12-31'))
        ids.push(jiraId)
      return ids
    }

    async function* worklogs(server: ServerProcess, filter: string) {
      let cursor: string | null = null
      do {
        const path: string = `/api/v1/worklogs?limit=1000&${filter}${cursor ? `&cursor=${cursor}` : ''}`
        const page = (await (await call(server, path)).json()) as {
          worklogs: { comment: string; jiraId: string }[]
          next: string | null
        }
        yield* page.worklogs
        cursor = page.next
      } while (cursor !== null)
    }
  })
})

/** A Jira export of our own making: issues with three worklogs each. */
function exportOf(worklogCount: number): string {
  const lines: string[] = []
  for (let issue = 0; issue < worklogCount / 3; issue += 1) {
    const worklogs = [0, 1, 2].map((at) => ({
      id: String(900_000 + issue * 3 + at),
      author: {
        name: `user${issue % 7}`,
        key: `user${issue % 7}`,
        displayName: `User ${issue % 7}`,
      },
      comment: `work ${issue}.${at}`,
      started: `2025-0${1 + (issue % 9)}-1${at}T09:00:00.000+0000`,
      created: '2025-10-01T09:00:00.000+0000',
      updated: '2025-10-01T09:00:00.000+0000',
      timeSpentSeconds: 900,
    }))
    lines.push(
      JSON.stringify({
        id: String(50_000 + issue),
        key: `OLD-${issue + 1}`,
        self: `https://old.example.org/rest/api/2/issue/${50_000 + issue}`,
        fields: {
          summary: `Issue ${issue}`,
          project: { id: '1', key: 'OLD', name: 'Old' },
          worklog: { startAt: 0, maxResults: 3, total: 3, worklogs },
        },
      }),
    )
  }
  return `${lines.join('\n')}\n`
}
