import { describe, expect, it } from 'vitest'
import { keyFor, readFirstPeople } from './first-people.ts'

describe('the first people', () => {
  it('are a name a line, with an e-mail or without', () => {
    expect(readFirstPeople(' Jane Doe, jane@example.org \n\nJohn Roe\r\n')).toEqual({
      people: [{ displayName: 'Jane Doe', email: 'jane@example.org' }, { displayName: 'John Roe' }],
    })
    expect(readFirstPeople('')).toEqual({ people: [] })
  })

  it.each(['jane@example.org', 'Jane, no mail', ', jane@example.org', 'A, a@b.c, more'])(
    'are not: %s',
    (line) => {
      expect(readFirstPeople(`Good One\n${line}`)).toEqual({ bad: line })
    },
  )
})

describe('the key of a first project', () => {
  it.each([
    ['Website relaunch', 'WR'],
    ['Operations', 'OPERA'],
    ['Überführung alter Daten', 'UAD'],
    ['24/7', ''],
    ['', ''],
  ])('of %s is %s', (name, key) => {
    expect(keyFor(name)).toBe(key)
  })
})
