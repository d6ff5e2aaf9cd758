import type { Day } from '../time/days.ts'
import { type Bar, layBars } from './bars.ts'
import type { Entry } from './entry.ts'
import { type Figure, figuresOf, offStretches } from './load.ts'
import type { TeamBody, TimelineBody, TimelinePerson, TimelineResource } from './planner-query.ts'
import type { Layer } from './planner-search.ts'

/** One line of the timeline: a team with its panel, one of its people or generic resources. */
export type Row = {
  readonly key: string
  readonly team: TeamBody
  readonly person: TimelinePerson | null
  readonly resource: TimelineResource | null
  /** Whether it is the team itself. */
  readonly isTeam: boolean
  readonly members: number
  readonly bars: readonly Bar[]
  readonly figures: readonly Figure[]
  readonly off: ReturnType<typeof offStretches>
  readonly top: number
  readonly height: number
}

export const measures = { strip: 22, lane: 26, foot: 6, head: 56 } as const

const absences: readonly string[] = ['vacation', 'sick-leave', 'day-off', 'holiday']

export function layerOf({ kind }: Pick<Entry, 'kind'>): Layer {
  if (kind === 'issue') return 'issues'
  if (kind === 'plan') return 'plans'
  return absences.includes(kind) ? 'absences' : 'events'
}

type Wish = {
  readonly timeline: TimelineBody
  readonly entries: readonly Entry[]
  readonly teams: readonly TeamBody[]
  readonly from: Day
  readonly days: number
  readonly group: number
  readonly hide: readonly Layer[]
  readonly isWanted: (person: TimelinePerson) => boolean
  readonly isResourceWanted: (resource: TimelineResource) => boolean
}

/** The rows of the timeline, team by team; rows that did not change since `before` stay the same. */
export function rowsOf(wish: Wish, before: readonly Row[] = []): readonly Row[] {
  const { timeline, teams, from, days, group, hide } = wish
  const byOwner = new Map<string, Entry[]>()
  for (const entry of wish.entries) {
    if (hide.includes(layerOf(entry))) continue
    const owner = ownerKey(entry)
    const list = byOwner.get(owner)
    if (list) list.push(entry)
    else byOwner.set(owner, [entry])
  }
  const known = new Map(before.map((row) => [row.key, row]))
  const rows: Row[] = []
  let top = 0
  const add = (
    row: Pick<Row, 'key' | 'team' | 'person' | 'resource'> & { readonly owner: string },
    members: readonly TimelinePerson[],
  ) => {
    const { owner, ...shown } = row
    const { key, person } = row
    const old = known.get(key)
    const { bars, lanes } = layBars(byOwner.get(owner) ?? [], from)
    const isTeam = person === null && row.resource === null
    const height = measures.strip + Math.max(isTeam ? 0 : 1, lanes) * measures.lane + measures.foot
    const next: Row = {
      ...shown,
      isTeam,
      members: members.length,
      bars,
      figures: members.length === 0 ? [] : figuresOf(members, days, group),
      off: person ? offStretches(person.days) : [],
      top,
      height,
    }
    rows.push(old && isSame(old, next) ? old : next)
    top += height
  }
  for (const team of teams) {
    const members = timeline.people.filter(
      (person) => person.teamIds.includes(team.id) && wish.isWanted(person),
    )
    add({ key: team.id, team, person: null, resource: null, owner: `t${team.id}` }, members)
    for (const person of members) {
      const key = `${team.id}-${person.id}`
      add({ key, team, person, resource: null, owner: `p${person.id}` }, [person])
    }
    for (const resource of timeline.resources) {
      if (!resource.teamIds.includes(team.id) || !wish.isResourceWanted(resource)) continue
      const key = `${team.id}-r${resource.id}`
      add({ key, team, person: null, resource, owner: `r${resource.id}` }, [])
    }
  }
  return rows
}

function ownerKey({ person, team, resource }: Entry): string {
  if (person) return `p${person.id}`
  return resource ? `r${resource.id}` : `t${team?.id}`
}

function isSame(a: Row, b: Row): boolean {
  return (
    a.top === b.top &&
    a.height === b.height &&
    a.team.name === b.team.name &&
    a.person?.displayName === b.person?.displayName &&
    a.person?.days === b.person?.days &&
    a.resource?.name === b.resource?.name &&
    a.members === b.members &&
    a.bars.length === b.bars.length &&
    a.bars.every((bar, at) => isSameBar(bar, b.bars[at]!)) &&
    a.figures.length === b.figures.length &&
    a.figures.every((one, at) => {
      const other = b.figures[at]!
      return (
        one.at === other.at &&
        one.length === other.length &&
        one.loadSeconds === other.loadSeconds &&
        one.capacitySeconds === other.capacitySeconds
      )
    })
  )
}

function isSameBar(a: Bar, b: Bar): boolean {
  return (
    a.event.id === b.event.id &&
    a.event.version === b.event.version &&
    a.event.mark === b.event.mark &&
    a.event.mayChange === b.event.mayChange &&
    a.first === b.first &&
    a.last === b.last &&
    a.lane === b.lane
  )
}
