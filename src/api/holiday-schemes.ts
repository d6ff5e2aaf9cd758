import type { FastifyInstance } from 'fastify'
import type { CountedHolidayScheme, HolidaySchemeId } from '../domain/holiday.ts'
import type { HolidaySchemeWish } from '../domain/holidays.ts'
import { siteToday } from '../domain/site-day.ts'
import { registerFollowed } from './calendar-members.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  type HolidaySchemeBody,
  HolidaySchemeChange,
  HolidayScheme as HolidaySchemeSchema,
  HolidaySchemesAnswer,
  IdParams,
  MatchHeaders,
  NewHolidayScheme,
  ref,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'

export function registerHolidaySchemes(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, now } = needs
  const { holidays } = needs.calendar
  scope.get(
    '/holiday-schemes',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listHolidaySchemes',
        tag: 'Calendar',
        summary: 'List holiday schemes',
        description: 'The holidays of a country, a region or an office.',
        answers: { 200: answer('All of them', ref(HolidaySchemesAnswer)) },
      }),
    },
    async (request) => {
      const { siteId } = actorOf(request)
      const today = await siteToday(store, siteId, now())
      const rows = await store.holidays.listSchemes(siteId, today)
      return { holidaySchemes: rows.map(renderScheme) }
    },
  )

  scope.get<{ Params: { id: HolidaySchemeId } }>(
    '/holiday-schemes/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getHolidayScheme',
        tag: 'Calendar',
        summary: 'One holiday scheme',
        description: 'With how many active people follow it today.',
        params: IdParams,
        answers: { 200: answer('The scheme', ref(HolidaySchemeSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const { siteId } = actorOf(request)
      const today = await siteToday(store, siteId, now())
      const scheme = await store.holidays.getScheme(siteId, request.params.id, today)
      setVersionTag(reply, scheme)
      return renderScheme(scheme)
    },
  )

  scope.post<{ Body: HolidaySchemeWish }>(
    '/holiday-schemes',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createHolidayScheme',
        tag: 'Calendar',
        summary: 'Create a holiday scheme',
        description: 'Names are unique. Made the default, it takes that from the one before.',
        body: ref(NewHolidayScheme),
        answers: {
          201: answer('Created', ref(HolidaySchemeSchema), { ...versionTag, ...location }),
        },
      }),
    },
    async (request, reply) => {
      const scheme = await holidays.createScheme(actorOf(request), request.body)
      setVersionTag(reply, scheme)
      void reply.code(201).header('location', `${scope.prefix}/holiday-schemes/${scheme.id}`)
      return renderScheme(scheme)
    },
  )

  scope.patch<{ Params: { id: HolidaySchemeId }; Body: Partial<HolidaySchemeWish> }>(
    '/holiday-schemes/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'changeHolidayScheme',
        tag: 'Calendar',
        summary: 'Change a holiday scheme',
        description: 'Its name, its description, or whether it is the default.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(HolidaySchemeChange),
        answers: { 200: answer('As it is now', ref(HolidaySchemeSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const { id } = request.params
      const version = expectedVersion(request)
      const scheme = await holidays.changeScheme(actorOf(request), id, request.body, version)
      setVersionTag(reply, scheme)
      return renderScheme(scheme)
    },
  )

  scope.delete<{ Params: { id: HolidaySchemeId } }>(
    '/holiday-schemes/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'removeHolidayScheme',
        tag: 'Calendar',
        summary: 'Remove a holiday scheme',
        description:
          'From today on whoever followed it follows the default; the days before stay as they were. The default itself cannot go: 409.',
        params: IdParams,
        answers: { 204: nothing('Gone') },
      }),
    },
    async (request, reply) => {
      await holidays.removeScheme(actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )

  registerFollowed(scope, needs, {
    path: 'holiday-schemes',
    noun: 'holiday scheme',
    word: 'HolidayScheme',
    get: store.holidays.getScheme,
    members: store.holidays.members,
    choices: store.holidays.choices,
    assign: holidays.assign,
    replaceHistory: holidays.replaceHistory,
  })
}

function renderScheme(scheme: CountedHolidayScheme): HolidaySchemeBody {
  return {
    id: scheme.id,
    name: scheme.name,
    description: scheme.description,
    isDefault: scheme.isDefault,
    memberCount: scheme.memberCount,
    version: scheme.version,
  }
}
