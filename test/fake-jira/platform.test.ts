import { Ajv } from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask, useFakeJira } from './ask.ts'
import { aGoldenWorld } from './golden-world.ts'
import document from './platform-schemas.json' with { type: 'json' }

const start = useFakeJira()

/** A schema by the name Jira's own description gives it. */
const named = (name: string) => ({ $ref: `jira#/components/schemas/${name}` })
const listOf = (name: string) => ({ type: 'array', minItems: 1, items: named(name) })

const ajv = new Ajv({ strict: false, allErrors: true })

// OpenAPI 3.0 says `nullable` where JSON Schema has a type more.
function withNull(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNull)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = node as Record<string, unknown>
  const copy = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, withNull(value)]),
  )
  return nullable === true && typeof copy.type === 'string'
    ? { ...copy, type: [copy.type, 'null'] }
    : copy
}

// Where Jira's description lets anything in, the fake may still send only what is described.
function tightened(
  schemas: Record<string, { additionalProperties?: unknown; properties?: object }>,
) {
  for (const schema of Object.values(schemas)) {
    if (schema.properties && schema.additionalProperties === true) {
      schema.additionalProperties = false
    }
  }
  return schemas
}

beforeAll(() => {
  const isWhole = (value: number) => Number.isSafeInteger(value)
  for (const format of ['int32', 'int64']) {
    ajv.addFormat(format, { type: 'number', validate: isWhole })
  }
  ajv.addFormat('double', { type: 'number', validate: Number.isFinite })
  ajv.addFormat('uri', (text) => URL.canParse(text))
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  // Jira's own form, not RFC 3339: milliseconds, offset without a colon.
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/)
  const { schemas } = withNull(document.components) as { schemas: object }
  ajv.addSchema({ $id: 'jira', components: { schemas: tightened(schemas as never) } })
})

async function goldenJira() {
  const world = aGoldenWorld()
  const { people, busy, rich, crowd } = world.golden
  const filter = world.addFilter({ name: 'All', jql: 'project = APP', owner: world.admin })
  const jira = await start({ dialect: 'cloud', world, switches: { searchMax: 10 } })
  const ids = [
    rich.id,
    ...crowd.slice(0, 5).map(({ id }) => id),
    ...[...world.state.worklogs.keys()].slice(0, 50),
  ]
  return { jira, people, busy, rich, filter, ids }
}

type Setting = Awaited<ReturnType<typeof goldenJira>>

const answers: readonly [string, (setting: Setting) => [string, unknown?], object][] = [
  ['updated', () => ['GET worklog/updated'], named('ChangedWorklogs')],
  ['deleted', () => ['GET worklog/deleted'], named('ChangedWorklogs')],
  ['list', ({ ids }) => ['POST worklog/list?expand=properties', { ids }], listOf('Worklog')],
  ['page', ({ busy }) => [`GET issue/${busy.id}/worklog`], named('PageOfWorklogs')],
  ['row', ({ busy, rich }) => [`GET issue/${busy.id}/worklog/${rich.id}`], named('Worklog')],
  [
    'created',
    ({ busy }) => [`POST issue/${busy.id}/worklog`, { timeSpent: '1h' }],
    named('Worklog'),
  ],
  [
    'changed',
    ({ busy, rich }) => [`PUT issue/${busy.id}/worklog/${rich.id}`, { timeSpent: '1h' }],
    named('Worklog'),
  ],
  [
    'search',
    () => ['POST search/jql', { jql: 'project = APP', fields: ['*all'] }],
    named('SearchAndReconcileResults'),
  ],
  ['ids', () => ['POST search/jql', { jql: 'project = APP' }], named('SearchAndReconcileResults')],
  [
    'count',
    () => ['POST search/approximate-count', { jql: 'project = APP' }],
    named('JQLCountResultsBean'),
  ],
  [
    'bulkfetch',
    ({ busy }) => ['POST issue/bulkfetch', { issueIdsOrKeys: [busy.id], fields: ['*all'] }],
    named('BulkIssueResults'),
  ],
  ['issue', ({ busy }) => [`GET issue/${busy.key}`], named('IssueBean')],
  ['server', () => ['GET serverInfo'], named('ServerInformation')],
  ['myself', () => ['GET myself?expand=groups'], named('User')],
  ['users', () => ['GET users/search'], listOf('User')],
  ['user search', () => ['GET user/search?query=a'], listOf('User')],
  ['user', ({ people }) => [`GET user?accountId=${people.wang.accountId}`], named('User')],
  [
    'user bulk',
    ({ people }) => [`GET user/bulk?accountId=${people.jose.accountId}`],
    named('PageBeanUser'),
  ],
  ['groups', () => ['GET group/bulk'], named('PageBeanGroupDetails')],
  ['members', () => ['GET group/member?groupname=developers'], named('PageBeanUserDetails')],
  ['projects', () => ['GET project/search?maxResults=2'], named('PageBeanProject')],
  ['all projects', () => ['GET project'], listOf('Project')],
  ['project', () => ['GET project/WEB'], named('Project')],
  ['filter', ({ filter }) => [`GET filter/${filter.id}`], named('Filter')],
  ['filters', () => ['GET filter/search?expand=jql,owner,viewUrl'], named('PageBeanFilterDetails')],
  ['favourites', () => ['GET filter/favourite'], listOf('Filter')],
  ['fields', () => ['GET field'], listOf('FieldDetails')],
  ['statuses', () => ['GET status'], listOf('StatusDetails')],
  ['types', () => ['GET issuetype'], listOf('IssueTypeDetails')],
  ['priorities', () => ['GET priority'], listOf('Priority')],
  ['settings', () => ['GET configuration'], named('Configuration')],
  ['permissions', () => ['GET mypermissions?permissions=ADMINISTER'], named('Permissions')],
  ['error', () => ['GET issue/NO-1'], named('ErrorCollection')],
  ['field error', ({ busy }) => [`POST issue/${busy.id}/worklog`, {}], named('ErrorCollection')],
  ['query error', () => ['POST search/jql', { jql: 'project =' }], named('ErrorCollection')],
]

describe("answers have the shapes of Jira's own description", () => {
  it.each(answers)('%s', async (_, request, schema) => {
    const setting = await goldenJira()
    const [what, body] = request(setting)
    const { json } = await ask(setting.jira, what, body, { version: 3 })
    const validate = ajv.compile(schema)
    validate(json)
    expect(validate.errors ?? []).toEqual([])
    expect(json).toBeTypeOf('object')
  })

  it('which would notice a drift', () => {
    const validate = ajv.compile(named('Worklog'))
    expect(validate({ id: 5 })).toBe(false)
    expect(validate({ id: '5', surprise: true })).toBe(false)
    expect(validate({ started: '2026-03-02T12:00:00.000Z' })).toBe(false)
  })
})
