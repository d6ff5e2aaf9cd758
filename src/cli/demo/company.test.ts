import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysOf, parseDay, startOfWeek } from '../../domain/day.ts'
import { isTimeZone } from '../../domain/zone.ts'
import { absentDays } from './absences.ts'
import { expectSound } from './company.contract.ts'
import { type Company, makeCompany } from './company.ts'
import { isEmployedOn } from './people.ts'

const today = parseDay('2026-11-24')
const company = makeCompany({ today, seed: 1 })

describe('makeCompany', () => {
  it('gives the same company for the same day and seed', () => {
    expect(makeCompany({ today, seed: 1 })).toEqual(company)
  })

  it('gives another one for another seed', () => {
    expect(totalsOf(makeCompany({ today, seed: 2 }))).not.toEqual(totalsOf(company))
  })

  it('has these totals on 2026-11-24 with seed 1', () => {
    expect(totalsOf(company)).toEqual({
      worklogs: 17_409,
      hours: 58_114.5,
      issues: 600,
      events: 635,
      hash: '8a8ce37f7cefd1cf',
    })
  })

  // A leap day, a turn of the year, both clock changes, a weekend.
  it.each(['2028-02-29', '2027-01-01', '2026-03-29', '2026-10-25', '2025-08-31'])(
    'holds together on %s',
    (text) => {
      const other = makeCompany({ today: parseDay(text), seed: 7 })
      expectSound(other)
      expect(other.worklogs.length).toBeGreaterThan(12_000)
      expect(other.worklogs.length).toBeLessThan(20_000)
    },
  )
})

describe('people', () => {
  const named = (username: string) => company.people.find((one) => one.username === username)

  it('are 25 from seven zones, with ids in the look of Atlassian', () => {
    expect(company.people).toHaveLength(25)
    expect(new Set(company.people.map((one) => one.timeZone)).size).toBe(7)
    expect(new Set(company.people.map((one) => one.accountId)).size).toBe(25)
    for (const person of company.people) {
      expect(person.accountId).toMatch(/^[56][0-9a-f]{23}$/)
      expect(person.email).toMatch(/@example\.com$/)
      expect(isTimeZone(person.timeZone)).toBe(true)
    }
  })

  it('have the administrator under admin, one who left and one with limited rights', () => {
    expect(named('admin')?.role).toBe('administrator')
    expect(company.people.filter((one) => one.role === 'manager')).toHaveLength(1)
    expect(company.people.filter((one) => one.role === 'limited-employee')).toHaveLength(1)
    const gone = company.people.filter((one) => !one.isActive)
    expect(gone).toHaveLength(1)
    expect(gone[0]?.left).toBe('2026-06-24')
  })

  it('belong to one team a day, and one of them changed teams', () => {
    const places = company.teams.flatMap((team) => team.memberships)
    expect(places).toHaveLength(26)
    for (const person of company.people)
      for (const day of [person.joined, addMonths(today, -7), person.left ?? today]) {
        const there = places.filter(
          (place) =>
            place.username === person.username &&
            (place.from ?? day) <= day &&
            day <= (place.to ?? day),
        )
        expect(there).toHaveLength(isEmployedOn(person, day) ? 1 : 0)
      }
  })
})

describe('worklogs', () => {
  it('hold together', () => expectSound(company))

  it('fill most full weeks of a full-timer with 30 to 45 hours', () => {
    const weeks: number[] = []
    for (const person of company.people.filter((one) => one.hours.every((hours) => hours > 6))) {
      const absent = absentDays(company.events, person.username)
      const hours = new Map<string, number>()
      for (const row of company.worklogs)
        if (row.author === person.username) {
          const week = startOfWeek(row.day)
          hours.set(week, (hours.get(week) ?? 0) + row.timeSpentSeconds / 3600)
        }
      for (const [week, sum] of hours) {
        const days = [...daysOf({ from: parseDay(week), to: addDays(parseDay(week), 4) })]
        const isFull = days.every(
          (day) => day < today && isEmployedOn(person, day) && !absent.has(day),
        )
        if (isFull && week >= company.start) weeks.push(sum)
      }
    }
    expect(weeks.length).toBeGreaterThan(900)
    expect(weeks.filter((sum) => sum >= 30 && sum <= 45).length / weeks.length).toBeGreaterThan(
      0.97,
    )
  })

  it('show every kind of row that reports and exports must cope with', () => {
    const share = (is: (row: Company['worklogs'][number]) => boolean) =>
      company.worklogs.filter(is).length / company.worklogs.length
    expect(share((row) => row.comment === '')).toBeGreaterThan(0.05)
    expect(share((row) => row.comment.includes('\n'))).toBeGreaterThan(0.02)
    expect(share((row) => /\p{Extended_Pictographic}/u.test(row.comment))).toBeGreaterThan(0.01)
    expect(
      share((row) => /[\p{Script=Han}\p{Script=Katakana}]/u.test(row.comment)),
    ).toBeGreaterThan(0)
    expect(share((row) => /[äöüß]/.test(row.comment))).toBeGreaterThan(0)
    expect(share((row) => row.visibility !== null)).toBeGreaterThan(0.001)
    expect(share((row) => row.category === null)).toBeGreaterThan(0.01)
    expect(share((row) => row.billableSeconds !== null)).toBeGreaterThan(0.2)
    expect(share((row) => row.updateAuthor !== row.author)).toBeGreaterThan(0.005)
    expect(share((row) => row.createdAt > row.startedAt + 6 * 86_400_000)).toBeGreaterThan(0.01)
    const formulas = company.worklogs.filter((row) => /^[=+\-@]/.test(row.comment))
    expect(formulas.map((row) => row.comment.charAt(0)).sort()).toEqual(['-', '='])
  })

  it('rarely overlap', () => {
    const ends = new Map<string, number>()
    const rows = [...company.worklogs].sort((a, b) => a.startedAt - b.startedAt)
    const overlapping = rows.filter((row) => {
      const end = ends.get(row.author) ?? 0
      ends.set(row.author, row.startedAt + row.timeSpentSeconds * 1000)
      return row.startedAt < end
    })
    expect(overlapping.length).toBeGreaterThan(0)
    expect(overlapping.length / rows.length).toBeLessThan(0.03)
  })
})

describe('plans', () => {
  it('reach eight weeks ahead', () => {
    const ahead = company.events.filter((event) => event.from > today)
    const kinds = new Set(ahead.map((event) => event.kind))
    for (const kind of ['booking', 'placeholder', 'vacation'] as const)
      expect(kinds).toContain(kind)
    expect(ahead.every((event) => event.from <= addDays(today, 63))).toBe(true)
  })
})

function totalsOf(world: Company) {
  const hours = world.worklogs.reduce((sum, row) => sum + row.timeSpentSeconds, 0) / 3600
  return {
    worklogs: world.worklogs.length,
    hours,
    issues: world.issues.length,
    events: world.events.length,
    // Everything else hangs on this: any change of a text or a number shows here.
    hash: createHash('sha256').update(JSON.stringify(world)).digest('hex').slice(0, 16),
  }
}
