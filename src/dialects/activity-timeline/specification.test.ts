import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openMemoryDatabase, withDatabase } from '../../../test/database.ts'
import { aWorld } from './world.contract.ts'

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
type Operation = { readonly responses: Readonly<Record<string, { content?: Content }>> }
type Content = Readonly<Record<string, { schema: object }>>

// The description lies beside the project and is nobody's to copy: without it there is nothing to compare.
const place = fileURLToPath(
  new URL('../../../../shared/contracts/activitytimeline.openapi.yaml', import.meta.url),
)
const document = existsSync(place) ? (parse(readFileSync(place, 'utf8')) as Document) : undefined
const why = document ? '' : ' (skipped: ../shared/contracts is not there)'

/** One call of every operation, in an order in which each finds what it needs. */
const calls: readonly (readonly [operation: string, call: string])[] = [
  ['get /eventType/list', '/eventType/list'],
  [
    'post /event',
    '/event?start=2026-03-02&end=2026-03-06&username=admin&eventTypeId=1001&eventTitle=x&projectKey=OPS&hours=2&isApproved=true',
  ],
  ['get /event/{id}', '/event/{event}'],
  ['put /event', '/event?id={event}&start=2026-03-02&end=2026-03-03'],
  ['put /event/{id}', '/event/{event}?start=2026-03-02&end=2026-03-03&color=Teal'],
  ['post /event/{id}/color', '/event/{event}/color?color=Red'],
  ['post /skill', '/skill?name=Java'],
  ['get /skill', '/skill'],
  ['post /skill/level', '/skill/level?name=Expert&color=FCA800&isDefault=true'],
  ['get /skill/level', '/skill/level'],
  ['post /position', '/position?name=Tester'],
  ['get /position', '/position'],
  ['post /user/{username}/skill/{skillId}', '/user/admin/skill/{skill}'],
  ['get /skill/{id}', '/skill/{skill}'],
  ['post /user/{username}/position', '/user/admin/position?positionId={position}'],
  ['get /position/{id}', '/position/{position}'],
  ['get /team/list', '/team/list'],
  ['get /team/{id}', '/team/{team}'],
  ['get /timeline', '/timeline?start=2026-03-01&end=2026-03-31&teamId={team}'],
  ['get /timeline', '/timeline?start=2026-03-01&end=2026-03-31&teamId={team}&eventType=WORKLOG'],
  ['get /timeline/{username}', '/timeline/admin?start=2026-03-01&end=2026-03-31'],
  [
    'get /workload',
    '/workload?start=2026-03-01&end=2026-03-31&teamId={team}&includeProjectDetails=true',
  ],
  ['get /workload/{username}', '/workload/admin?start=2026-03-01&end=2026-03-31'],
  ['get /availability', '/availability?start=2026-03-01&end=2026-03-31&teamId={team}'],
  ['get /availability/{username}', '/availability/admin?start=2026-03-01&end=2026-03-31'],
  ['get /capacity', '/capacity?start=2026-03-01&end=2026-03-31&teamId={team}'],
  ['get /capacity/{username}', '/capacity/admin?start=2026-03-01&end=2026-03-31'],
  ['get /user', '/user'],
  ['get /user/{username}', '/user/admin'],
  ['get /user/{username}/role', '/user/admin/role'],
  ['get /user/{username}/skill', '/user/admin/skill'],
  ['post /team/{id}/manager', '/team/{team}/manager?username=admin'],
  ['get /team/{id}/manager', '/team/{team}/manager'],
  ['delete /team/{id}/manager', '/team/{team}/manager?username=admin'],
  ['delete /team/{id}/member', '/team/{team}/member?username=admin'],
  ['post /team/{id}/member', '/team/{team}/member?username=admin'],
  ['get /project/list', '/project/list'],
  ['post /project/{id}/state', '/project/{project}/state?state=active'],
  ['get /worklog/categories', '/worklog/categories'],
  [
    'post /worklog',
    '/worklog?username=admin&date=2026-03-02T09:00:00%2B01:00&issueKey=OPS-1&timeSpent=1h',
  ],
  [
    'put /worklog/{id}',
    '/worklog/{worklog}?username=admin&date=2026-03-02T09:00:00%2B01:00&timeSpent=2h',
  ],
  ['get /worklog/list', '/worklog/list?start=2026-03-01&end=2026-03-31'],
  ['put /worklog/approve/{id}', '/worklog/approve/{worklog}'],
  ['put /worklog/unapprove/{id}', '/worklog/unapprove/{worklog}'],
  ['delete /worklog/{id}', '/worklog/{worklog}'],
  ['delete /user/{username}/skill/{skillId}', '/user/admin/skill/{skill}'],
  ['delete /user/{username}/skill', '/user/admin/skill'],
  ['delete /user/{username}/position', '/user/admin/position?positionId={position}'],
  ['delete /event/{id}', '/event/{event}'],
  ['delete /team/{id}', '/team/{team}'],
]

describe.skipIf(!document)(`the description of the API${why}`, () => {
  withDatabase(openMemoryDatabase, (database) => {
    it('holds of the answer of every operation', async () => {
      const { paths, ...rest } = document!
      const operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods)
          .filter((method) => method !== 'parameters')
          .map((method) => `${method} ${path.replace('/rest/api/1', '')}`),
      )
      expect([...new Set(calls.map(([operation]) => operation))].sort()).toEqual(operations.sort())

      const world = await aWorld(database())
      const team = await world.team('9007199254740993', 'Team', [world.admin])
      const project = await world.site.aProject({ key: 'OPS', name: 'Operations' })
      const issue = await world.site.anIssue({
        key: 'OPS-1',
        project,
        remainingEstimateSeconds: 7_200,
      })
      await world.events(world.admin, [
        { kind: 'placeholder', remainingSeconds: 7_200, originalSeconds: 0 },
        { kind: 'vacation', from: '2026-03-09' },
        { kind: 'issue', issueId: issue.id, title: '', from: '2026-03-10' },
      ])
      await world.site.aWorklog({ author: world.admin })
      const known: Record<string, string> = { team, project: project.id }

      const ajv = new Ajv2020({ strict: false, validateFormats: false })
      ajv.addSchema({ $id: 'at', ...rest })
      for (const [operation, call] of calls) {
        const [method = '', path = ''] = operation.split(' ')
        const filled = call.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '')
        const { status, text } = await world.ask(`${method.toUpperCase()} ${filled}`)
        expect([call, status, text]).toEqual([call, 200, text])
        remember(known, operation, text)
        const { schema } =
          paths[`/rest/api/1${path}`]![method]!.responses['200']!.content!['application/json']!
        const isValid = ajv.compile(absolute(schema))
        expect([call, isValid(JSON.parse(text)), isValid.errors]).toEqual([call, true, null])
      }
    })
  })
})

/** References lead into the whole document, wherever the schema was taken from. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"at#/'))
}

const made: Readonly<Record<string, readonly [name: string, key: string]>> = {
  'post /event': ['event', 'id'],
  'post /skill': ['skill', 'skillId'],
  'post /position': ['position', 'positionId'],
  'post /worklog': ['worklog', 'worklogId'],
}

/** Ids as digits: most of them exceed what a number holds. */
function remember(known: Record<string, string>, operation: string, text: string): void {
  const [name, key] = made[operation] ?? []
  if (name) known[name] = new RegExp(`"${key}":(\\d+)`).exec(text)![1]!
}
