import { type Day, endOfMonth, isDay, type Period } from '../../domain/day.ts'
import { ServletError } from './errors.ts'

/** Parameters as sent; a repeated one counts once, an empty one was not given [contract 1.4]. */
export type Params = Readonly<Record<string, string>>

export const formats = ['xml', 'excel', 'testData'] as const

export type Format = (typeof formats)[number]

/** Seed 003, GetWorklogs: the switches that add something or narrow the list. */
export type Switches = {
  readonly diffOnly: boolean
  readonly errorsOnly: boolean
  readonly validOnly: boolean
  readonly addBillingInfo: boolean
  readonly addIssueSummary: boolean
  readonly addIssueDetails: boolean
  readonly addWorklogDetails: boolean
  readonly addUserDetails: boolean
  readonly addIssueDescription: boolean
  readonly addParentIssue: boolean
  readonly addApprovalStatus: boolean
  readonly headerOnly: boolean
  readonly addDeletedWorklogs: boolean
}

export type WorklogParams = Switches & {
  readonly format: Format
  readonly userName: string
  readonly billingKey: string
  readonly projectKey: string
  readonly issueKey: string
  /** Only then the answer repeats it: the others' clients know no such attribute. */
  readonly saysDeleted: boolean
}

/** The parameters of a query and of a form, the form's going last. */
export function readParams(...sources: readonly Readonly<Record<string, unknown>>[]): Params {
  const params: Record<string, string> = {}
  for (const source of sources)
    for (const [name, value] of Object.entries(source)) {
      const first: unknown = Array.isArray(value) ? value[0] : value
      if (typeof first === 'string' && first !== '') params[name] = first
    }
  return params
}

export function readWorklogParams(params: Params): WorklogParams {
  const isOn = (name: string) => params[name]?.toLowerCase() === 'true'
  const format = params.format ?? 'xml'
  if (!isFormat(format))
    throw new ServletError(400, `format must be xml, excel or testData, not ${format}`)
  return {
    format,
    diffOnly: isOn('diffOnly'),
    errorsOnly: isOn('errorsOnly'),
    validOnly: isOn('validOnly'),
    addBillingInfo: isOn('addBillingInfo'),
    addIssueSummary: isOn('addIssueSummary'),
    addIssueDetails: isOn('addIssueDetails'),
    addWorklogDetails: isOn('addWorklogDetails'),
    addUserDetails: isOn('addUserDetails'),
    addIssueDescription: isOn('addIssueDescription'),
    addParentIssue: isOn('addParentIssue'),
    addApprovalStatus: isOn('addApprovalStatus'),
    headerOnly: isOn('headerOnly'),
    addDeletedWorklogs: isOn('addDeletedWorklogs'),
    saysDeleted: params.addDeletedWorklogs !== undefined,
    userName: params.userName ?? '',
    billingKey: params.billingKey ?? '',
    projectKey: params.projectKey ?? '',
    issueKey: params.issueKey ?? '',
  }
}

/**
 * The days asked for. Both left out mean the open period, one left out its end of it; where the
 * period ends before `dateFrom`, that day's month does [contract 2.1].
 */
export function readPeriod(params: Params, open: Period): Period {
  const from = params.dateFrom === undefined ? open.from : readDate('dateFrom', params.dateFrom)
  const to =
    params.dateTo !== undefined
      ? readDate('dateTo', params.dateTo)
      : open.to < from
        ? endOfMonth(from)
        : open.to
  if (from > to) throw new ServletError(400, `dateFrom ${from} is after dateTo ${to}`)
  return { from, to }
}

/** A day, also without leading zeros; `yyyy-MM` is its first day, or its last as an end. */
export function readDate(name: 'dateFrom' | 'dateTo', text: string): Day {
  const [, year = '', month = '', dayOfMonth] =
    /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(text) ?? []
  const day = `${year}-${month.padStart(2, '0')}-${(dayOfMonth ?? '1').padStart(2, '0')}`
  if (!isDay(day)) throw new ServletError(400, `${name} must read yyyy-MM-dd, not ${text}`)
  return dayOfMonth === undefined && name === 'dateTo' ? endOfMonth(day) : day
}

function isFormat(text: string): text is Format {
  return (formats as readonly string[]).includes(text)
}
