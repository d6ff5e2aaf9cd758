import { type Day, isDay } from '../time/days.ts'
import { type Zoom, zooms } from './scale.ts'

/** Kinds of things on the timeline that can be shown or left out together. */
export const layers = ['events', 'issues', 'absences', 'plans'] as const

export type Layer = (typeof layers)[number]

/** What the address of the planner says. */
export type PlannerSearch = {
  /** A day of the first week shown; this week when left out. */
  readonly from?: Day
  readonly zoom?: Zoom
  /** Ids of the teams shown; all when left out. */
  readonly team?: readonly string[]
  readonly skill?: string
  readonly position?: string
  /** What is left out. */
  readonly hide?: readonly Layer[]
  /** Only people whose name contains this. */
  readonly name?: string
  /** The event whose panel is open, by id. */
  readonly event?: string
  /** The time set aside whose panel is open, by id. */
  readonly plan?: string
  /** The draft that is shown instead of what is planned, by id. */
  readonly draft?: string
  /** Whether the list of issues still to be scheduled is open. */
  readonly backlog?: true
  /** Whether "Who can do it?" is open. */
  readonly find?: true
}

/** Reads the address; what makes no sense is left out. */
export function readPlannerSearch(search: Record<string, unknown>): PlannerSearch {
  const { from, name } = search
  const zoom = zooms.find((one) => one === search.zoom && one !== 'week')
  const team = listOf(search.team).filter(isId)
  const hide = layers.filter((one) => listOf(search.hide).includes(one))
  const skill = idOf(search.skill)
  const position = idOf(search.position)
  const event = idOf(search.event)
  const plan = idOf(search.plan)
  const draft = idOf(search.draft)
  return {
    ...(isDay(from) ? { from } : {}),
    ...(zoom ? { zoom } : {}),
    ...(team.length > 0 ? { team } : {}),
    ...(skill ? { skill } : {}),
    ...(position ? { position } : {}),
    ...(hide.length > 0 ? { hide } : {}),
    ...(typeof name === 'string' && name !== '' && name.length <= 255 ? { name } : {}),
    ...(event ? { event } : {}),
    ...(plan ? { plan } : {}),
    ...(draft ? { draft } : {}),
    ...(search.backlog === true ? { backlog: true as const } : {}),
    ...(search.find === true ? { find: true as const } : {}),
  }
}

function listOf(value: unknown): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

function idOf(value: unknown): string | undefined {
  return isId(String(value)) ? String(value) : undefined
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,19}$/.test(text)
}
