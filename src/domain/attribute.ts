import type { Brand } from './brand.ts'
import { DomainError } from './errors.ts'
import type { SiteId } from './site.ts'

export type AttributeId = Brand<string, 'AttributeId'>

export const attributeTypes = [
  'account',
  'checkbox',
  'dynamic-dropdown',
  'input-field',
  'input-numeric',
  'static-list',
] as const

export type AttributeType = (typeof attributeTypes)[number]

/** One value of a list: what is stored, which never changes, and what people read. */
export type AttributeOption = { readonly value: string; readonly label: string }

/** A field that worklogs carry beside their own, by its key, which never changes. */
export type Attribute = {
  readonly id: AttributeId
  readonly key: string
  readonly name: string
  readonly type: AttributeType
  readonly isRequired: boolean
  /** For a static list only. */
  readonly options: readonly AttributeOption[]
  readonly version: number
}

export interface AttributeStore {
  /** All of a site, in the order they were made; at most `attributeLimits.count`. */
  list(siteId: SiteId): Promise<readonly Attribute[]>
  insert(siteId: SiteId, attribute: Omit<Attribute, 'id'>): Promise<AttributeId>
  update(siteId: SiteId, attribute: Attribute): Promise<void>
  remove(siteId: SiteId, id: AttributeId): Promise<void>
}

export const attributeLimits = { count: 100, options: 1_000 } as const

/** What a value of an account attribute can name. */
export type KnownAccount = { readonly key: string; readonly status: 'open' | 'closed' | 'archived' }

export type AttributeContext = {
  readonly definitions: readonly Attribute[]
  readonly accounts: ReadonlyMap<string, KnownAccount>
  readonly allowsClosedAccounts: boolean
  /** Key of the account the worklog's project has as its default. */
  readonly defaultAccount: string | undefined
}

/**
 * The values a worklog is written with, as they are stored: checked against their definitions,
 * empty ones left out, a required account that is missing taken from the project's default. A value
 * the row had before passes as it is: what it named may be gone by now. Throws `invalid`.
 */
export function checkedAttributes(
  given: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
  context: AttributeContext,
): Readonly<Record<string, string>> {
  const problems: AttributeProblem[] = []
  const values: Record<string, string> = {}
  const known = new Map(context.definitions.map((one) => [one.key, one]))
  for (const [key, value] of Object.entries(given)) {
    if (value === '') continue
    const definition = known.get(key)
    const problem =
      Object.hasOwn(before, key) && before[key] === value
        ? undefined
        : definition
          ? valueProblem(definition, value, context)
          : 'is not a work attribute of this site'
    if (problem === undefined) values[key] = stored(definition, value)
    else problems.push({ key, message: problem, reason: definition ? 'value' : 'unknown' })
  }
  for (const { key, name, type, isRequired } of context.definitions) {
    if (
      !isRequired ||
      Object.hasOwn(values, key) ||
      (Object.hasOwn(given, key) && given[key] !== '')
    )
      continue
    if (type === 'account' && context.defaultAccount !== undefined)
      values[key] = context.defaultAccount
    else problems.push({ key, name, message: `is required (${name})`, reason: 'required' })
  }
  if (problems.length > 0) throw refusal(problems)
  return values
}

/** What is wrong with one value: `name` is that of an attribute that is missing. */
export type AttributeProblem = {
  readonly key: string
  readonly name?: string
  readonly message: string
  readonly reason: 'required' | 'unknown' | 'value'
}

function refusal(attributes: readonly AttributeProblem[]): DomainError {
  const problems = attributes.map(({ key, message }) => ({ field: `attributes.${key}`, message }))
  const text = problems.map(({ field, message }) => `${field} ${message}`).join('; ')
  return new DomainError('invalid', text, { problems, attributes })
}

function stored(definition: Attribute | undefined, value: string): string {
  return definition?.type === 'checkbox' ? value.toLowerCase() : value
}

function valueProblem(
  { type, options }: Attribute,
  value: string,
  { accounts, allowsClosedAccounts }: AttributeContext,
): string | undefined {
  switch (type) {
    case 'account': {
      const account = accounts.get(value)
      if (!account) return `names no account: ${value}`
      if (account.status === 'archived') return `names an archived account: ${value}`
      const isRefused = account.status === 'closed' && !allowsClosedAccounts
      return isRefused ? `names a closed account: ${value}` : undefined
    }
    case 'checkbox':
      return /^(true|false)$/i.test(value) ? undefined : 'must be true or false'
    case 'input-numeric':
      return /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? undefined : 'must be a number'
    case 'static-list':
      return options.some((option) => option.value === value)
        ? undefined
        : `is not in the list: ${value}`
    case 'input-field':
    case 'dynamic-dropdown':
      return undefined
  }
}
