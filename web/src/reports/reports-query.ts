import type { Static } from '@sinclair/typebox'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  AccountsAnswer,
  DimensionsAnswer,
  DrillDownAnswer,
  ReportAnswer,
  ReportDefinitionBody,
  SavedReport,
  SavedReportsAnswer,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'

export type ReportBody = Static<typeof ReportAnswer>
export type ReportColumn = ReportBody['columns'][number]
export type DimensionsBody = Static<typeof DimensionsAnswer>
export type SavedReportBody = Static<typeof SavedReport>

/** A report run; the table before stays until the next is there. */
export const reportQuery = (definition: ReportDefinitionBody) =>
  queryOptions({
    queryKey: ['report', definition],
    queryFn: ({ signal }) => call<ReportBody>('POST', '/reports/run', { body: definition, signal }),
    placeholderData: (before) => before,
  })

/** What reports can be made of. */
export const dimensionsQuery = queryOptions({
  queryKey: ['report-dimensions'],
  queryFn: () => call<DimensionsBody>('GET', '/reports/dimensions'),
  staleTime: 5 * 60_000,
})

/** Every value a dimension has, with the hours under it. */
export const valuesQuery = (dimension: string) =>
  queryOptions({
    queryKey: ['report-values', dimension],
    queryFn: ({ signal }) =>
      call<ReportBody>('POST', '/reports/run', { body: { rows: [dimension] }, signal }),
    staleTime: 60_000,
  })

/** A cell of a report. */
export type Place = {
  readonly rowKeys: readonly string[]
  readonly columnKey: string | null
}

/** The worklogs behind a cell, page by page. */
export const drillQuery = (definition: ReportDefinitionBody, place: Place) =>
  infiniteQueryOptions({
    queryKey: ['report-drill', definition, place],
    queryFn: ({ pageParam, signal }) =>
      call<Static<typeof DrillDownAnswer>>('POST', '/reports/drill-down', {
        body: { definition, ...place, limit: '100', ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })

/** One's own kept reports and those others share. */
export const savedReportsQuery = queryOptions({
  queryKey: ['saved-reports'],
  queryFn: () =>
    call<Static<typeof SavedReportsAnswer>>('GET', `/reports${queryOf({ limit: 200 })}`),
})

/** Accounts whose hours are budgeted, in hours a month. */
export const budgetsQuery = queryOptions({
  queryKey: ['account-budgets'],
  async queryFn({ signal }) {
    const budgets: {
      readonly key: string
      readonly name: string
      readonly monthlyBudget: number
    }[] = []
    let cursor: string | null | undefined
    do {
      const { accounts, next } = await call<Static<typeof AccountsAnswer>>(
        'GET',
        `/accounts${queryOf({ limit: 1_000, ...(cursor ? { cursor } : {}) })}`,
        { signal },
      )
      for (const { key, name, monthlyBudget } of accounts)
        if (monthlyBudget) budgets.push({ key, name, monthlyBudget })
      cursor = next
    } while (cursor)
    return budgets
  },
  staleTime: 60_000,
})
