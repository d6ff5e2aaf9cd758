import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../domain/day.ts'
import type { HolidayId, HolidayPlace, HolidaySchemeId } from '../domain/holiday.ts'
import type { HolidayWish, ImportWish } from '../domain/holidays.ts'
import { siteToday } from '../domain/site-day.ts'
import {
  HolidayChange,
  HolidayImport,
  Holiday as HolidaySchema,
  HolidaysAnswer,
  HolidaysQuery,
  IdParams,
  NewHoliday,
  PlacesAnswer,
  PlacesQuery,
  PublicHolidaysAnswer,
  PublicHolidaysQuery,
  ref,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'

export function registerHolidays(scope: FastifyInstance, { store, now, calendar }: ApiNeeds): void {
  const { holidays, publicHolidays } = calendar
  scope.get<{ Params: { id: HolidaySchemeId }; Querystring: { year?: string } }>(
    '/holiday-schemes/:id/holidays',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listHolidays',
        tag: 'Calendar',
        summary: 'Holidays of a scheme',
        description:
          'All of them, or with `year` the fixed ones and the floating ones of that year.',
        params: IdParams,
        querystring: HolidaysQuery,
        answers: { 200: answer('By month and day', ref(HolidaysAnswer)) },
      }),
    },
    async (request) => {
      const { siteId } = actorOf(request)
      const { year } = request.query
      const today = await siteToday(store, siteId, now())
      const { id } = await store.holidays.getScheme(siteId, request.params.id, today)
      const period = year === undefined ? undefined : parsePeriod(`${year}-01-01`, `${year}-12-31`)
      const query = { schemeIds: [id], ...(period ? { period } : {}) }
      return { holidays: await store.holidays.find(siteId, query) }
    },
  )

  scope.post<{ Params: { id: HolidaySchemeId }; Body: HolidayWish }>(
    '/holiday-schemes/:id/holidays',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'addHoliday',
        tag: 'Calendar',
        summary: 'Add a holiday',
        description: 'Of several holidays on one day the longest counts.',
        params: IdParams,
        body: ref(NewHoliday),
        answers: { 201: answer('Added', ref(HolidaySchema)) },
      }),
    },
    async (request, reply) => {
      const holiday = await holidays.add(actorOf(request), request.params.id, request.body)
      void reply.code(201)
      return holiday
    },
  )

  scope.post<{ Params: { id: HolidaySchemeId }; Body: ImportWish }>(
    '/holiday-schemes/:id/import',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'importHolidays',
        tag: 'Calendar',
        summary: 'Take over the public holidays of a country',
        description:
          'Days that are a holiday of the scheme already stay as they are, so importing again changes nothing. Everything can be edited afterwards.',
        params: IdParams,
        body: ref(HolidayImport),
        answers: { 200: answer('What is new', ref(HolidaysAnswer)) },
      }),
    },
    async (request) => {
      const { id } = request.params
      return { holidays: await holidays.importPublic(actorOf(request), id, request.body) }
    },
  )

  scope.patch<{ Params: { id: HolidayId }; Body: Partial<HolidayWish> }>(
    '/holidays/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'changeHoliday',
        tag: 'Calendar',
        summary: 'Change a holiday',
        description: 'Whatever is left out stays.',
        params: IdParams,
        body: ref(HolidayChange),
        answers: { 200: answer('As it is now', ref(HolidaySchema)) },
      }),
    },
    async (request) => holidays.change(actorOf(request), request.params.id, request.body),
  )

  scope.delete<{ Params: { id: HolidayId } }>(
    '/holidays/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'removeHoliday',
        tag: 'Calendar',
        summary: 'Remove a holiday',
        description: 'A fixed one from every year.',
        params: IdParams,
        answers: { 204: nothing('Gone') },
      }),
    },
    async (request, reply) => {
      await holidays.remove(actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )

  scope.get<{ Querystring: Partial<HolidayPlace> }>(
    '/public-holidays/places',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listHolidayPlaces',
        tag: 'Calendar',
        summary: 'Countries, states and regions whose public holidays are known',
        description: 'Countries; with `country` its states; with `state` as well its regions.',
        querystring: PlacesQuery,
        answers: { 200: answer('Codes and names', ref(PlacesAnswer)) },
      }),
    },
    async (request) => ({ places: await publicHolidays.places(request.query) }),
  )

  scope.get<{ Querystring: HolidayPlace & { year: string } }>(
    '/public-holidays',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listPublicHolidays',
        tag: 'Calendar',
        summary: 'Public holidays of a place in a year',
        description: 'What an import of that year would bring.',
        querystring: PublicHolidaysQuery,
        answers: { 200: answer('By day', ref(PublicHolidaysAnswer)) },
      }),
    },
    async (request) => {
      const { year, ...place } = request.query
      const years = { from: Number(year), to: Number(year) }
      return { holidays: await publicHolidays.list(place, years, 28_800) }
    },
  )
}
