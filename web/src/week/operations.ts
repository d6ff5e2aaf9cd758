import type { WeekBody, WorklogBody } from '../../../src/api/contract.ts'
import type { Day } from '../time/days.ts'
import type { AttributeValues } from './attribute-values.ts'
import type { IssueRef } from './week-model.ts'

/** What a person can write about a worklog here. */
export type Values = {
  readonly timeSpentSeconds: number
  readonly startTime?: string | undefined
  readonly day?: Day | undefined
  readonly comment?: string | undefined
  readonly billableSeconds?: number | null | undefined
  /** All of them, by key: what is left out is taken off. */
  readonly attributes?: AttributeValues | undefined
}

/** A write on its way: shown at once, sent in order, kept in the browser until it is answered. */
export type Operation = {
  /** Also the idempotency key: sent twice, it writes once. */
  readonly key: string
  readonly personId: string
  /** First day of the week it belongs to. */
  readonly week: Day
} & (
  | {
      readonly kind: 'log'
      /** How the row is called until the server has given it an id. */
      readonly id: string
      readonly issue: IssueRef
      readonly day: Day
      readonly values: Values
      readonly category?: string | null
      /** Who alone shall see it. */
      readonly visibility?: WorklogBody['visibility']
    }
  | {
      readonly kind: 'change'
      readonly id: string
      readonly version: number
      readonly values: Partial<Values>
    }
  | { readonly kind: 'remove'; readonly id: string; readonly version: number }
)

/** A worklog as the screen shows it: what the server knows, and what is still on its way. */
export type ShownWorklog = {
  readonly id: string
  readonly version: number
  readonly issue: IssueRef
  readonly day: Day
  readonly startTime: string
  readonly timeSpentSeconds: number
  readonly billableSeconds: number | null
  readonly comment: string
  readonly attributes: AttributeValues
  readonly isPending: boolean
  /** Who approved this one worklog, which holds it. */
  readonly approval?: WeekBody['approvals'][number] | undefined
  /** What the server holds; undefined while it has not answered. */
  readonly stored?: WorklogBody | undefined
}

/** Worklogs of the server with the operations that are not answered yet applied to them. */
export function applyOperations(
  worklogs: readonly WorklogBody[],
  operations: readonly Operation[],
  approvals: WeekBody['approvals'] = [],
): ShownWorklog[] {
  const approved = new Map(approvals.map((one) => [one.worklogId, one]))
  const shown = new Map<string, ShownWorklog>(
    worklogs.map((stored) => [
      stored.id,
      { ...stored, isPending: false, approval: approved.get(stored.id), stored },
    ]),
  )
  for (const operation of operations) {
    if (operation.kind === 'log') {
      const { id, issue, day, values } = operation
      shown.set(id, {
        id,
        version: 0,
        issue,
        day: values.day ?? day,
        startTime: values.startTime ?? '09:00',
        timeSpentSeconds: values.timeSpentSeconds,
        billableSeconds: values.billableSeconds ?? null,
        comment: values.comment ?? '',
        attributes: values.attributes ?? {},
        isPending: true,
      })
      continue
    }
    const before = shown.get(operation.id)
    if (!before) continue
    if (operation.kind === 'remove') shown.delete(operation.id)
    else shown.set(operation.id, withValues(before, operation.values))
  }
  return [...shown.values()]
}

/** What undoes an operation, once the server has answered it with `after`. */
export function inverseOf(
  operation: Operation,
  before: WorklogBody | undefined,
  after: WorklogBody | undefined,
): Inverse | undefined {
  if (operation.kind === 'log')
    return after && { kind: 'remove', id: after.id, version: after.version }
  if (!before) return undefined
  const { timeSpentSeconds, startTime, day, comment, billableSeconds, issue, category } = before
  const { attributes, visibility } = before
  const values = { timeSpentSeconds, startTime, day, comment, billableSeconds }
  if (operation.kind === 'remove')
    return { kind: 'log', issue, day, values: { ...values, attributes }, category, visibility }
  // Sent, they are checked: what a row of before lacks must not keep the rest from being undone.
  const said = operation.values.attributes === undefined ? {} : { attributes }
  const { id, version } = after ?? {}
  if (id === undefined || version === undefined) return undefined
  return { kind: 'change', id, version, values: { ...values, ...said } }
}

export type Inverse =
  | { readonly kind: 'remove'; readonly id: string; readonly version: number }
  | {
      readonly kind: 'change'
      readonly id: string
      readonly version: number
      readonly values: Values
    }
  | {
      readonly kind: 'log'
      readonly issue: IssueRef
      readonly day: Day
      readonly values: Values
      readonly category: string | null
      readonly visibility: WorklogBody['visibility']
    }

function withValues(before: ShownWorklog, values: Partial<Values>): ShownWorklog {
  const said = Object.entries(values).filter(([, value]) => value !== undefined)
  return { ...before, ...Object.fromEntries(said), isPending: true }
}
