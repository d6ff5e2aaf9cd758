import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Attribute,
  type AttributeContext,
  type AttributeId,
  type AttributeType,
  attributeTypes,
  checkedAttributes,
} from './attribute.ts'

const define = (key: string, type: AttributeType, isRequired = false): Attribute => ({
  id: '1' as AttributeId,
  key,
  name: `The ${key}`,
  type,
  isRequired,
  options: type === 'static-list' ? [{ value: 'LightBlue', label: 'Light Blue' }] : [],
  version: 1,
})

const context = (more: Partial<AttributeContext> = {}): AttributeContext => ({
  definitions: attributeTypes.map((type) => define(type, type)),
  accounts: new Map([
    ['ACME', { key: 'ACME', status: 'open' }],
    ['OLD', { key: 'OLD', status: 'closed' }],
    ['GONE', { key: 'GONE', status: 'archived' }],
  ]),
  allowsClosedAccounts: true,
  defaultAccount: undefined,
  ...more,
})

describe('checkedAttributes', () => {
  it.each([
    ['account', 'ACME', 'ACME'],
    ['account', 'OLD', 'OLD'],
    ['checkbox', 'TRUE', 'true'],
    ['checkbox', 'false', 'false'],
    ['input-numeric', '-12.50', '-12.50'],
    ['static-list', 'LightBlue', 'LightBlue'],
    ['input-field', ' as it is ', ' as it is '],
    ['dynamic-dropdown', 'whatever', 'whatever'],
  ])('takes %s %j as %j', (key, value, stored) => {
    expect(checkedAttributes({ [key]: value }, {}, context())).toEqual({ [key]: stored })
  })

  it.each([
    ['account', 'NOPE', 'value'],
    ['account', 'GONE', 'value'],
    ['account', 'acme', 'value'],
    ['checkbox', 'yes', 'value'],
    ['input-numeric', '1e9', 'value'],
    ['input-numeric', '1,5', 'value'],
    ['static-list', 'Light Blue', 'value'],
    ['unheard-of', 'x', 'unknown'],
    ['__proto__', 'x', 'unknown'],
  ])('refuses %s %j: %s', (key, value, reason) => {
    const given = Object.fromEntries([[key, value]])
    expect(() => checkedAttributes(given, {}, context())).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: expect.objectContaining({ attributes: [expect.objectContaining({ reason })] }),
      }),
    )
  })

  it('refuses a closed account where the site says so', () => {
    const strict = context({ allowsClosedAccounts: false })
    expect(() => checkedAttributes({ account: 'OLD' }, {}, strict)).toThrow(/closed account/)
  })

  it('wants what is required, and takes the account from the project', () => {
    const definitions = [define('a', 'account', true), define('b', 'input-field', true)]
    expect(() => checkedAttributes({ b: 'x' }, {}, context({ definitions }))).toThrow(
      /a is required/,
    )
    expect(() => checkedAttributes({ a: 'ACME', b: '' }, {}, context({ definitions }))).toThrow(
      /b is required/,
    )
    const withDefault = context({ definitions, defaultAccount: 'ACME' })
    expect(checkedAttributes({ b: 'x' }, {}, withDefault)).toEqual({ a: 'ACME', b: 'x' })
  })

  it('names everything that is wrong at once', () => {
    const given = { checkbox: '1', 'input-numeric': 'x', none: 'y' }
    try {
      checkedAttributes(given, {}, context())
      expect.unreachable()
    } catch (error) {
      const { problems } = (error as { details: { problems: { field: string }[] } }).details
      expect(problems.map(({ field }) => field)).toEqual([
        'attributes.checkbox',
        'attributes.input-numeric',
        'attributes.none',
      ])
    }
  })

  it('lets a row keep whatever it held, and keeps nothing else that is not allowed', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('ACME', 'true', '5', 'LightBlue', ''))
    const values = fc.dictionary(fc.constantFrom(...attributeTypes, 'gone'), value)
    fc.assert(
      fc.property(values, (held) => {
        const kept = checkedAttributes(held, held, context())
        const filled = Object.entries(held).filter(([, text]) => text !== '')
        expect(Object.keys(kept).sort()).toEqual(filled.map(([key]) => key).sort())
        expect(checkedAttributes(kept, kept, context())).toEqual(kept)
      }),
    )
  })
})
