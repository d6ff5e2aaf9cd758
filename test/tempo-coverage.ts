import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { wireApp } from '../src/compose.ts'
import { makeHttpServer } from '../src/compose-server.ts'
import { readConfig } from '../src/config.ts'
import { rowsOf, statusesOf } from '../src/dialects/tempo-core/operations.contract.ts'
import { openMemoryDatabase } from './database.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const specifications = here('../../shared/contracts/specs/')
const cases = here('../src/dialects/tempo-core/conformance/')

/** The page this script keeps. */
export const coveragePage = here('../docs/coverage.md')

/** Whether the vendor's specifications lie beside the project; they carry no licence, so never in it. */
export const hasSpecifications = existsSync(`${specifications}tempo-openapi.yaml`)

type Operation = { readonly method: string; readonly path: string }
type Served = Operation & { readonly pattern: RegExp }
type Case = { readonly method: string; readonly target: string; readonly status: number }

/** Every operation of both specifications: whether it is served, and which answers are recorded. */
export async function renderCoverage(): Promise<string> {
  const served = await servedRoutes()
  const statuses = new Map<Served, Set<number>>()
  for (const one of [...recordedCases(), ...tableCases()]) {
    const route = routeOf(served, one)
    if (route) statuses.set(route, (statuses.get(route) ?? new Set()).add(one.status))
  }
  const third = thirdOperations()
  const fourth = fourthOperations()
  return [
    '# Coverage',
    '',
    'Written by `npm run coverage` from the routes of the server, the recorded cases, the table of',
    'operations and the vendor’s specifications; a test says when it is stale. Cases are told by the',
    'statuses they answer.',
    '',
    ...section('Tempo Cloud, version 3 (/core/3)', third, served, statuses),
    ...section('Tempo Cloud, version 4 (/4, /papertrail/1)', fourth, served, statuses),
  ].join('\n')
}

function section(
  title: string,
  operations: readonly Operation[],
  served: readonly Served[],
  statuses: ReadonlyMap<Served, ReadonlySet<number>>,
): string[] {
  const rows = operations.map((operation) => {
    const route = served.find((one) => isSame(one, operation))
    const answered = route ? [...(statuses.get(route) ?? [])].sort() : []
    return { operation, route, text: answered.join(', ') }
  })
  const done = rows.filter(({ route }) => route !== undefined).length
  return [
    `## ${title}`,
    '',
    `${done} of ${rows.length} operations are served.`,
    '',
    '| operation | served | cases |',
    '| --- | --- | --- |',
    ...rows.map(
      ({ operation: { method, path }, route, text }) =>
        `| \`${method} ${path}\` | ${route ? 'yes' : 'no'} | ${text} |`,
    ),
    '',
  ]
}

/** The same method and path, whatever parameters are called. */
function isSame(route: Operation, { method, path }: Operation): boolean {
  const bare = (text: string) => text.replace(/\{\w+\}|:\w+/g, '*').toLowerCase()
  return route.method === method && bare(route.path) === bare(path)
}

/** The route a request reaches: the one with the fewest parameters that matches. */
function routeOf(served: readonly Served[], { method, target }: Case): Served | undefined {
  const parameters = ({ path }: Served) => path.match(/:/g)?.length ?? 0
  return served
    .filter((one) => one.method === method && one.pattern.test(target))
    .sort((a, b) => parameters(a) - parameters(b))[0]
}

async function servedRoutes(): Promise<Served[]> {
  const { store } = await openMemoryDatabase()
  const site = await store.sites.create({ name: 'Coverage', timeZone: 'UTC' })
  const config = readConfig({ HOURBOOK_LOG: 'silent', HOURBOOK_REQUESTS_PER_MINUTE: '0' })
  const routes: Served[] = []
  const app = wireApp({ config, store, site })
  const server = await makeHttpServer(app, (fastify) => {
    fastify.addHook('onRoute', ({ method, url }) => {
      const pattern = new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}/?$`, 'i')
      for (const one of [method].flat()) routes.push({ method: one, path: url, pattern })
    })
  })
  await server.close()
  await app.close()
  return routes
}

function recordedCases(): Case[] {
  return readdirSync(cases, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.http'))
    .map((name) => {
      const request = readFileSync(`${cases}${name}`, 'utf8').replace(/^#.*\n/gm, '')
      const answer = readFileSync(`${cases}${name.replace(/http$/, 'expected')}`, 'utf8')
      const [method = '', url = ''] = request.split('\n', 1)[0]?.split(' ') ?? []
      return { method, target: url.split('?', 1)[0] ?? '', status: Number(answer.slice(5, 8)) }
    })
}

/** What `operations.test.ts` asks of each operation. */
function tableCases(): Case[] {
  return ([3, 4] as const).flatMap((version) =>
    rowsOf(version).flatMap((row) => {
      const [method = '', path = ''] = row.op.split(' ')
      const target = `${version === 3 ? '/core/3' : '/4'}${path}`
      return statusesOf(row).map((status) => ({ method, target, status }))
    }),
  )
}

function thirdOperations(): Operation[] {
  const text = readFileSync(`${specifications}tempo-core-3-operations.json`, 'utf8')
  const { operations } = JSON.parse(text) as { operations: Operation[] }
  return operations.map(({ method, path }) => ({
    method,
    // Their one path in braces that is no parameter.
    path: `/core/3${path.replace('{daily}', 'daily')}`,
  }))
}

function fourthOperations(): Operation[] {
  const text = readFileSync(`${specifications}tempo-openapi.yaml`, 'utf8')
  const { paths } = parse(text) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map((method) => ({ method: method.toUpperCase(), path })),
  )
}

if (process.argv[1] === here('./tempo-coverage.ts')) {
  if (hasSpecifications) writeFileSync(coveragePage, await renderCoverage())
  else process.stderr.write('the specifications are not there: nothing written\n')
}
