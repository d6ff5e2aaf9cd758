import type { AttributeChange, AttributeWish } from '../../domain/accounting.ts'
import {
  type Attribute,
  type AttributeOption,
  type AttributeType,
  attributeTypes,
} from '../../domain/attribute.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import { escaped } from './links.ts'
import { wholeOrPaged } from './lists.ts'
import type { Operations } from './operations.ts'
import { unknownAttribute } from './worklogs-errors.ts'

/** The definitions of work attributes: section 5 of the contract. */
export function workAttributes({ get, post, put, delete: remove }: Operations): void {
  get('/work-attributes', async (call) =>
    wholeOrPaged(call, await call.needs.store.attributes.list(call.actor.siteId), (one) =>
      renderAttribute(call, one),
    ),
  )

  get('/work-attributes/:key', async (call) => renderAttribute(call, await find(call)))

  post('/work-attributes', async (call) => {
    const fields = fieldsOf(call.body)
    const key = fields.text('key')
    const { name, ...wish } = readWish(fields)
    if (key === undefined || key === '') fields.wrong('Missing work attribute key')
    if (wish.type === undefined && !fields.has('type')) fields.wrong("'type' is missing")
    fields.check()
    const attribute = await inWords(
      { conflict: 'Work attribute with this key already exists' },
      () =>
        call.needs.accounting.createAttribute(call.actor, {
          ...wish,
          key: key ?? '',
          name: name ?? '',
          type: wish.type ?? 'input-field',
        }),
    )
    return renderAttribute(call, attribute)
  })

  put('/work-attributes/:key', async (call) => {
    const before = await find(call)
    const fields = fieldsOf(call.body)
    const { type, ...wish } = readWish(fields, before.options)
    const key = fields.text('key')
    fields.check()
    if (key !== undefined && key !== before.key)
      throw badRequest('The key of a work attribute cannot be changed')
    if (type !== undefined && type !== before.type)
      throw badRequest('The type of a work attribute cannot be changed')
    const change: AttributeChange = { ...wish, isRequired: wish.isRequired ?? false }
    const after = await call.needs.accounting.changeAttribute(call.actor, before.key, change)
    return renderAttribute(call, after)
  })

  remove('/work-attributes/:key', async (call) => {
    const { key } = await find(call)
    await call.needs.accounting.removeAttribute(call.actor, key)
    return undefined
  })
}

async function find(call: Call): Promise<Attribute> {
  const key = call.param('key')
  const all = await call.needs.store.attributes.list(call.actor.siteId)
  const found = all.find((one) => one.key === key)
  if (!found) throw notFound(unknownAttribute(key))
  return found
}

function readWish(
  fields: Fields,
  before: readonly AttributeOption[] = [],
): Partial<Omit<AttributeWish, 'key'>> {
  const name = fields.text('name')
  if (name === undefined || name.trim() === '') fields.wrong('Missing work attribute name')
  const type = fields.oneOf('type', attributeTypes.map(typeName))
  const isRequired = fields.flag('required')
  const values = fields.texts('values')
  return {
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type: attributeTypes.find((one) => typeName(one) === type) }),
    ...(isRequired === undefined ? {} : { isRequired }),
    ...(values === undefined ? {} : { options: optionsOf(values, before) }),
  } as Partial<Omit<AttributeWish, 'key'>>
}

/**
 * The caller gives labels; what is stored of one has no blanks and never changes [seed]. A value
 * that is sent back as it was shown keeps its label.
 */
function optionsOf(texts: readonly string[], before: readonly AttributeOption[]) {
  return texts.map(
    (text) =>
      before.find(({ value, label }) => label === text || value === text) ?? {
        value: text.replace(/\s+/g, ''),
        label: text,
      },
  )
}

function typeName(type: AttributeType): string {
  return type.toUpperCase().replaceAll('-', '_')
}

/** Version 4 shows lists for every type: one client reads `names` of whatever is required [C 1]. */
function renderAttribute(call: Call, attribute: Attribute): object {
  const { key, name, type, isRequired, options } = attribute
  const hasList = type === 'static-list' || call.face.version === 4
  return {
    self: call.to(`/work-attributes/${escaped(key)}`),
    key,
    name,
    type: typeName(type),
    required: isRequired,
    ...(hasList
      ? {
          values: options.map(({ value }) => value),
          names: Object.fromEntries(options.map(({ value, label }) => [value, label])),
        }
      : {}),
  }
}
