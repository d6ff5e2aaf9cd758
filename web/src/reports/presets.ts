import type { ReportSearch } from './reports-search.ts'

/** Ready-made reports, by the name of their text. */
export const presets = {
  presetPeople: { rows: 'person', columns: 'week', period: 'this-month' },
  presetProjects: { rows: 'project', columns: 'month', period: 'this-year' },
  presetDetail: { rows: 'project,issue,person', columns: 'day', period: 'last-week' },
  presetBillable: {
    rows: 'person',
    columns: '',
    values: 'timeSpentSeconds,billableSeconds,worklogCount',
    period: 'last-month',
  },
  presetEstimates: {
    rows: 'project,issue',
    columns: '',
    values:
      'timeSpentSeconds,originalEstimateSeconds,remainingEstimateSeconds,varianceSeconds,progressPercent',
    period: 'this-quarter',
  },
  presetYear: { rows: 'person', columns: 'month', period: 'this-year', view: 'year' },
  presetBurn: {
    rows: 'attribute:_Account_',
    columns: 'month',
    period: 'this-year',
    view: 'burn',
  },
  presetBalance: { rows: 'person', columns: 'week', period: 'this-quarter', view: 'balance' },
  presetPlanned: {
    rows: 'person',
    columns: 'week',
    period: 'this-quarter',
    view: 'balance',
    against: 'planned',
  },
  presetTypes: { rows: 'issueType', columns: 'month', period: 'this-year' },
} as const satisfies Readonly<Record<string, ReportSearch>>

export type PresetName = keyof typeof presets
