import { describe, expect, it } from 'vitest'
import { ProblemError } from '../api/problem.ts'
import type { useAttributeTexts } from './attribute-texts.ts'
import {
  attributeProblems,
  attributesOf,
  fieldName,
  isAboutAttributes,
  refusedAttributes,
  sameAttributes,
} from './attribute-values.ts'

// The catalogue itself asks the browser for its language.
const t = {
  ...{ missing: 'missing', number: 'no number', list: 'not in the list' },
  ...{ account: 'no account', noAccount: '', notSaved: () => '' },
} satisfies ReturnType<typeof useAttributeTexts>
const text = { key: 'Place', type: 'input-field', isRequired: false } as const
const number = { key: 'Km', type: 'input-numeric', isRequired: true } as const
const list = { key: 'Kind', type: 'static-list', isRequired: true } as const
const tick = { key: 'Remote', type: 'checkbox', isRequired: false } as const
const account = { key: '_Account_', type: 'account', isRequired: true } as const
const all = [text, number, list, tick, account]

function formOf(values: Record<string, string>): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(values)) form.set(fieldName(key), value)
  return form
}

describe('what a form says of work attributes', () => {
  it.each([
    [{}, {}, {}],
    [
      { Place: ' Ulm ', Km: '12,5', Remote: 'true' },
      {},
      { Place: 'Ulm', Km: '12.5', Remote: 'true' },
    ],
    [{ Place: '' }, { Place: 'Ulm', Gone: 'kept' }, { Gone: 'kept' }],
    // A box that was ticked, or not, still says so when it is not ticked.
    [{}, { Remote: 'true' }, { Remote: 'false' }],
  ])('%j over %j is %j', (typed, before, expected) => {
    expect(attributesOf(formOf(typed), all, before)).toEqual(expected)
  })

  it('a box that has to say something says no when it is not ticked', () => {
    expect(attributesOf(formOf({}), [{ ...tick, isRequired: true }], {})).toEqual({
      Remote: 'false',
    })
  })

  it('is the same whatever the order', () => {
    expect(sameAttributes({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true)
    expect(sameAttributes({ a: '1' }, { a: '1', b: '2' })).toBe(false)
    expect(sameAttributes({ a: '1' }, { a: '2' })).toBe(false)
  })

  it('is wrong where it is missing or no number; a missing account may be the project’s', () => {
    expect([...attributeProblems(t, all, {})]).toEqual([
      ['Km', t.missing],
      ['Kind', t.missing],
    ])
    expect([...attributeProblems(t, all, { Km: '1e3', Kind: 'a' })]).toEqual([['Km', t.number]])
    expect([...attributeProblems(t, all, { Km: '-0.5', Kind: 'a' })]).toEqual([])
  })

  it('is wrong where the server says so, in words of ours', () => {
    const refusal = (...fields: string[]) =>
      new ProblemError(
        {
          ...{ type: 'about:blank', title: '', status: 400, detail: '', code: 'invalid' },
          problems: fields.map((field) => ({ field, message: 'the server’s' })),
        } as never,
        'r1',
      )
    const error = refusal('attributes._Account_', 'attributes.Kind', 'attributes.Other', 'comment')
    const values = { Kind: 'x', Other: 'y' }
    expect([...refusedAttributes(t, all, values, error)]).toEqual([
      ['_Account_', t.missing],
      ['Kind', t.list],
      ['Other', 'the server’s'],
    ])
    expect(isAboutAttributes(error)).toBe(true)
    expect(isAboutAttributes(refusal('comment'))).toBe(false)
    expect(isAboutAttributes(new Error('away'))).toBe(false)
  })
})
