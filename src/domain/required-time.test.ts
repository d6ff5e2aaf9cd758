import { describe, expect, it } from 'vitest'
import { firstDay, tidyChoices } from './dated-choice.ts'
import { type Day, parsePeriod } from './day.ts'
import type { Holiday, HolidayId, HolidaySchemeId } from './holiday.ts'
import type { PersonId } from './person.ts'
import { checkRequiredBounds, requiredTime, type WorkingTimeFacts } from './required-time.ts'
import type { ScheduleId, WeekSeconds } from './schedule.ts'

const ann = '1' as PersonId
const bob = '2' as PersonId
const [full, part] = ['10' as ScheduleId, '11' as ScheduleId]
const [north, south] = ['20' as HolidaySchemeId, '21' as HolidaySchemeId]
const hours = (...list: number[]) => list.map((one) => one * 3_600) as unknown as WeekSeconds
const holiday = (id: string, day: string, more: Partial<Holiday> = {}): Holiday => ({
  id: id as HolidayId,
  schemeId: north,
  kind: 'floating',
  name: `holiday ${id}`,
  description: '',
  day: day as Day,
  seconds: 28_800,
  ...more,
})

const facts = (more: Partial<WorkingTimeFacts> = {}): WorkingTimeFacts => ({
  schedules: [
    { id: full, isDefault: true, weekSeconds: hours(8, 8, 8, 8, 8, 0, 0) },
    { id: part, isDefault: false, weekSeconds: hours(4, 4, 0, 0, 0, 0, 6) },
  ],
  scheduleChoices: [],
  defaultHolidaySchemeId: north,
  holidayChoices: [],
  holidays: [],
  ...more,
})
const required = (given: WorkingTimeFacts, from: string, to: string, who = ann) =>
  requiredTime(given, [who], parsePeriod(from, to))[0]!
const hoursOf = (given: WorkingTimeFacts, from: string, to: string, who = ann) =>
  required(given, from, to, who).days.map((one) => one.requiredSeconds / 3_600)

describe('required time', () => {
  it('follows the default week where nothing was chosen', () => {
    // 2026-03-02 is a Monday.
    expect(hoursOf(facts(), '2026-03-02', '2026-03-08')).toEqual([8, 8, 8, 8, 8, 0, 0])
    expect(required(facts(), '2026-03-02', '2026-03-08').requiredSeconds).toBe(40 * 3_600)
  })

  it('changes from the day on which somebody chose, and back', () => {
    const given = facts({
      scheduleChoices: [
        { personId: ann, from: '2026-03-06' as Day, choice: null },
        { personId: ann, from: '2026-03-03' as Day, choice: part },
        { personId: bob, from: firstDay, choice: part },
      ],
    })
    expect(hoursOf(given, '2026-03-02', '2026-03-08')).toEqual([8, 4, 0, 0, 8, 0, 0])
    expect(hoursOf(given, '2026-03-02', '2026-03-08', bob)).toEqual([4, 4, 0, 0, 0, 0, 6])
  })

  it('takes holidays off, never below zero, half days by half', () => {
    const given = facts({
      holidays: [
        holiday('1', '2026-03-02'),
        holiday('2', '2026-03-03', { seconds: 14_400 }),
        holiday('3', '2026-03-04', { seconds: 50_000 }),
        holiday('4', '2026-03-07'),
      ],
    })
    expect(hoursOf(given, '2026-03-02', '2026-03-08')).toEqual([0, 4, 0, 8, 8, 0, 0])
    const [monday, , , thursday, , saturday] = required(given, '2026-03-02', '2026-03-08').days
    expect(monday).toMatchObject({ scheduledSeconds: 28_800, holiday: { id: '1' } })
    expect(thursday!.holiday).toBeNull()
    expect(saturday!.holiday).toMatchObject({ id: '4' })
  })

  it('repeats fixed holidays every year, those of 29 February in leap years', () => {
    const given = facts({
      holidays: [
        holiday('1', '2020-12-25', { kind: 'fixed' }),
        holiday('2', '2024-02-29', { kind: 'fixed' }),
      ],
    })
    expect(hoursOf(given, '2026-12-24', '2026-12-25')).toEqual([8, 0])
    expect(hoursOf(given, '2028-02-28', '2028-03-01')).toEqual([8, 0, 8])
    expect(hoursOf(given, '2026-02-27', '2026-03-02')).toEqual([8, 0, 0, 8])
    expect(hoursOf(given, '2019-12-25', '2019-12-25')).toEqual([0])
  })

  it('counts the longest of several holidays on a day, of the scheme in force', () => {
    const given = facts({
      holidayChoices: [{ personId: ann, from: '2026-03-03' as Day, choice: south }],
      holidays: [
        holiday('1', '2026-03-02', { seconds: 14_400 }),
        holiday('2', '2026-03-02', { seconds: 7_200 }),
        holiday('3', '2026-03-03'),
        holiday('4', '2026-03-04', { schemeId: south }),
        holiday('5', '2026-03-04', { schemeId: south, kind: 'fixed' }),
      ],
    })
    expect(hoursOf(given, '2026-03-02', '2026-03-04')).toEqual([4, 8, 0])
    expect(required(given, '2026-03-04', '2026-03-04').days[0]!.holiday!.id).toBe('4')
    expect(hoursOf(given, '2026-03-02', '2026-03-04', bob)).toEqual([4, 0, 8])
  })

  it('has bounds', () => {
    const year = parsePeriod('2026-01-01', '2026-12-31')
    expect(() => checkRequiredBounds(1_000, year)).not.toThrow()
    expect(() => checkRequiredBounds(2_000, year)).toThrow(/at most 400000/)
  })
})

describe('choices', () => {
  it('are tidied: in order, without what changes nothing', () => {
    const choices = [
      { from: '2026-03-05' as Day, choice: part },
      { from: firstDay, choice: null },
      { from: '2026-03-01' as Day, choice: part },
      { from: '2026-04-01' as Day, choice: null },
    ]
    expect(tidyChoices(choices)).toEqual([choices[2], choices[3]])
    expect(tidyChoices([])).toEqual([])
  })
})
