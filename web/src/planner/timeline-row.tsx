import {
  IconBeach,
  IconBookmark,
  IconClockPlus,
  IconHome,
  IconHourglass,
  IconNote,
  IconPointer,
  IconTicket,
  IconUserQuestion,
  IconVirus,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { type Format, useFormat } from '../time/format.ts'
import type { Bar } from './bars.ts'
import { describe, isRequested, labelOf } from './describe.ts'
import type { Entry } from './entry.ts'
import type { Figure } from './load.ts'
import classes from './planner.module.css'
import { type PlannerTexts, usePlannerTexts } from './planner-texts.ts'
import { measures, type Row } from './rows.ts'
import type { Scale } from './scale.ts'
import { chunk } from './use-view.ts'

/** Pixels. */
const widestDigit = 7.5
const longBar = 300

type Props = {
  readonly row: Row
  readonly scale: Scale
  readonly columns: readonly [number, number]
  /** Ids of the chosen bars of this row, as one text, so that a row knows whether it changed. */
  readonly chosen: string
  /** Ids of its bars that are not saved yet, the same way. */
  readonly unsaved: string
  readonly isCurrent: boolean
}

/** One line: who, how full, and what lies there. Renders again only when one of these changes. */
export const TimelineRow = memo(function TimelineRow(props: Props) {
  const { row, scale, columns, chosen, unsaved, isCurrent } = props
  const t = usePlannerTexts()
  const format = useFormat()
  const { dayWidth } = scale
  const [first, last] = columns
  const { person, resource, team, isTeam } = row
  const chosenIds = chosen.split(' ')
  const unsavedIds = unsaved.split(' ')
  return (
    <div
      className={classes.row}
      data-row={row.key}
      data-team={isTeam || undefined}
      style={{ top: row.top, height: row.height }}
    >
      <div className={classes.who} data-team={isTeam || undefined}>
        <strong>
          {isTeam ? (
            // Keys move through the timeline; the rail and the palette lead there as well.
            <Link to="/teams" search={{ team: team.id }} tabIndex={isCurrent ? 0 : -1}>
              {team.name}
            </Link>
          ) : (
            (person?.displayName ?? resource?.name ?? team.name)
          )}
        </strong>
        <span>
          {person
            ? t.perDay(shortHours(format, person.involvementSeconds))
            : resource
              ? t.resource
              : t.people(row.members)}
        </span>
      </div>
      <div className={classes.lane} data-lane>
        {row.off
          .filter(({ at, length }) => at < last && at + length > first)
          .map(({ at, length, kind }) => (
            <div
              key={at}
              className={classes.off}
              data-kind={kind}
              style={{ left: at * dayWidth, width: length * dayWidth }}
            />
          ))}
        {weeksOf(columns).map((from) => (
          <WeekFigures key={from} figures={row.figures} scale={scale} from={from} />
        ))}
        {row.bars
          .filter((bar) => bar.first < last && bar.last >= first)
          .map((bar) => (
            <BarView
              key={bar.event.id}
              bar={bar}
              scale={scale}
              isChosen={chosenIds.includes(bar.event.id)}
              isUnsaved={unsavedIds.includes(bar.event.id)}
              isReachable={isCurrent}
            />
          ))}
      </div>
    </div>
  )
})

/** The columns that begin the drawn weeks. */
function weeksOf([first, last]: readonly [number, number]): number[] {
  return Array.from({ length: Math.ceil((last - first) / chunk) }, (_, at) => first + at * chunk)
}

type WeekProps = {
  readonly figures: readonly Figure[]
  readonly scale: Scale
  readonly from: number
}

/** The load of a week's columns: scrolled sideways, only what comes into view renders. */
const WeekFigures = memo(function WeekFigures({ figures, scale, from }: WeekProps) {
  const t = usePlannerTexts()
  const format = useFormat()
  return figures
    .filter(({ at }) => at >= from && at < from + chunk)
    .map((figure) => {
      const width = figure.length * scale.dayWidth - 1
      const text = figureText(t, format, scale, figure)
      return (
        <div
          key={figure.at}
          className={classes.figure}
          data-band={figure.band}
          data-tight={text.length * widestDigit + 8 > width || undefined}
          style={{ left: figure.at * scale.dayWidth, width }}
        >
          {text}
        </div>
      )
    })
})

type BarProps = {
  readonly bar: Bar
  readonly scale: Scale
  readonly isChosen: boolean
  readonly isUnsaved: boolean
  readonly isReachable: boolean
}

const BarView = memo(function BarView({ bar, scale, isChosen, isUnsaved, isReachable }: BarProps) {
  const t = usePlannerTexts()
  const format = useFormat()
  const { event, first, last, lane } = bar
  const start = Math.max(first, 0)
  const end = Math.min(last, scale.days - 1)
  const width = (end - start + 1) * scale.dayWidth - 2
  const text = describe(t, format, event)
  const Icon = icons[event.kind]
  return (
    <button
      type="button"
      className={classes.bar}
      data-bar={event.id}
      data-color={colorOf(event)}
      data-kind={event.kind}
      data-mark={event.mark}
      data-refused={event.plan?.status === 'rejected' || undefined}
      data-requested={isRequested(event) || undefined}
      data-chosen={isChosen || undefined}
      data-unsaved={isUnsaved || undefined}
      data-fixed={!event.mayChange || undefined}
      data-open-left={first < 0 || undefined}
      data-open-right={last >= scale.days || undefined}
      aria-pressed={isChosen}
      aria-label={text}
      title={text}
      tabIndex={isReachable ? 0 : -1}
      style={{
        left: start * scale.dayWidth + 1,
        width,
        top: measures.strip + lane * measures.lane + 1,
        height: measures.lane - 4,
      }}
    >
      {width > 24 ? <Icon size={14} stroke={1.7} /> : null}
      {width > 32 ? (
        <span className={width > longBar ? classes.held : undefined}>{labelOf(t, event)}</span>
      ) : null}
    </button>
  )
})

const icons: Readonly<Record<Entry['kind'], typeof IconNote>> = {
  booking: IconBookmark,
  placeholder: IconUserQuestion,
  'day-off': IconHome,
  vacation: IconBeach,
  'sick-leave': IconVirus,
  holiday: IconPointer,
  note: IconNote,
  overtime: IconClockPlus,
  issue: IconTicket,
  plan: IconHourglass,
}

const usual: Readonly<Record<Entry['kind'], string>> = {
  booking: 'Blue',
  placeholder: 'Silver',
  'day-off': 'Yellow',
  vacation: 'Green',
  'sick-leave': 'Olive',
  holiday: 'Gray',
  note: 'Gray',
  overtime: 'Orange',
  issue: 'Violet',
  plan: 'Teal',
}

/** The colour somebody chose, or that of the kind. */
export function colorOf({ color, kind }: Pick<Entry, 'color' | 'kind'>): string {
  return color ?? usual[kind]
}

function figureText(t: PlannerTexts, format: Format, scale: Scale, figure: Figure): string {
  const { loadSeconds, capacitySeconds, overSeconds, band } = figure
  if (band === 'off') return scale.zoom === 'quarter' ? '' : t.off
  const load = shortHours(format, loadSeconds)
  if (scale.zoom === 'week' || scale.zoom === 'quarter') {
    if (overSeconds > 0) return `+${shortHours(format, overSeconds)}`
    return loadSeconds === 0 ? '·' : load
  }
  const both = `${loadSeconds === 0 ? '·' : load}/${shortHours(format, capacitySeconds)}`
  return overSeconds > 0 ? `${both} +${shortHours(format, overSeconds)}` : both
}

/** Hours as a person says them: `6`, `7.5`; rounded to tenths, the exact figure stands in the line below. */
function shortHours(format: Format, seconds: number): string {
  return format.number(Math.round(seconds / 360) / 10)
}
