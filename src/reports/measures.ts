import type { ReportMeasure } from '../domain/report.ts'
import type { EstimateSum } from '../domain/worklog.ts'
import type { Cell, CellType } from '../formats/table.ts'

/** What a group adds up to; estimates only where they were read. */
export type Figures = {
  timeSpentSeconds: number
  billableSeconds: number
  worklogCount: number
}

type Description = {
  readonly title: string
  readonly type: CellType
  /** Measures of worklogs add up over any grouping; those of issues are counted once per group. */
  readonly of: 'worklogs' | 'issues'
  readonly isSum: boolean
}

const described: Readonly<Record<ReportMeasure, Description>> = {
  timeSpentSeconds: { title: 'Time spent', type: 'seconds', of: 'worklogs', isSum: true },
  billableSeconds: { title: 'Billable', type: 'seconds', of: 'worklogs', isSum: true },
  worklogCount: { title: 'Worklogs', type: 'integer', of: 'worklogs', isSum: true },
  originalEstimateSeconds: {
    title: 'Original estimate',
    type: 'seconds',
    of: 'issues',
    isSum: true,
  },
  remainingEstimateSeconds: { title: 'Remaining', type: 'seconds', of: 'issues', isSum: true },
  varianceSeconds: { title: 'Variance', type: 'seconds', of: 'issues', isSum: true },
  originalRemainingSeconds: {
    title: 'Original estimate remaining',
    type: 'seconds',
    of: 'issues',
    isSum: true,
  },
  progressPercent: { title: 'Progress %', type: 'integer', of: 'issues', isSum: false },
}

export function describeMeasure(measure: ReportMeasure): Description {
  return described[measure]
}

export function noFigures(): Figures {
  return { timeSpentSeconds: 0, billableSeconds: 0, worklogCount: 0 }
}

/** One measure of a group. */
export function measured(
  measure: ReportMeasure,
  figures: Figures,
  estimate: EstimateSum | undefined,
): Cell {
  const spent = figures.timeSpentSeconds
  const original = estimate?.originalEstimateSeconds ?? 0
  const remaining = estimate?.remainingEstimateSeconds ?? 0
  switch (measure) {
    case 'timeSpentSeconds':
    case 'billableSeconds':
    case 'worklogCount':
      return figures[measure]
    case 'originalEstimateSeconds':
      return original
    case 'remainingEstimateSeconds':
      return remaining
    case 'varianceSeconds':
      return original - (spent + remaining)
    case 'originalRemainingSeconds':
      return original - spent
    case 'progressPercent':
      return progressPercent(spent, remaining)
  }
}

/** Spent of spent and remaining, in whole percent; null where there is neither. */
export function progressPercent(spent: number, remaining: number): number | null {
  const whole = spent + remaining
  return whole === 0 ? null : Math.floor((spent * 200 + whole) / (2 * whole))
}
