import { type Static, Type } from '@sinclair/typebox'
import { planKinds } from '../domain/event.ts'
import { spreadRules, workloadScopes } from '../domain/workload.ts'
import { TimelinePlan } from './contract-allocations.ts'
import {
  closed,
  DayText,
  Id,
  Moment,
  name,
  nullable,
  oneOf,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'
import { PlanDraftDetail } from './contract-drafts.ts'
import { EventSchema } from './contract-events.ts'

const people = repeatable(name('Any name of a person', ['jane']), 'These people')
const teams = repeatable(name('A team by id or name', ['Platform']), 'Members of these teams')
const seconds = Type.Array(Type.Integer())

const Row = closed({
  id: Id,
  accountId: Type.String(),
  displayName: Type.String(),
  isActive: Type.Boolean(),
  teamIds: Type.Array(Id, { description: 'Which of the teams asked for, in the period' }),
  involvementSeconds: Type.Integer({ description: 'An average working day, on the first day' }),
  holidays: Type.Array(
    closed({
      day: DayText,
      name: Type.String(),
      seconds: nullable(Type.Integer({ description: 'Null is the whole day' })),
    }),
  ),
  days: Type.String({
    description: 'One letter a day: `w` works, `o` does not by agreement, `a` is absent',
    examples: ['wwawwoo'],
  }),
  capacitySeconds: seconds,
  loadSeconds: Type.Array(Type.Integer(), { description: 'Planned, each day rounded half up' }),
  availableSeconds: Type.Array(Type.Integer(), {
    description: 'Capacity less load, rounded down; negative where too much is planned',
  }),
  totalCapacitySeconds: Type.Integer(),
  totalLoadSeconds: Type.Integer({ description: 'The exact sum, rounded once' }),
})

export const TimelineQuery = closed({
  from: DayText,
  to: DayText,
  team: Type.Optional(teams),
  person: Type.Optional(people),
  kind: Type.Optional(
    repeatable(oneOf(planKinds), 'Events shown; figures always count everything'),
  ),
  draft: Type.Optional(
    text(20, { description: 'Events and figures as one of your drafts would have them' }),
  ),
})
export type TimelineQuery = Static<typeof TimelineQuery>

export const TimelineAnswer = closed(
  {
    from: DayText,
    to: DayText,
    rules: closed({ spread: oneOf(spreadRules), scope: oneOf(workloadScopes) }),
    people: Type.Array(Row, { description: 'By name' }),
    events: Type.Array(ref(EventSchema), { description: 'By first day, then id' }),
    plans: Type.Array(ref(TimelinePlan), {
      description: 'Time set aside for the people and for the generic resources of the teams',
    }),
    resources: Type.Array(closed({ id: Id, name: Type.String(), teamIds: Type.Array(Id) }), {
      description: 'Generic resources that stand in the teams',
    }),
    hiddenPeople: Type.Integer({ description: 'Members you may not see' }),
    draft: Type.Optional(ref(PlanDraftDetail)),
  },
  { $id: 'TimelineAnswer' },
)

export const FreeQuery = closed({
  from: DayText,
  to: DayText,
  hours: Type.String({
    pattern: '^(?:[0-9]{1,5})(?:\\.[0-9]{1,2})?$',
    description: 'How much time is needed',
    examples: ['20'],
  }),
  team: Type.Optional(teams),
  person: Type.Optional(people),
  skill: Type.Optional(
    repeatable(name('A skill by id or name', ['Java']), 'Who has every one of these skills'),
  ),
  level: Type.Optional(
    repeatable(name('A level by id or name', ['Advanced']), 'At one of these levels'),
  ),
  position: Type.Optional(name('A position by id or name', ['Developer'])),
})
export type FreeQuery = Static<typeof FreeQuery>

export const FreePeopleAnswer = closed(
  {
    people: Type.Array(
      closed({
        id: Id,
        accountId: Type.String(),
        displayName: Type.String(),
        isEnough: Type.Boolean(),
        freeSeconds: Type.Integer(),
        capacitySeconds: Type.Integer(),
        doneOn: nullable(DayText),
        dailySeconds: Type.Array(Type.Integer()),
      }),
      { description: 'Whoever has enough, the soonest done first; then the others' },
    ),
    considered: Type.Integer({ description: 'People who were looked at' }),
  },
  { $id: 'FreePeopleAnswer' },
)

const days = (description: string) => Type.Number({ minimum: 0, maximum: 366, description })

export const VacationsQuery = closed({
  year: Type.String({ pattern: '^(19|20|21)[0-9]{2}$', examples: ['2026'] }),
  team: Type.Optional(teams),
  person: Type.Optional(people),
})
export type VacationsQuery = Static<typeof VacationsQuery>

export const VacationBalance = closed(
  {
    personId: Id,
    year: Type.Integer(),
    allowanceDays: nullable(days('Null is without limit')),
    approvedDays: days('Working days of approved vacation'),
    requestedDays: days('Asked for, not agreed to yet'),
    remainingDays: nullable(Type.Number({ description: 'Allowance less what is approved' })),
  },
  { $id: 'VacationBalance' },
)

export const VacationsAnswer = closed(
  { balances: Type.Array(ref(VacationBalance)), hiddenPeople: Type.Integer() },
  { $id: 'VacationsAnswer' },
)

export const AllowanceParams = Type.Object({
  id: Type.String({ description: 'Id of the person', examples: ['7'] }),
  year: Type.String({ pattern: '^(19|20|21)[0-9]{2}$', examples: ['2026'] }),
})

export const AllowanceBody = closed(
  { days: nullable(days('Null gives the usual number of the site back')) },
  { $id: 'VacationAllowance', examples: [{ days: 27.5 }] },
)

const settings = {
  spread: oneOf(spreadRules, {
    description: '`balance` gives each working day the same, `liquid` fills the first days',
  }),
  scope: oneOf(workloadScopes, {
    description: '`fromToday` spreads what remains over today and the days after it',
  }),
  countsUnapprovedAbsence: Type.Boolean(),
  approvesWorklogs: Type.Boolean({ description: 'Whether single worklogs can be approved' }),
  vacationDays: nullable(days('A year, for whoever has no number of their own; null: no limit')),
  isActivityTimelineOn: Type.Boolean({ description: 'Whether /rest/api/1 answers' }),
  activityTimelineWindow: oneOf(['exact', 'seed'] as const, {
    description: '`seed` lists the days around the period in workloads of /rest/api/1',
  }),
  activityTimelineExtended: Type.Boolean({ description: 'Whether its items carry newer fields' }),
}

export const PlanningSettings = closed(
  { ...settings, version: Version },
  { $id: 'PlanningSettings' },
)

export const PlanningSettingsChange = Type.Partial(closed(settings), {
  $id: 'PlanningSettingsChange',
  additionalProperties: false,
  minProperties: 1,
  examples: [{ spread: 'liquid' }],
})

export const WorklogCategory = closed(
  {
    id: Type.Integer({ minimum: -128, maximum: 127 }),
    name: text(255, { minLength: 1 }),
    isBillable: Type.Boolean(),
    isActive: Type.Boolean(),
    version: Version,
  },
  { $id: 'WorklogCategory' },
)

export const WorklogCategoriesAnswer = closed(
  { categories: Type.Array(ref(WorklogCategory)) },
  { $id: 'WorklogCategoriesAnswer' },
)

export const CategoryParams = Type.Object({
  id: Type.String({ pattern: '^-?[0-9]{1,3}$', examples: ['2'] }),
})

export const WorklogCategoryBody = closed(
  {
    name: text(255, { minLength: 1 }),
    isBillable: Type.Boolean(),
    isActive: Type.Optional(Type.Boolean()),
  },
  { $id: 'WorklogCategoryBody', examples: [{ name: 'Training', isBillable: false }] },
)

export const WorklogApproval = closed(
  {
    worklogId: Id,
    isApproved: Type.Boolean(),
    approvedById: nullable(Id),
    approvedAt: nullable(Moment),
  },
  { $id: 'WorklogApproval' },
)

export const ProjectActive = closed(
  { isActive: Type.Boolean() },
  { $id: 'ProjectActive', examples: [{ isActive: false }] },
)
