import { describe, expect, it } from 'vitest'
import { inverseOf, type Operation } from './operations.ts'

describe('undoing', () => {
  const before = {
    ...{ id: '1', version: 3, day: '2026-03-02', startTime: '09:00:00', timeSpentSeconds: 60 },
    ...{ comment: '', billableSeconds: null, category: null, attributes: { Place: 'Ulm' } },
    visibility: { type: 'group', value: 'board' },
    issue: { id: '9', key: 'OPS-9', summary: '' },
  } as never
  const after = { id: '1', version: 4 } as never
  const base = { key: 'k', personId: '1', week: '2026-03-02', id: '1', version: 3 }
  const change = (values: object) => ({ ...base, kind: 'change', values }) as Operation

  it('puts attributes back where they were changed, and only there', () => {
    const back = inverseOf(change({ attributes: {} }), before, after)
    expect(back).toMatchObject({ kind: 'change', values: { attributes: { Place: 'Ulm' } } })
    const other = inverseOf(change({ comment: 'x' }), before, after)
    expect(other).toMatchObject({ kind: 'change', version: 4 })
    expect(other && 'values' in other && other.values).not.toHaveProperty('attributes')
  })

  it('books again what was removed with all it said', () => {
    const back = inverseOf({ ...base, kind: 'remove' }, before, undefined)
    expect(back).toMatchObject({
      ...{ kind: 'log', values: { attributes: { Place: 'Ulm' } } },
      visibility: { type: 'group', value: 'board' },
    })
  })
})
