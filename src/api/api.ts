import cookie from '@fastify/cookie'
import { Kind, type TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { identifyBearer } from '../http/bearer.ts'
import { identifyCaller } from '../http/caller.ts'
import { registerAccountCategories } from './account-categories.ts'
import { registerAccountLinks } from './account-links.ts'
import { registerAccounts } from './accounts.ts'
import { registerAllocations } from './allocations.ts'
import { registerAttributes } from './attributes.ts'
import { registerAudit } from './audit.ts'
import { registerBalance } from './balance.ts'
import { registerChanges } from './changes.ts'
import { registerConflicts } from './conflicts.ts'
import { registerConnections } from './connections.ts'
import * as contract from './contract.ts'
import { registerCustomers } from './customers.ts'
import { registerDrifts } from './drifts.ts'
import { registerFirstStart } from './first-start.ts'
import { registerGroups } from './groups.ts'
import { registerHandOver } from './hand-over.ts'
import { registerHealth } from './health.ts'
import { registerHolidaySchemes } from './holiday-schemes.ts'
import { registerHolidays } from './holidays.ts'
import { registerIssues } from './issues.ts'
import { refuseUnknown } from './methods.ts'
import type { ApiNeeds } from './needs.ts'
import { registerOAuthApps } from './oauth-apps.ts'
import { describeApi, registerDocument, registerReference } from './openapi.ts'
import { registerPeople } from './people.ts'
import { registerPeriods } from './periods.ts'
import { registerPlanning } from './planning.ts'
import { registerPreferences } from './preferences.ts'
import { registerProjects } from './projects.ts'
import { registerReports } from './reports.ts'
import { registerRequired } from './required.ts'
import { registerRules } from './rules.ts'
import { registerSchedules } from './schedules.ts'
import { registerSession } from './session.ts'
import { registerSignOn } from './sign-on.ts'
import { registerSite } from './site.ts'
import { registerStaffing } from './staffing.ts'
import { registerSyncDesk } from './sync-desk.ts'
import { registerTeamHomes } from './team-homes.ts'
import { registerTeams } from './teams.ts'
import { registerTimesheets } from './timesheets.ts'
import { registerTokens } from './tokens.ts'
import { registerTimer, registerWeek } from './week.ts'
import { registerWorklogs } from './worklogs.ts'
import { registerBulk } from './worklogs-bulk.ts'
import { registerExport } from './worklogs-export.ts'

export type { ApiNeeds, Export } from './needs.ts'

const prefix = '/api/v1'

/** Our own JSON API under /api/v1, its OpenAPI document, and its reference at /api/reference. */
export async function registerApi(server: FastifyInstance, needs: ApiNeeds): Promise<void> {
  await server.register(async (outer) => {
    await describeApi(outer, needs)
    if (needs.entering) await outer.register(cookie)
    await outer.register(async (scope) => registerRoutes(scope, needs), { prefix })
    await outer.register(async (scope) => registerReference(scope, '/api/reference'))
  })
}

function registerRoutes(scope: FastifyInstance, needs: ApiNeeds): void {
  for (const schema of sharedSchemas()) scope.addSchema(schema)
  // JSON is all we take: text/plain, which Fastify reads by itself, is refused with 415.
  scope.removeContentTypeParser('text/plain')
  const { identity, entering } = needs
  scope.addHook(
    'onRequest',
    entering ? identifyCaller(identity, entering.identity) : identifyBearer(identity),
  )
  scope.addHook('preValidation', async (request) => listRepeated(request))
  refuseUnknown(scope)
  registerWorklogs(scope, needs)
  registerBulk(scope, needs)
  registerExport(scope, needs)
  registerChanges(scope, needs)
  registerPeople(scope, needs)
  registerPreferences(scope, needs)
  registerGroups(scope, needs)
  registerProjects(scope, needs)
  registerIssues(scope, needs)
  registerAttributes(scope, needs)
  registerAccounts(scope, needs)
  registerAccountLinks(scope, needs)
  registerAccountCategories(scope, needs)
  registerCustomers(scope, needs)
  registerSchedules(scope, needs)
  registerHolidaySchemes(scope, needs)
  registerHolidays(scope, needs)
  registerRequired(scope, needs)
  registerPlanning(scope, needs)
  registerBalance(scope, needs)
  registerTeams(scope, needs)
  registerTeamHomes(scope, needs)
  registerStaffing(scope, needs)
  registerRules(scope, needs)
  registerPeriods(scope, needs)
  registerDrifts(scope, needs)
  registerTimesheets(scope, needs)
  if (needs.connections) registerConnections(scope, needs.connections, needs.consent)
  if (needs.connections && needs.syncDesk) registerSyncDesk(scope, needs.syncDesk)
  registerAllocations(scope, needs)
  if (needs.conflicts) registerConflicts(scope, needs.conflicts)
  if (needs.reports) registerReports(scope, { ...needs, reports: needs.reports })
  if (needs.handOvers) registerHandOver(scope, needs.handOvers)
  registerSite(scope, needs)
  if (needs.readHealth) registerHealth(scope, needs.readHealth)
  if (needs.firstStart) registerFirstStart(scope, needs.firstStart)
  registerAudit(scope, needs)
  if (needs.tokens) registerTokens(scope, needs, needs.tokens)
  if (needs.oauth) registerOAuthApps(scope, needs.oauth)
  registerWeek(scope, needs)
  if (needs.timers) registerTimer(scope, needs, needs.timers)
  if (entering) registerSession(scope, needs, entering)
  if (entering?.singleSignOn)
    registerSignOn(scope, entering, entering.singleSignOn, needs.publicUrl)
  registerDocument(scope)
}

/** Whatever the contract names by an `$id`: a component of the document. */
function sharedSchemas(): TSchema[] {
  const values: readonly unknown[] = Object.values(contract)
  return values.filter(
    (value): value is TSchema =>
      typeof value === 'object' && value !== null && Kind in value && '$id' in value,
  )
}

/** A parameter that may be repeated but came once is a list of one: query strings cannot tell. */
function listRepeated(request: FastifyRequest): void {
  const schema = request.routeOptions.schema?.querystring as
    | { properties?: Record<string, { type?: string }> }
    | undefined
  const query = request.query as Record<string, unknown>
  for (const [name, { type }] of Object.entries(schema?.properties ?? {}))
    if (type === 'array' && typeof query[name] === 'string') query[name] = [query[name]]
}
