import { type Day, isDay } from '../time/days.ts'

export const approvalTabs = ['inbox', 'own', 'periods'] as const

export type ApprovalTab = (typeof approvalTabs)[number]

/** What the address of the approvals screen says. */
export type ApprovalsSearch = {
  /** The inbox when left out. */
  readonly tab?: ApprovalTab
  /** Whose timesheet is open, by id, and a day of it. */
  readonly person?: string
  readonly day?: Day
}

/** Reads the address; what makes no sense is left out. */
export function readApprovalsSearch(search: Record<string, unknown>): ApprovalsSearch {
  const tab = approvalTabs.find((one) => one === search.tab && one !== 'inbox')
  const { person, day } = search
  return {
    ...(tab ? { tab } : {}),
    ...(person !== undefined && /^[1-9]\d{0,17}$/.test(String(person))
      ? { person: String(person) }
      : {}),
    ...(isDay(day) ? { day } : {}),
  }
}
