import type { FastifyInstance, FastifyRequest } from 'fastify'
import { can, has } from '../../domain/permission.ts'
import { valueIdOf } from '../../jira/value-id.ts'
import { sendJson } from './errors.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import { fieldsOf } from './issue-fields.ts'
import { pageBean } from './list-answer.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, pageOf, textOf } from './params.ts'

/** How time is kept here, what fields and values issues have, and what the caller may do. */
export function registerCatalogue(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store, jql } = needs
  const config = { access: 'read' } as const

  const allFields = async (request: FastifyRequest) => {
    const { siteId, jira } = actorOf(request)
    return fieldsOf(await store.catalogue.listFields(siteId, jira))
  }

  scope.get('/configuration', { config }, async (request, reply) => {
    const look = await lookOf(request, flavour, needs)
    return sendJson(reply, {
      votingEnabled: false,
      watchingEnabled: false,
      unassignedIssuesAllowed: true,
      subTasksEnabled: true,
      issueLinkingEnabled: true,
      timeTrackingEnabled: true,
      attachmentsEnabled: false,
      timeTrackingConfiguration: timeTrackingOf(look),
    })
  })

  scope.get('/field', { config }, async (request, reply) =>
    sendJson(reply, await allFields(request)),
  )

  scope.get<{ Querystring: Loose }>('/field/search', { config }, async (request, reply) => {
    const page = pageOf(request.query, { size: 50, most: 1_000 })
    const { api } = await lookOf(request, flavour, needs)
    const text = textOf(request.query.query)?.toLowerCase() ?? ''
    const ids = listOf(request.query.id)
    const types = listOf(request.query.type)
    const all = (await allFields(request)).filter(
      ({ id, name, custom }) =>
        name.toLowerCase().includes(text) &&
        (ids === undefined || ids.includes(id)) &&
        (types === undefined || types.includes(custom ? 'custom' : 'system')),
    )
    const shown = all.slice(page.startAt, page.startAt + page.maxResults)
    const values = shown.map(({ id, name, schema }) => ({ id, name, schema, description: '' }))
    return sendJson(reply, pageBean(`${api}/field/search`, page, all.length, values))
  })

  scope.get('/configuration/timetracking', { config }, async (_request, reply) =>
    sendJson(reply, { key: 'JIRA', name: 'JIRA provided time tracking' }),
  )
  scope.get('/configuration/timetracking/options', { config }, async (request, reply) =>
    sendJson(reply, timeTrackingOf(await lookOf(request, flavour, needs))),
  )

  scope.get<{ Querystring: Loose }>('/label', { config }, async (request, reply) => {
    const page = pageOf(request.query, { size: 1_000, most: 1_000 })
    const { api } = await lookOf(request, flavour, needs)
    const labels = (await jql.values.with(actorOf(request), 'labels', [])).map(({ name }) => name)
    const shown = labels.slice(page.startAt, page.startAt + page.maxResults)
    return sendJson(reply, pageBean(`${api}/label`, page, labels.length, shown))
  })

  scope.get<{ Querystring: Loose }>('/mypermissions', { config }, async (request, reply) => {
    const asked = listOf(request.query.permissions)
    const actor = actorOf(request)
    const own = { type: 'worklog', personId: actor.personId } as const
    const others = has(actor, 'log-for-others') && actor.scopes.includes('write')
    const held: Readonly<Record<string, boolean>> = {
      ADMINISTER: can(actor, 'administer', { type: 'site' }),
      BROWSE_PROJECTS: can(actor, 'read', { type: 'project' }),
      WORK_ON_ISSUES: can(actor, 'log', own),
      EDIT_OWN_WORKLOGS: can(actor, 'change', own),
      DELETE_OWN_WORKLOGS: can(actor, 'remove', own),
      EDIT_ALL_WORKLOGS: others,
      DELETE_ALL_WORKLOGS: others,
      USER_PICKER: true,
      CREATE_ISSUES: can(actor, 'create', { type: 'issue' }),
    }
    const keys = asked ?? Object.keys(held)
    const permissions = Object.fromEntries(
      keys.map((key) => [
        key,
        {
          id: valueIdOf(key),
          key,
          name: titleOf(key),
          type: key === 'ADMINISTER' || key === 'USER_PICKER' ? 'GLOBAL' : 'PROJECT',
          description: '',
          havePermission: held[key] ?? false,
        },
      ]),
    )
    return sendJson(reply, { permissions })
  })
}

/** How the site counts its working time. */
function timeTrackingOf({ duration }: Look) {
  return {
    workingHoursPerDay: duration.hoursPerDay,
    workingDaysPerWeek: duration.daysPerWeek,
    timeFormat: 'pretty',
    defaultUnit: 'minute',
  }
}

function titleOf(key: string): string {
  return key
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
