import { fastify } from 'fastify'
import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { schemaFormats } from '../http/schema.ts'
import { aWorld, type World } from './world.contract.ts'

type Json = Record<string, unknown>
type Operation = {
  operationId: string
  summary: string
  description: string
  tags: string[]
  parameters?: { name: string; in: string; schema: Json; example?: unknown }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}
type Document = Json & {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json & { examples?: unknown[] }> }
}

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  let document: Document
  let operations: readonly (readonly [string, Operation])[]
  beforeAll(async () => {
    world = await aWorld(database().store)
    document = (await world.call(null, 'GET /openapi.json')).body
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const,
      ),
    )
  })

  it('is an OpenAPI 3.1 document that names every route once', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Hourbook', version: '0.0.0-test' },
      security: [{ token: [] }],
    })
    expect(operations.map(([route]) => route).sort()).toEqual(
      [
        'DELETE /api/v1/event-types/{id}',
        'DELETE /api/v1/events/{id}',
        'GET /api/v1/attributes',
        'GET /api/v1/hand-over/settings',
        'GET /api/v1/balance',
        'GET /api/v1/preferences',
        'PATCH /api/v1/preferences',
        'GET /api/v1/profiles',
        'PATCH /api/v1/hand-over/settings',
        'POST /api/v1/attributes',
        'GET /api/v1/attributes/{key}',
        'PATCH /api/v1/attributes/{key}',
        'DELETE /api/v1/attributes/{key}',
        'GET /api/v1/accounts',
        'POST /api/v1/accounts',
        'GET /api/v1/accounts/{idOrKey}',
        'PATCH /api/v1/accounts/{idOrKey}',
        'DELETE /api/v1/accounts/{idOrKey}',
        'GET /api/v1/customers',
        'POST /api/v1/customers',
        'GET /api/v1/customers/{idOrKey}',
        'PATCH /api/v1/customers/{idOrKey}',
        'DELETE /api/v1/customers/{idOrKey}',
        'GET /api/v1/account-categories',
        'POST /api/v1/account-categories',
        'GET /api/v1/account-categories/{idOrKey}',
        'PATCH /api/v1/account-categories/{idOrKey}',
        'DELETE /api/v1/account-categories/{idOrKey}',
        'GET /api/v1/account-links',
        'POST /api/v1/account-links',
        'PUT /api/v1/account-links/{id}/default',
        'DELETE /api/v1/account-links/{id}',
        'GET /api/v1/availability',
        'GET /api/v1/event-types',
        'GET /api/v1/events',
        'GET /api/v1/events/{id}',
        'GET /api/v1/planning/settings',
        'GET /api/v1/timeline',
        'GET /api/v1/plan-drafts',
        'POST /api/v1/plan-drafts',
        'GET /api/v1/plan-drafts/{id}',
        'PATCH /api/v1/plan-drafts/{id}',
        'DELETE /api/v1/plan-drafts/{id}',
        'POST /api/v1/plan-drafts/{id}/commands',
        'POST /api/v1/plan-drafts/{id}/undo',
        'POST /api/v1/plan-drafts/{id}/publish',
        'PUT /api/v1/plan-drafts/{id}/events/{eventId}',
        'GET /api/v1/vacations',
        'GET /api/v1/worklog-categories',
        'PATCH /api/v1/event-types/{id}',
        'PATCH /api/v1/events/{id}',
        'PATCH /api/v1/planning/settings',
        'POST /api/v1/event-types',
        'POST /api/v1/events',
        'POST /api/v1/events/bulk',
        'POST /api/v1/events/undo',
        'POST /api/v1/events/{id}/approve',
        'POST /api/v1/events/{id}/move',
        'POST /api/v1/events/{id}/split',
        'POST /api/v1/events/{id}/unapprove',
        'PUT /api/v1/people/{id}/vacations/{year}',
        'PUT /api/v1/projects/{idOrKey}/active',
        'PUT /api/v1/worklog-categories/{id}',
        'POST /api/v1/worklogs/{id}/approve',
        'POST /api/v1/worklogs/{id}/unapprove',
        'DELETE /api/v1/groups/{id}/members/{personId}',
        'DELETE /api/v1/reports/{id}',
        'DELETE /api/v1/reports/{id}/links/{linkId}',
        'GET /api/v1/reports',
        'GET /api/v1/reports/dimensions',
        'GET /api/v1/reports/shared/{secret}',
        'GET /api/v1/reports/shared/{secret}/export',
        'GET /api/v1/reports/{id}',
        'GET /api/v1/reports/{id}/export',
        'GET /api/v1/reports/{id}/links',
        'GET /api/v1/reports/{id}/table',
        'PATCH /api/v1/reports/{id}',
        'POST /api/v1/reports',
        'POST /api/v1/reports/drill-down',
        'POST /api/v1/reports/export',
        'POST /api/v1/reports/run',
        'POST /api/v1/reports/shared/{secret}/drill-down',
        'POST /api/v1/reports/{id}/links',
        'DELETE /api/v1/worklogs/{id}',
        'GET /api/v1/changes',
        'GET /api/v1/connections',
        'GET /api/v1/groups',
        'PATCH /api/v1/groups/{id}',
        'GET /api/v1/groups/{id}/members',
        'GET /api/v1/issues',
        'GET /api/v1/issues/{idOrKey}',
        'GET /api/v1/me',
        'GET /api/v1/people',
        'GET /api/v1/people/{id}',
        'GET /api/v1/projects',
        'GET /api/v1/projects/{idOrKey}',
        'DELETE /api/v1/holiday-schemes/{id}',
        'DELETE /api/v1/holidays/{id}',
        'DELETE /api/v1/schedules/{id}',
        'GET /api/v1/holiday-schemes',
        'GET /api/v1/holiday-schemes/{id}',
        'GET /api/v1/holiday-schemes/{id}/holidays',
        'GET /api/v1/holiday-schemes/{id}/members',
        'GET /api/v1/people/{id}/holiday-schemes',
        'GET /api/v1/people/{id}/schedules',
        'GET /api/v1/public-holidays',
        'GET /api/v1/public-holidays/places',
        'GET /api/v1/drifts',
        'GET /api/v1/manifests',
        'GET /api/v1/people/{id}/reviewers',
        'GET /api/v1/periods',
        'GET /api/v1/rules',
        'GET /api/v1/timesheets',
        'GET /api/v1/timesheets/inbox',
        'GET /api/v1/timesheets/log',
        'GET /api/v1/verify',
        'PATCH /api/v1/rules',
        'POST /api/v1/drifts/{id}/dismiss',
        'POST /api/v1/periods/close',
        'POST /api/v1/periods/reopen',
        'POST /api/v1/timesheets/steps',
        'GET /api/v1/required',
        'GET /api/v1/schedules',
        'GET /api/v1/schedules/{id}',
        'GET /api/v1/schedules/{id}/members',
        'PATCH /api/v1/holiday-schemes/{id}',
        'PATCH /api/v1/holidays/{id}',
        'PATCH /api/v1/schedules/{id}',
        'POST /api/v1/holiday-schemes',
        'POST /api/v1/holiday-schemes/{id}/holidays',
        'POST /api/v1/holiday-schemes/{id}/import',
        'POST /api/v1/holiday-schemes/{id}/members',
        'POST /api/v1/schedules',
        'POST /api/v1/schedules/{id}/members',
        'PUT /api/v1/people/{id}/holiday-schemes',
        'PUT /api/v1/people/{id}/schedules',
        'GET /api/v1/worklogs',
        'GET /api/v1/worklogs/export',
        'GET /api/v1/worklogs/{id}',
        'PATCH /api/v1/issues/{idOrKey}',
        'PATCH /api/v1/people/{id}',
        'PATCH /api/v1/projects/{idOrKey}',
        'PATCH /api/v1/worklogs/{id}',
        'POST /api/v1/groups',
        'POST /api/v1/issues',
        'POST /api/v1/people',
        'POST /api/v1/projects',
        'POST /api/v1/worklogs',
        'POST /api/v1/worklogs/bulk',
        'PUT /api/v1/groups/{id}/members/{personId}',
        'DELETE /api/v1/session',
        'DELETE /api/v1/favourites/{idOrKey}',
        'DELETE /api/v1/timer',
        'GET /api/v1/timer',
        'GET /api/v1/audit',
        'GET /api/v1/oauth-apps',
        'POST /api/v1/oauth-apps',
        'DELETE /api/v1/oauth-apps/{id}',
        'GET /api/v1/tokens',
        'POST /api/v1/tokens',
        'DELETE /api/v1/tokens/{id}',
        'GET /api/v1/week',
        'POST /api/v1/timer/stop',
        'PUT /api/v1/favourites/{idOrKey}',
        'PUT /api/v1/timer',
        'DELETE /api/v1/sessions',
        'DELETE /api/v1/sessions/{id}',
        'GET /api/v1/session',
        'GET /api/v1/sessions',
        'POST /api/v1/people/{id}/password-link',
        'GET /api/v1/people/{id}/sessions',
        'DELETE /api/v1/people/{id}/sessions',
        'POST /api/v1/session',
        'POST /api/v1/session/claim',
        'POST /api/v1/session/link',
        'POST /api/v1/session/password',
        ...['teams', 'team-roles', 'programs', 'permission-roles'].flatMap(catalogue),
        ...['skills', 'skill-levels', 'positions', 'generic-resources'].flatMap(catalogue),
        'PUT /api/v1/teams/{id}/managers/{personId}',
        'DELETE /api/v1/teams/{id}/managers/{personId}',
        'GET /api/v1/memberships',
        'POST /api/v1/teams/{id}/memberships',
        'POST /api/v1/teams/{id}/group-memberships',
        'GET /api/v1/memberships/{id}',
        'PATCH /api/v1/memberships/{id}',
        'DELETE /api/v1/memberships/{id}',
        'GET /api/v1/teams/{id}/reports',
        'GET /api/v1/teams/{id}/reports/{reportId}/table',
        'PUT /api/v1/teams/{id}/reports/{reportId}',
        'DELETE /api/v1/teams/{id}/reports/{reportId}',
        'GET /api/v1/teams/{id}/links',
        'POST /api/v1/teams/{id}/links',
        'DELETE /api/v1/team-links/{id}',
        'GET /api/v1/teams/{id}/resources',
        'PUT /api/v1/teams/{id}/resources/{resourceId}',
        'DELETE /api/v1/teams/{id}/resources/{resourceId}',
        'PUT /api/v1/generic-resources/{id}/skills',
        'GET /api/v1/people/{id}/profile',
        'PATCH /api/v1/people/{id}/profile',
        'GET /api/v1/allocations',
        'POST /api/v1/allocations',
        'GET /api/v1/allocations/{id}',
        'PUT /api/v1/allocations/{id}',
        'DELETE /api/v1/allocations/{id}',
        'PUT /api/v1/allocations/{id}/days/{day}',
      ].sort(),
    )
    const ids = operations.map(([, one]) => one.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [path, { parameters = [] }] of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(inPath)
    }
  })

  it('describes every operation, its answers and its refusals', () => {
    for (const [route, one] of operations) {
      expect([route, one.summary, one.description, one.tags.length]).not.toContain('')
      const [success = '', ...rest] = Object.keys(one.responses)
      expect([route, success, rest]).toEqual([
        route,
        expect.stringMatching(/^20[014]$/),
        ['default'],
      ])
      expect(one.responses[success]!.description).not.toBe('Default Response')
      expect(one.responses.default!.content).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      })
      if (success === '204') expect(one.responses['204']!.content).toBeUndefined()
      for (const { schema } of one.parameters ?? []) expect(schema.type).toBeDefined()
    }
  })

  it('resolves every reference, and uses every component', () => {
    const used = new Set<string>()
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, inner] of Object.entries(value))
        if (key === '$ref') used.add(String(inner))
        else walk(inner)
    }
    walk(document)
    const names = Object.keys(document.components.schemas).map((n) => `#/components/schemas/${n}`)
    expect([...used].sort()).toEqual(names.sort())
  })

  it('closes every object that comes in, and gives examples that the server takes', async () => {
    for (const [route, { requestBody }] of operations) {
      if (!requestBody) continue
      const { $ref } = requestBody.content['application/json']!.schema
      const name = String($ref).split('/').at(-1)!
      const schema = document.components.schemas[name]!
      expect([route, schema.additionalProperties]).toEqual([route, false])
      expect(schema.examples?.length).toBeGreaterThan(0)
      for (const example of schema.examples ?? [])
        expect([route, await isValid(whole(schema), example)]).toEqual([route, true])
    }
    for (const schema of Object.values(document.components.schemas))
      for (const [field, property] of Object.entries(
        (schema.properties ?? {}) as Record<string, Json>,
      ))
        for (const example of (property.examples ?? []) as unknown[])
          expect([field, await isValid(whole(property), example)]).toEqual([field, true])
  })

  /** With everything it may refer to. */
  const whole = (schema: Json): Json => ({ ...schema, components: document.components })

  it('has a page to read it with, without inline scripts or styles', async () => {
    const page = await world.call(null, 'GET /api/reference')
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    expect(page.headers['content-security-policy']).not.toContain('unsafe')
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(page.text).not.toMatch(/<style|\son\w+=|\sstyle=/)
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)
    expect(parts.length).toBeGreaterThan(4)
    for (const url of parts)
      expect([url, (await world.call(null, `GET ${url}`)).status]).toEqual([url, 200])
  })
})

/** The five routes of a list of things. */
function catalogue(path: string): string[] {
  return [
    `GET /api/v1/${path}`,
    `POST /api/v1/${path}`,
    `GET /api/v1/${path}/{id}`,
    `PATCH /api/v1/${path}/{id}`,
    `DELETE /api/v1/${path}/{id}`,
  ]
}

/** Whether a value is valid, by the validator of the framework and with our formats. */
async function isValid(schema: Json, value: unknown): Promise<boolean> {
  const customOptions = { formats: schemaFormats, strict: false }
  const server = fastify({ ajv: { customOptions } })
  server.post('/', async (request) => ({
    isValid: request.compileValidationSchema(schema)(request.body),
  }))
  const answer = await server.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(value),
  })
  return answer.json().isValid
}
