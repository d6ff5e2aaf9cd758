import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GoldenWorld, goldenSite, openGoldenWorld, secrets } from './world.ts'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** Run with this set, answers are written down instead of compared; read them before you commit. */
const isWriting = process.env.WRITE_EXPECTED === '1'

/** What may differ from run to run, masked by name in both. */
const masks: Readonly<Record<string, RegExp>> = {
  nextPageToken: /(?<="nextPageToken":")[^"]+/g,
  requestId: /(?<="instance":")[0-9a-f]{16}(?=")/g,
  // The database stamps its own rows; everything else follows the world's clock.
  databaseClock: /(?<="isOwn":(?:true|false),"createdAt":")[^"]+/g,
}

type Case = { readonly name: string; readonly request: string; readonly expected: string }

type Spoken = {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

function findCases(): Case[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.http'))
    .sort()
    .map((name) => ({
      name: name.replace(/\.http$/, ''),
      request: `${source}${name}`,
      expected: `${source}${name.replace(/\.http$/, '.expected')}`,
    }))
}

/** Comment lines first (the first names its source), then the request as HTTP writes it. */
function readRequest(text: string): Spoken {
  const lines = text.split('\n')
  const comments = lines.findIndex((line) => !line.startsWith('#'))
  if (comments < 1) throw new Error('a case begins with a comment that names its source')
  const end = lines.indexOf('', comments)
  const [first = '', ...headerLines] = lines.slice(comments, end < 0 ? undefined : end)
  const [method = '', url = ''] = first.split(' ')
  const headers = Object.fromEntries(
    headerLines.map((line) => {
      const at = line.indexOf(':')
      const value = line.slice(at + 1).trim()
      return [
        line.slice(0, at),
        value
          .replace(/\{(\w+)\}/g, (_, name: string) => secrets[name] ?? '')
          // Basic takes its two parts in base64: `Basic <mira:{mira}>`.
          .replace(/<(.*)>/, (_, plain: string) => Buffer.from(plain).toString('base64')),
      ]
    }),
  )
  return {
    method,
    url,
    headers,
    body:
      end < 0
        ? ''
        : lines
            .slice(end + 1)
            .join('\n')
            .trimEnd(),
  }
}

const shownHeaders = [
  'content-type',
  'etag',
  'location',
  'allow',
  'www-authenticate',
  'content-disposition',
]

async function speak(server: FastifyInstance, request: Spoken): Promise<string> {
  const answer = await server.inject({
    method: request.method as 'GET',
    url: request.url,
    headers: request.headers,
    ...(request.body === '' ? {} : { payload: request.body }),
  })
  const headers = shownHeaders.flatMap((name) => {
    const value = answer.headers[name]
    return value === undefined ? [] : [`${name}: ${String(value)}`]
  })
  return [`HTTP ${answer.statusCode}`, ...headers, '', answer.body, ''].join('\n')
}

function masked(text: string): string {
  return Object.entries(masks).reduce((rest, [name, what]) => rest.replace(what, `{${name}}`), text)
}

const cases = findCases()
const folders = [...new Set(cases.map(({ name }) => name.slice(0, name.lastIndexOf('/'))))]

// The cases of a folder share one world and run in the order of their names: later ones see what
// earlier ones wrote, as a client would. A folder's own `world.json` is taken in after the golden one,
// its `site.json` names the site and its zone.
describe.each(folders)('%s', (folder) => {
  let world: GoldenWorld
  beforeAll(async () => {
    const beside = (name: string) => `${source}${folder}/${name}`
    const read = (name: string) =>
      existsSync(beside(name)) ? JSON.parse(readFileSync(beside(name), 'utf8')) : undefined
    world = await openGoldenWorld({
      files: existsSync(beside('world.json')) ? [beside('world.json')] : [],
      site: read('site.json') ?? goldenSite,
      environment: read('settings.json') ?? {},
    })
  })
  afterAll(() => world?.close())

  it.each(cases.filter(({ name }) => name.startsWith(`${folder}/`)))('$name', async (one) => {
    const answer = masked(await speak(world.server, readRequest(readFileSync(one.request, 'utf8'))))
    if (isWriting) writeFileSync(one.expected, answer)
    expect(answer).toBe(readFileSync(one.expected, 'utf8'))
  })
})
