import { describe, expect, it } from 'vitest'
import { bodyOf, type Column, isSame, parseValue, textOf } from './column.ts'

const options = [
  { value: 'open', label: 'offen' },
  { value: 'closed', label: 'geschlossen' },
]

describe('what is typed into a cell', () => {
  it.each([
    ['text', ' Acme ', 'Acme'],
    ['text', '  ', null],
    ['number', '320', 320],
    ['number', '', null],
    ['hours', '7:30', 27_000],
    ['hours', '7,5', 27_000],
    ['day', '2026-02-28', '2026-02-28'],
    ['choice', 'Geschlossen', 'closed'],
    ['choice', 'open', 'open'],
    ['flag', 'Ja', true],
    ['flag', '', false],
  ] as const)('of %s as "%s" is read', (kind, typed, value) => {
    expect(parseValue({ kind, options }, typed)).toEqual({ value })
  })

  it.each([
    ['number', '3.5', 'number'],
    ['number', '101', 'number'],
    ['hours', '45', 'hours'],
    ['hours', '+1:00', 'hours'],
    ['day', '2026-02-30', 'day'],
    ['choice', 'archived', 'choice'],
    ['flag', 'perhaps', 'flag'],
  ] as const)('of %s as "%s" is refused', (kind, typed, problem) => {
    expect(parseValue({ kind, options, most: kind === 'number' ? 100 : 86_400 }, typed)).toEqual({
      problem,
    })
  })

  it('may not be empty where something is needed', () => {
    expect(parseValue({ kind: 'text', isRequired: true }, ' ')).toEqual({ problem: 'required' })
  })
})

describe('a value', () => {
  const person = { id: '7', displayName: 'Jane Doe' }
  const lead: Column<null> = { id: 'lead', label: 'Lead', kind: 'person', of: () => person }

  it('is sent as people are named, or as its column says', () => {
    expect(bodyOf(lead, person, undefined)).toEqual({ lead: '7' })
    const twice = { ...lead, body: (value: unknown) => ({ twice: [value, value] }) }
    expect(bodyOf(twice, 1, undefined)).toEqual({ twice: [1, 1] })
  })

  it('stands in its field as one would type it', () => {
    expect([textOf(lead, person), textOf({ kind: 'hours' }, 27_000)]).toEqual(['Jane Doe', '7:30'])
  })

  it('is the same when it means the same', () => {
    expect(isSame(person, { id: '7', displayName: 'Jane D.' })).toBe(true)
    expect(isSame(null, '')).toBe(true)
    expect(isSame(0, null)).toBe(false)
    expect(isSame(person, null)).toBe(false)
  })
})
