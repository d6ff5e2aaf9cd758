import type { Approval } from '../../domain/approval.ts'
import { addMonths, endOfMonth, type Period, startOfMonth } from '../../domain/day.ts'
import type { PersonId } from '../../domain/person.ts'
import { requiredTime } from '../../domain/required-time.ts'
import { checkTimesheet } from '../../domain/timesheet-check.ts'
import type { FillContext, PersonOf } from './fill.ts'

/** Whose timesheets of last month wait for somebody, and whose are settled. */
const handedIn: readonly {
  readonly username: string
  readonly comment: string
  readonly isApproved?: true
}[] = [
  { username: 'i.thackwray', comment: 'Workshop days included' },
  { username: 'c.ventrelli', comment: '' },
  { username: 'n.obidara', comment: 'Two days were moved to the first week' },
  { username: 's.elhaddouch', comment: '' },
  { username: 'p.velluri', comment: '', isApproved: true },
  { username: 'h.minazono', comment: '', isApproved: true },
]

/** Hands in timesheets of last month, as their owners would. */
export async function fillTimesheets(context: FillContext, personOf: PersonOf): Promise<void> {
  const { tx, siteId, company } = context
  const from = addMonths(startOfMonth(company.today), -1)
  const month = { from, to: endOfMonth(from) }
  const personIds = handedIn.map(({ username }) => personOf(username))
  const facts = await tx.workingTime.read(siteId, personIds, month)
  const required = requiredTime(facts, personIds, month)
  const totals = await tx.approvals.dayTotals(siteId, personIds, month)
  const absences = await tx.events.absencesOf(siteId, personIds, month)
  const { rules } = await tx.rules.get(siteId)
  for (const [at, { username, comment, isApproved }] of handedIn.entries()) {
    const personId = personOf(username)
    const days = totals.filter((one) => one.personId === personId)
    const mine = absences.filter((one) => one.personId === personId)
    const reviewerId = personOf('admin')
    const sheet = {
      personId,
      month,
      reviewerId,
      requiredSeconds: required[at]!.requiredSeconds,
      spentSeconds: days.reduce((sum, { seconds }) => sum + seconds, 0),
      findings: checkTimesheet(rules.submit, required[at]!, days, mine, company.today),
    }
    await takeStep(context, sheet, { action: 'submit', actorId: personId, comment })
    if (isApproved)
      await takeStep(context, sheet, { action: 'approve', actorId: reviewerId, comment: '' })
  }
}

type Sheet = {
  readonly personId: PersonId
  readonly month: Period
  readonly reviewerId: PersonId
  readonly requiredSeconds: number
  readonly spentSeconds: number
  readonly findings: ReturnType<typeof checkTimesheet>
}

async function takeStep(
  { tx, siteId, now }: FillContext,
  { personId, month, reviewerId, requiredSeconds, spentSeconds, findings }: Sheet,
  step: {
    readonly action: 'submit' | 'approve'
    readonly actorId: PersonId
    readonly comment: string
  },
): Promise<void> {
  const isSubmit = step.action === 'submit'
  const status = isSubmit ? 'waiting' : 'approved'
  const sheet: Approval = {
    personId,
    ...month,
    status,
    reviewerId,
    actorId: step.actorId,
    updatedAt: now,
    comment: step.comment,
    requiredSecondsAtSubmit: requiredSeconds,
    spentSecondsAtSubmit: spentSeconds,
  }
  await tx.approvals.put(siteId, sheet)
  await tx.approvals.addLog(siteId, {
    ...step,
    ...month,
    personId,
    before: isSubmit ? 'open' : 'waiting',
    after: status,
    at: now,
    reviewerId,
    requiredSeconds,
    spentSeconds,
    findings: isSubmit ? findings : [],
    overrideReason: null,
  })
  tx.takeVersions(1)
}
