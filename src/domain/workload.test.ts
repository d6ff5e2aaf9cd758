import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionAt, roundedSeconds, sumOf } from './amounts.ts'
import { addDays, type Day, dayOfEpoch, daysBetween, epochOfDay, parsePeriod } from './day.ts'
import { type PlanKind, planKinds } from './event.ts'
import type { PersonSchedule } from './work-calendar.ts'
import {
  isSpread,
  isWork,
  loadOf,
  type PersonLoad,
  type PlanItem,
  signedAvailability,
  type WorkloadRules,
} from './workload.ts'

const hour = 3_600

const rules: WorkloadRules = {
  spread: 'balance',
  scope: 'all',
  today: '2024-03-07' as Day,
  countsUnapprovedAbsence: true,
}

function works(hours: number): PersonSchedule {
  const day = hours * hour
  return {
    patterns: [{ from: null, secondsByWeekday: [day, day, day, day, day, 0, 0] }],
    holidays: [],
  }
}

function item(kind: PlanKind, from: string, to: string, wish: Partial<PlanItem> = {}): PlanItem {
  return {
    kind,
    from: from as Day,
    to: to as Day,
    secondsPerDay: null,
    remainingSeconds: 0,
    isApproved: false,
    group: '',
    ...wish,
  }
}

const issue = (from: string, to: string, hours: number) =>
  item('issue', from, to, { remainingSeconds: hours * hour })

/** Hours with the codes of a team's workload, to two decimals. */
function teamHours(load: PersonLoad): number[] {
  return hoursOf(load).map((hours, at) => {
    if (load.baseSeconds[at] === 0) return -1000
    return load.isAbsent[at] === 1 ? -2000 : hours
  })
}

function hoursOf({ load, days }: PersonLoad): number[] {
  return Array.from({ length: days }, (_, at) => Math.floor((load.whole[at]! + 18) / 36) / 100)
}

function hours(seconds: ArrayLike<number>): number[] {
  return Array.from(seconds, (one) => one / hour)
}

describe('the week of a team, 2016-07-10 to 19', () => {
  const window = parsePeriod('2016-07-10', '2016-07-19')
  it.each<[string, number, PlanItem[], number[]]>([
    [
      'a day off and a booking by the day',
      8,
      [
        item('day-off', '2016-07-11', '2016-07-12'),
        item('booking', '2016-07-14', '2016-07-15', { secondsPerDay: 2 * hour }),
        issue('2016-07-13', '2016-07-13', 0),
        issue('2016-07-14', '2016-07-14', 0),
      ],
      [-1000, -2000, -2000, 0, 2, 2, -1000, -1000, 0, 0],
    ],
    [
      'an issue that ends after the window',
      4,
      [issue('2016-07-11', '2016-07-22', 40)],
      [-1000, 4, 4, 4, 4, 4, -1000, -1000, 4, 4],
    ],
    [
      'issues and a placeholder',
      8,
      [
        issue('2016-07-12', '2016-07-12', 1.5),
        issue('2016-07-11', '2016-07-11', 0),
        issue('2016-07-13', '2016-07-15', 24),
        item('placeholder', '2016-07-12', '2016-07-12', { remainingSeconds: 2 * hour }),
      ],
      [-1000, 0, 3.5, 8, 8, 8, -1000, -1000, 0, 0],
    ],
  ])('%s', (_, daily, items, expected) => {
    expect(teamHours(loadOf(works(daily), items, window, rules))).toEqual(expected)
  })

  it('leaves what the day offers', () => {
    const week = parsePeriod('2016-07-11', '2016-07-15')
    const items = [
      item('day-off', '2016-07-11', '2016-07-12'),
      item('booking', '2016-07-14', '2016-07-15', { secondsPerDay: 2 * hour }),
    ]
    const load = loadOf(works(8), items, week, rules)
    expect(hours(load.capacitySeconds)).toEqual([0, 0, 8, 8, 8])
    expect(free(load)).toEqual([0, 0, 8, 6, 6])
  })
})

describe('the month of a user, July 2020', () => {
  const items = [
    item('placeholder', '2020-07-27', '2020-07-27', { remainingSeconds: 248_400 }),
    item('placeholder', '2020-07-28', '2020-07-28', { remainingSeconds: 18_000 }),
    item('placeholder', '2020-07-29', '2020-07-29', { remainingSeconds: 18_000 }),
    item('placeholder', '2020-07-30', '2020-07-30', { remainingSeconds: 225_000 }),
  ]
  const window = parsePeriod('2020-07-01', '2020-07-31')
  it('counts every day, or only what is left from today on', () => {
    expect(hoursOf(loadOf(works(8), items, window, rules)).slice(26)).toEqual([69, 5, 5, 62.5, 0])
    const today = '2020-07-30' as Day
    const left = hoursOf(loadOf(works(8), items, window, { ...rules, scope: 'fromToday', today }))
    expect(left).toEqual([...Array.from({ length: 29 }, () => 0), 62.5, 0])
  })
})

it('offers eight hours on weekdays where nothing is planned, February 2023', () => {
  const load = loadOf(works(8), [], parsePeriod('2023-02-11', '2023-02-18'), rules)
  expect(hours(load.capacitySeconds)).toEqual([0, 0, 8, 8, 8, 8, 8, 0])
  expect(free(load)).toEqual([0, 0, 8, 8, 8, 8, 8, 0])
})

describe('a week with everything in it, 4 to 10 March 2024', () => {
  const items = [
    issue('2024-03-04', '2024-03-08', 20),
    item('booking', '2024-03-04', '2024-03-10', { secondsPerDay: 2 * hour }),
    item('vacation', '2024-03-06', '2024-03-06'),
    item('day-off', '2024-03-07', '2024-03-07', { secondsPerDay: 3 * hour }),
    item('placeholder', '2024-03-07', '2024-03-08', { remainingSeconds: 7 * hour }),
    item('overtime', '2024-03-09', '2024-03-09', { secondsPerDay: 4 * hour }),
    item('note', '2024-03-04', '2024-03-10'),
  ]
  const week = parsePeriod('2024-03-04', '2024-03-10')
  it('has its load, capacity and availability', () => {
    const load = loadOf(works(8), items, week, rules)
    expect(teamHours(load)).toEqual([7, 7, -2000, 10.5, 10.5, -1000, -1000])
    expect(hoursOf(load)).toEqual([7, 7, 0, 10.5, 10.5, 0, 0])
    expect(hours(load.capacitySeconds)).toEqual([8, 8, 0, 5, 8, 4, 0])
    expect(free(load)).toEqual([1, 1, 0, -5.5, -2.5, 4, 0])
  })

  it('has its load from Thursday on', () => {
    const load = loadOf(works(8), items, week, { ...rules, scope: 'fromToday' })
    expect(teamHours(load)).toEqual([0, 0, -2000, 15.5, 15.5, -1000, -1000])
  })
})

describe('liquid', () => {
  it.each([
    [8, [8, 2, 0, 0]],
    [4, [4, 4, 2, 0]],
    [2, [2, 2, 2, 4]],
  ])('fills days of %i hours from the first on, what is left on the last', (daily, expected) => {
    const window = parsePeriod('2024-03-04', '2024-03-07')
    const items = [issue('2024-03-04', '2024-03-07', 10)]
    const load = loadOf(works(daily), items, window, { ...rules, spread: 'liquid' })
    expect(hoursOf(load)).toEqual(expected)
  })
})

it('keeps thirds exact until they are printed', () => {
  const window = parsePeriod('2024-03-04', '2024-03-06')
  const load = loadOf(works(8), [issue('2024-03-04', '2024-03-06', 10)], window, rules)
  expect(hoursOf(load)).toEqual([3.33, 3.33, 3.33])
  expect(roundedSeconds(sumOf(load.load, [0, 1, 2]), 0)).toBe(10 * hour)
  const odd = loadOf(
    works(8),
    [item('issue', '2024-03-04', '2024-03-06', { remainingSeconds: 100 })],
    window,
    rules,
  )
  expect(fractionAt(odd.load, 0)).toEqual({ numerator: 1n, denominator: 3n })
})

it.each<[string, PlanItem[], number[], number[]]>([
  [
    'an absence on a weekend',
    [item('vacation', '2024-03-08', '2024-03-11')],
    [-2000, -1000, -1000, -2000],
    [0, 0, 0, 0],
  ],
  [
    'an item wholly on days off',
    [issue('2024-03-09', '2024-03-10', 8)],
    [0, -1000, -1000, 0],
    [8, 0, 0, 8],
  ],
  [
    'overtime on a Saturday',
    [item('overtime', '2024-03-09', '2024-03-09', { secondsPerDay: 7_200 })],
    [0, -1000, -1000, 0],
    [8, 2, 0, 8],
  ],
  [
    'overtime in a vacation',
    [
      item('vacation', '2024-03-08', '2024-03-08'),
      item('overtime', '2024-03-08', '2024-03-08', { secondsPerDay: 7_200 }),
    ],
    [-2000, -1000, -1000, 0],
    [0, 0, 0, 8],
  ],
  [
    'a day off longer than the day',
    [item('day-off', '2024-03-08', '2024-03-08', { secondsPerDay: 9 * hour })],
    [-2000, -1000, -1000, 0],
    [0, 0, 0, 8],
  ],
])('%s', (_, items, codes, capacity) => {
  const load = loadOf(works(8), items, parsePeriod('2024-03-08', '2024-03-11'), rules)
  expect(teamHours(load)).toEqual(codes)
  expect(hours(load.capacitySeconds)).toEqual(capacity)
})

it('follows a schedule that changes, holidays and half holidays', () => {
  const schedule: PersonSchedule = {
    patterns: [
      { from: '2024-03-06' as Day, secondsByWeekday: [0, 0, 4 * hour, 4 * hour, 0, 0, 0] },
      ...works(8).patterns,
    ],
    holidays: [
      { day: '2024-03-05' as Day, name: 'Feast', seconds: null },
      { day: '2024-03-07' as Day, name: 'Eve', seconds: 2 * hour },
    ],
  }
  const load = loadOf(
    schedule,
    [issue('2024-03-04', '2024-03-08', 9)],
    parsePeriod('2024-03-04', '2024-03-08'),
    rules,
  )
  expect(hours(load.capacitySeconds)).toEqual([8, 0, 4, 2, 0])
  expect(teamHours(load)).toEqual([3, -2000, 3, 3, -1000])
})

it('counts an unapproved vacation unless told otherwise', () => {
  const items = [
    item('vacation', '2024-03-04', '2024-03-04'),
    item('day-off', '2024-03-05', '2024-03-05'),
  ]
  const window = parsePeriod('2024-03-04', '2024-03-05')
  expect(hours(loadOf(works(8), items, window, rules).capacitySeconds)).toEqual([0, 0])
  const strict = { ...rules, countsUnapprovedAbsence: false }
  expect(hours(loadOf(works(8), items, window, strict).capacitySeconds)).toEqual([8, 0])
})

describe('whatever is planned', () => {
  // Two years around a leap day, and around every change of summer time there is.
  const start = epochOfDay('2023-06-01' as Day)
  const someDay = fc.integer({ min: 0, max: 730 })
  const someItem = fc
    .record({
      kind: fc.constantFrom(...planKinds),
      from: someDay,
      length: fc.integer({ min: 0, max: 60 }),
      secondsPerDay: fc.option(fc.integer({ min: 0, max: 86_400 })),
      remainingSeconds: fc.integer({ min: 0, max: 3_600_000 }),
      isApproved: fc.boolean(),
    })
    .map(
      ({ from, length, ...rest }): PlanItem => ({
        ...rest,
        from: dayOfEpoch(start + from),
        to: dayOfEpoch(start + from + length),
        group: rest.kind,
      }),
    )
  const someSchedule = fc
    .record({
      first: fc.array(fc.constantFrom(0, 4 * hour, 27_720, 8 * hour), {
        minLength: 7,
        maxLength: 7,
      }),
      second: fc.array(fc.constantFrom(0, 6 * hour), { minLength: 7, maxLength: 7 }),
      change: someDay,
      holidays: fc.array(someDay, { maxLength: 20 }),
    })
    .map(
      ({ first, second, change, holidays }): PersonSchedule => ({
        patterns: [
          { from: null, secondsByWeekday: first },
          { from: dayOfEpoch(start + change), secondsByWeekday: second },
        ],
        holidays: holidays.map((at, index) => ({
          day: dayOfEpoch(start + at),
          name: 'Feast',
          seconds: index % 2 === 0 ? null : hour,
        })),
      }),
    )
  const someRules = fc.record({
    spread: fc.constantFrom('balance' as const, 'liquid' as const),
    scope: fc.constantFrom('all' as const, 'fromToday' as const),
    today: someDay.map((at) => dayOfEpoch(start + at)),
    countsUnapprovedAbsence: fc.boolean(),
  })
  const everything = { from: dayOfEpoch(start), to: dayOfEpoch(start + 830) }
  const every = (load: PersonLoad) => Array.from({ length: load.days }, (_, at) => at)

  it('is conserved: the days of an estimate sum to it, if there is a working day', () => {
    fc.assert(
      fc.property(
        fc.array(someItem, { maxLength: 8 }),
        someItem,
        someSchedule,
        someRules,
        (others, one, schedule, some) => {
          const spreadItem = {
            ...one,
            kind: 'placeholder' as const,
            secondsPerDay: null,
            group: 'it',
          }
          const absences = others.filter(({ kind }) => !isWork(kind))
          const load = loadOf(schedule, [...absences, spreadItem], everything, some, {
            withGroups: true,
          })
          const sum = sumOf(load.groups.get('it')!, every(load))
          const from = some.scope === 'fromToday' && some.today > one.from ? some.today : one.from
          const hasDay = every(load).some(
            (at) =>
              dayOfEpoch(load.first + at) >= from &&
              dayOfEpoch(load.first + at) <= one.to &&
              load.baseSeconds[at]! > 0 &&
              load.isAbsent[at] === 0,
          )
          expect(fractionAt(sum, 0).numerator).toBe(0n)
          expect(sum.whole[0]).toBe(hasDay ? one.remainingSeconds : 0)
        },
      ),
    )
  })

  it('never is negative, and what capacity lacks of it is the signed availability', () => {
    fc.assert(
      fc.property(
        fc.array(someItem, { maxLength: 10 }),
        someSchedule,
        someRules,
        (items, schedule, some) => {
          const load = loadOf(schedule, items, everything, some)
          const wrong = every(load).filter((at) => {
            const { numerator, denominator } = fractionAt(load.load, at)
            const exact = load.capacitySeconds[at]! - load.load.whole[at]!
            const isSound = load.load.whole[at]! >= 0 && numerator >= 0n && numerator < denominator
            return !isSound || signedAvailability(load, at) !== exact - (numerator > 0n ? 1 : 0)
          })
          expect(wrong).toEqual([])
        },
      ),
    )
  })

  it('does not depend on the window asked', () => {
    fc.assert(
      fc.property(
        fc.array(someItem, { maxLength: 10 }),
        someSchedule,
        someRules,
        someDay,
        fc.integer({ min: 0, max: 90 }),
        (items, schedule, some, from, length) => {
          const window = { from: dayOfEpoch(start + from), to: dayOfEpoch(start + from + length) }
          const whole = loadOf(schedule, items, everything, some)
          const met = items.filter((one) => one.from <= window.to && one.to >= window.from)
          const spans = met.filter(isSpread)
          const needed = items.filter(
            (one) =>
              met.includes(one) ||
              (!isWork(one.kind) &&
                spans.some((span) => span.from <= one.to && one.from <= span.to)),
          )
          const part = loadOf(schedule, needed, window, some)
          const offset = daysBetween(everything.from, window.from)
          for (const at of every(part)) {
            expect(part.load.whole[at]).toBe(whole.load.whole[at + offset])
            expect(fractionAt(part.load, at)).toEqual(fractionAt(whole.load, at + offset))
            expect(part.capacitySeconds[at]).toBe(whole.capacitySeconds[at + offset])
          }
        },
      ),
    )
  })

  it('is the same by groups as in all', () => {
    fc.assert(
      fc.property(
        fc.array(someItem, { maxLength: 10 }),
        someSchedule,
        someRules,
        (items, schedule, some) => {
          const load = loadOf(schedule, items, everything, some, { withGroups: true })
          const total = sumOf(load.load, every(load))
          const parts = [...load.groups.values()].map((group) => sumOf(group, every(load)))
          const value = (sum: ReturnType<typeof sumOf>) =>
            sum.whole[0]! +
            Number(fractionAt(sum, 0).numerator) / Number(fractionAt(sum, 0).denominator)
          expect(parts.reduce((sum, one) => sum + value(one), 0)).toBeCloseTo(value(total), 6)
        },
      ),
    )
  })
})

it('stays exact where denominators leave the numbers that are', () => {
  // One item per length up to 61 days, all over one Monday: the common denominator is beyond 2^53.
  const daily = {
    patterns: [{ from: null, secondsByWeekday: Array(7).fill(8 * hour) }],
    holidays: [],
  }
  const monday = '2024-03-04'
  const items = Array.from({ length: 61 }, (_, at) =>
    item('issue', monday, addDays(monday as Day, at), { remainingSeconds: 1 }),
  )
  const load = loadOf(daily, items, parsePeriod(monday, addDays(monday as Day, 60)), rules)
  const sum = sumOf(
    load.load,
    Array.from({ length: load.days }, (_, at) => at),
  )
  expect([sum.whole[0], fractionAt(sum, 0).numerator]).toEqual([61, 0n])
})

function free(load: PersonLoad): number[] {
  return Array.from({ length: load.days }, (_, at) => signedAvailability(load, at) / hour)
}
