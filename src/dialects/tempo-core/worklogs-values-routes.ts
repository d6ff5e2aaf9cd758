import { viewerOf } from '../../domain/permission.ts'
import type { WorklogId, WorklogView } from '../../domain/worklog.ts'
import { fieldsOf, listOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, notFound } from './errors.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { attributesIn } from './worklogs-body.ts'
import { unknownAttribute, unwrapped } from './worklogs-errors.ts'
import { renderValues } from './worklogs-render.ts'
import { findWorklog } from './worklogs-routes.ts'

/** Values of work attributes on worklogs, apart from the worklogs themselves. */
export function worklogValues({ face, get, post, search }: Operations): void {
  get('/worklogs/:id/work-attribute-values', async (call) =>
    whole(call, renderValues(await findWorklog(call)), (value) => value),
  )

  get('/worklogs/:id/work-attribute-values/:key', async (call) => {
    const { attributes } = await findWorklog(call)
    const key = call.param('key')
    if (!Object.hasOwn(attributes, key)) throw notFound('Work attribute value cannot be found')
    return { key, value: attributes[key] }
  })

  post('/worklogs/work-attribute-values', add)
  if (face.version === 4) search('/worklogs/work-attribute-values/search', searchValues)
}

/** Only adds: a value that is there already refuses the whole request [S3]. */
async function add(call: Call): Promise<undefined> {
  const { actor, needs } = call
  const { rows, check } = listOf(call.body)
  const wishes = rows.map((row) => {
    const id = row.id('tempoWorklogId')
    if (id === undefined) row.wrong("'tempoWorklogId' is missing")
    return { id: (id ?? '') as WorklogId, values: attributesIn(row, 'attributeValues') }
  })
  check()
  const known = new Set((await needs.store.attributes.list(actor.siteId)).map(({ key }) => key))
  for (const key of wishes.flatMap(({ values }) => Object.keys(values)))
    if (!known.has(key)) throw notFound(unknownAttribute(key))
  const found = await findAll(
    call,
    wishes.map(({ id }) => id),
  )
  const attributes = new Map<WorklogId, Record<string, string>>()
  for (const { id, values } of wishes) {
    const worklog = found.get(id)
    if (!worklog) throw notFound('Worklog cannot be found')
    const held = attributes.get(id) ?? worklog.attributes
    if (Object.keys(values).some((key) => Object.hasOwn(held, key)))
      throw badRequest('Invalid work attribute value')
    attributes.set(id, { ...held, ...values })
  }
  const commands = [...attributes].map(([id, values]) => ({
    kind: 'change' as const,
    id,
    change: { attributes: values },
  }))
  unwrapped(call, await needs.book.write({ actor, commands, isAtomic: true }))
  return undefined
}

const mostIds = 500

async function searchValues(call: Call): Promise<object> {
  const fields = fieldsOf(call.body)
  const ids = [...new Set(fields.ids('tempoWorklogIds') ?? [])] as WorklogId[]
  fields.check()
  if (ids.length === 0 || ids.length > mostIds)
    throw badRequest(`Please provide at least 1 and at most ${mostIds} worklog ids`)
  return [...(await findAll(call, ids)).values()].map((worklog) => ({
    tempoWorklogId: Number(worklog.id),
    workAttributeValues: renderValues(worklog),
  }))
}

async function findAll(
  { actor, needs }: Call,
  ids: readonly WorklogId[],
): Promise<ReadonlyMap<WorklogId, WorklogView>> {
  const rows = await needs.store.worklogs.findByIds(actor.siteId, viewerOf(actor), ids)
  return new Map(rows.map((row) => [row.id, row]))
}
