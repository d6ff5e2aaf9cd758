import type { EventBody } from '../../../src/api/contract.ts'
import type { Day } from '../time/days.ts'
import { type Bar, layBars } from './bars.ts'
import { type Figure, figuresOf, offStretches } from './load.ts'
import type { TeamBody, TimelineBody, TimelinePerson } from './planner-query.ts'
import type { Layer } from './planner-search.ts'

/** One line of the timeline: a team with its panel, or a person. */
export type Row = {
  readonly key: string
  readonly team: TeamBody
  /** Null is the team itself. */
  readonly person: TimelinePerson | null
  readonly members: number
  readonly bars: readonly Bar[]
  readonly figures: readonly Figure[]
  readonly off: ReturnType<typeof offStretches>
  readonly top: number
  readonly height: number
}

export const measures = { strip: 22, lane: 26, foot: 6, head: 56 } as const

const absences: readonly string[] = ['vacation', 'sick-leave', 'day-off', 'holiday']

export function layerOf({ kind }: Pick<EventBody, 'kind'>): Layer {
  if (kind === 'issue') return 'issues'
  return absences.includes(kind) ? 'absences' : 'events'
}

type Wish = {
  readonly timeline: TimelineBody
  readonly teams: readonly TeamBody[]
  readonly from: Day
  readonly days: number
  readonly group: number
  readonly hide: readonly Layer[]
  readonly isWanted: (person: TimelinePerson) => boolean
}

/** The rows of the timeline, team by team; rows that did not change since `before` stay the same. */
export function rowsOf(wish: Wish, before: readonly Row[] = []): readonly Row[] {
  const { timeline, teams, from, days, group, hide } = wish
  const shown = timeline.events.filter((event) => !hide.includes(layerOf(event)))
  const byOwner = new Map<string, EventBody[]>()
  for (const event of shown) {
    const owner = event.person ? `p${event.person.id}` : `t${event.team?.id}`
    const list = byOwner.get(owner)
    if (list) list.push(event)
    else byOwner.set(owner, [event])
  }
  const known = new Map(before.map((row) => [row.key, row]))
  const rows: Row[] = []
  let top = 0
  const add = (team: TeamBody, person: TimelinePerson | null, members: TimelinePerson[]) => {
    const key = person ? `${team.id}-${person.id}` : team.id
    const { bars, lanes } = layBars(
      byOwner.get(person ? `p${person.id}` : `t${team.id}`) ?? [],
      from,
    )
    const fewest = person ? 1 : 0
    const height = measures.strip + Math.max(fewest, lanes) * measures.lane + measures.foot
    const row: Row = {
      key,
      team,
      person,
      members: members.length,
      bars,
      figures: figuresOf(members, days, group),
      off: person ? offStretches(person.days) : [],
      top,
      height,
    }
    const old = known.get(key)
    rows.push(old && isSame(old, row) ? old : row)
    top += height
  }
  for (const team of teams) {
    const members = timeline.people.filter(
      (person) => person.teamIds.includes(team.id) && wish.isWanted(person),
    )
    add(team, null, members)
    for (const person of members) add(team, person, [person])
  }
  return rows
}

function isSame(a: Row, b: Row): boolean {
  return (
    a.top === b.top &&
    a.height === b.height &&
    a.team.name === b.team.name &&
    a.person?.displayName === b.person?.displayName &&
    a.person?.days === b.person?.days &&
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
    a.first === b.first &&
    a.last === b.last &&
    a.lane === b.lane
  )
}
