import type { WorklogView } from '../../domain/worklog.ts'
import type { WriteCommand } from '../../domain/worklog-book.ts'
import { type Fields, fieldsOf, listOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, notFound, TempoError } from './errors.ts'
import type { Operations } from './operations.ts'
import { flagIn } from './query.ts'
import { estimateIn, toChange, toEntry } from './worklogs-body.ts'
import { unwrapped } from './worklogs-errors.ts'
import { issueIdsOf } from './worklogs-params.ts'
import { renderWorklog } from './worklogs-render.ts'
import { findWorklog } from './worklogs-routes.ts'

/** Writing worklogs, in mirror mode through Jira: sections 4.3 and 4.4 of the contract. */
export function worklogWrites({ face, post, put, delete: remove }: Operations): void {
  post('/worklogs', async (call) => {
    const fields = fieldsOf(call.body)
    const entry = await toEntry(call, fields)
    const estimate = estimateIn(fields)
    const passing = passingIn(call, fields)
    fields.check()
    return renderWorklog(call, await writeOne(call, { kind: 'log', entry, estimate, ...passing }))
  })

  put('/worklogs/:id', async (call) => {
    const before = await findWorklog(call)
    const fields = fieldsOf(call.body)
    const change = await toChange(call, fields, before)
    const estimate = estimateIn(fields)
    const passing = passingIn(call, fields)
    fields.check()
    const command = { kind: 'change', id: before.id, change, estimate, ...passing } as const
    return renderWorklog(call, await writeOne(call, command))
  })

  remove('/worklogs/:id', async (call) => {
    const { id } = await findWorklog(call)
    const passesLocks = face.version === 4 && flagIn(call.query, bypass) === true
    const estimate = { mode: 'auto' } as const
    await writeOne(call, { kind: 'remove', id, estimate, ...(passesLocks ? { passesLocks } : {}) })
    return undefined
  })

  if (face.version === 4) post('/worklogs/issue/:issueId/bulk', bulk)
}

const bypass = 'bypassPeriodClosuresAndApprovals'

/** Closed periods and approvals passed over, which version 4 lets administrators do [S4n]. */
function passingIn({ face }: Call, fields: Fields): { passesLocks?: true } {
  return face.version === 4 && fields.flag(bypass) === true ? { passesLocks: true } : {}
}

async function writeOne(call: Call, command: WriteCommand): Promise<WorklogView> {
  const { actor, needs } = call
  const outcomes = await needs.book.write({ actor, commands: [command], isByHand: true })
  return unwrapped(call, outcomes)[0]!
}

const mostRows = 1_000
const running = new Set<string>()

/** All rows or none, and one at a time for an issue [S4n]. */
async function bulk(call: Call): Promise<object> {
  const [issueId] = await issueIdsOf(call, [call.param('issueId')])
  if (issueId === undefined) throw notFound('Issue not found')
  const { rows, check } = listOf(call.body)
  if (rows.length === 0 || rows.length > mostRows)
    throw badRequest(`Please provide at least 1 and at most ${mostRows} worklogs`)
  const name = `${call.actor.siteId} ${issueId}`
  if (running.has(name))
    throw new TempoError(409, 'Worklogs are being created on this issue already')
  running.add(name)
  try {
    const commands: { kind: 'log'; entry: Awaited<ReturnType<typeof toEntry>> }[] = []
    for (const row of rows)
      commands.push({ kind: 'log', entry: await toEntry(call, row, call.param('issueId')) })
    check()
    const { book } = call.needs
    const outcomes = await book.write({ actor: call.actor, commands, isAtomic: true })
    return unwrapped(call, outcomes).map((worklog) => renderWorklog(call, worklog))
  } finally {
    running.delete(name)
  }
}
