import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type {
  HolidaySchemeBody,
  HolidaySchemesAnswer,
  HolidaysAnswer,
  PlacesAnswer,
  PublicHolidaysAnswer,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { Source } from './table/use-table-writes.ts'

export type Holiday = Static<typeof HolidaysAnswer>['holidays'][number]
export type Place = { readonly country: string; readonly state?: string; readonly region?: string }

export const schemesQuery = queryOptions({
  queryKey: ['holiday-schemes'],
  queryFn: () => call<Static<typeof HolidaySchemesAnswer>>('GET', '/holiday-schemes'),
})

export const schemeSource: Source<HolidaySchemeBody> = {
  queryKey: ['holiday-schemes'],
  nameOf: ({ name }) => name,
  create: (body) => call('POST', '/holiday-schemes', { body }),
  change: (row, body, ifVersion) =>
    call('PATCH', `/holiday-schemes/${row.id}`, { body, ifVersion }),
  remove: (row) => call('DELETE', `/holiday-schemes/${row.id}`),
}

export const holidaysQuery = (schemeId: string, year: number) =>
  queryOptions({
    queryKey: ['holiday-schemes', schemeId, 'holidays', year],
    queryFn: () =>
      call<Static<typeof HolidaysAnswer>>(
        'GET',
        `/holiday-schemes/${schemeId}/holidays${queryOf({ year })}`,
      ),
  })

/** The holidays of one scheme. */
export function holidaySource(schemeId: string): Source<Holiday> {
  return {
    queryKey: ['holiday-schemes', schemeId, 'holidays'],
    nameOf: ({ name }) => name,
    create: (body) => call('POST', `/holiday-schemes/${schemeId}/holidays`, { body }),
    change: (row, body) => call('PATCH', `/holidays/${row.id}`, { body }),
    remove: (row) => call('DELETE', `/holidays/${row.id}`),
    again: ({ kind, name, description, day, seconds }) => ({
      kind,
      name,
      description,
      day,
      seconds,
    }),
  }
}

export const placesQuery = (within: Partial<Place>, isAsked = true) =>
  queryOptions({
    queryKey: ['places', within],
    queryFn: () =>
      call<Static<typeof PlacesAnswer>>('GET', `/public-holidays/places${queryOf(within)}`),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isAsked,
  })

export const publicHolidaysQuery = (place: Place | undefined, year: number) =>
  queryOptions({
    queryKey: ['public-holidays', place, year],
    queryFn: () =>
      call<Static<typeof PublicHolidaysAnswer>>(
        'GET',
        `/public-holidays${queryOf({ ...place, year })}`,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: place !== undefined,
  })

export function importHolidays(
  schemeId: string,
  body: Place & { readonly fromYear: number; readonly toYear: number },
): Promise<Static<typeof HolidaysAnswer>> {
  return call('POST', `/holiday-schemes/${schemeId}/import`, { body })
}
