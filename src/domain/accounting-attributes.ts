import {
  type Attribute,
  type AttributeOption,
  type AttributeType,
  attributeLimits,
  attributeTypes,
} from './attribute.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError } from './errors.ts'
import { textProblem } from './text.ts'

/** A new work attribute; `options` are for a static list only. */
export type AttributeWish = {
  readonly key: string
  readonly name: string
  readonly type: AttributeType
  readonly isRequired?: boolean
  readonly options?: readonly AttributeOption[]
}

/** What to change; key and type stay, as rows hold values of them. */
export type AttributeChange = Partial<Omit<AttributeWish, 'key' | 'type'>>

export async function createAttribute(
  writing: DirectoryWriting,
  wish: AttributeWish,
): Promise<Attribute> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'attribute' }, 'create work attributes')
  checkAttribute(wish, wish.type)
  const known = await tx.attributes.list(actor.siteId)
  if (known.some(({ key }) => key === wish.key))
    throw taken('key', `there is a work attribute ${wish.key} already`)
  if (known.length >= attributeLimits.count)
    throw new DomainError('invalid', `A site has at most ${attributeLimits.count} work attributes`)
  const attribute = {
    key: wish.key,
    name: wish.name,
    type: wish.type,
    isRequired: wish.isRequired ?? false,
    options: wish.options ?? [],
    version: tx.takeVersions(1),
  }
  const created = { ...attribute, id: await tx.attributes.insert(actor.siteId, attribute) }
  noteChange(writing, 'attribute.create', created.id, null, created)
  return created
}

export async function changeAttribute(
  writing: DirectoryWriting,
  key: string,
  change: AttributeChange,
  ifVersion: number | undefined,
): Promise<Attribute> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'attribute' }, 'change work attributes')
  const before = await findAttribute(writing, key)
  checkFresh(before, ifVersion)
  checkAttribute(change, before.type)
  const after: Attribute = {
    ...before,
    name: change.name ?? before.name,
    isRequired: change.isRequired ?? before.isRequired,
    options: change.options ?? before.options,
    version: tx.takeVersions(1),
  }
  await tx.attributes.update(actor.siteId, after)
  noteChange(writing, 'attribute.update', before.id, before, after)
  return after
}

/** Worklogs keep the values they have: what was booked is never rewritten. */
export async function removeAttribute(
  writing: DirectoryWriting,
  key: string,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'attribute' }, 'remove work attributes')
  const before = await findAttribute(writing, key)
  checkFresh(before, ifVersion)
  tx.takeVersions(1)
  await tx.attributes.remove(actor.siteId, before.id)
  noteChange(writing, 'attribute.delete', before.id, before, null)
}

async function findAttribute({ tx, actor }: DirectoryWriting, key: string): Promise<Attribute> {
  const found = (await tx.attributes.list(actor.siteId)).find((one) => one.key === key)
  if (!found) throw new DomainError('not-found', `There is no work attribute ${key}`)
  return found
}

function checkAttribute(wish: Partial<AttributeWish>, type: AttributeType): void {
  const checks = startChecks()
  checks.line('key', wish.key, 255)
  checks.line('name', wish.name, 255)
  checks.matches(
    'type',
    type,
    (text) => (attributeTypes as readonly string[]).includes(text),
    'is not known',
  )
  const { options } = wish
  if (options) {
    if (type !== 'static-list' && options.length > 0)
      checks.wrong('options', 'are for static lists')
    if (options.length > attributeLimits.options)
      checks.wrong('options', `at most ${attributeLimits.options}`)
    if (new Set(options.map(({ value }) => value)).size < options.length)
      checks.wrong('options', 'must differ in their values')
    for (const { value, label } of options) {
      const problem = textProblem(value, 4_000) ?? textProblem(label, 4_000)
      if (problem ?? (value === '' ? 'must not be empty' : undefined))
        checks.wrong('options', problem ?? 'must not be empty')
    }
  }
  checks.finish('The work attribute cannot be accepted')
}
