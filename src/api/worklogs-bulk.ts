import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { NewEntry as Entry, WriteCommand, WriteOutcome } from '../domain/worklog-book.ts'
import { type Problem, problemOf } from '../http/problem.ts'
import { requestError } from '../http/schema.ts'
import { idempotencyOf } from './conditions.ts'
import {
  BulkAnswer,
  BulkEntries,
  KeyHeaders,
  NewEntry,
  type NewEntryBody,
  ref,
  type WorklogBody,
} from './contract.ts'
import { toNewEntry } from './entries.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { renderWorklog } from './render.ts'

type Result = {
  readonly index: number
  readonly status: number
  readonly worklog?: WorklogBody
  readonly problem?: Problem
}

export function registerBulk(scope: FastifyInstance, { book }: ApiNeeds): void {
  scope.post<{ Body: { worklogs: unknown[] } }>(
    '/worklogs/bulk',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'logTimeInBulk',
        tag: 'Worklogs',
        summary: 'Log many worklogs',
        description:
          'Up to 1,000 rows in one transaction. Each row stands for itself: a refused one does not keep the others out, and `results` says for each what became of it.',
        headers: KeyHeaders,
        body: ref(BulkEntries),
        answers: { 200: answer('What became of each row', ref(BulkAnswer)) },
      }),
    },
    async (request) => {
      const idempotency = idempotencyOf(request)
      const read = rowReader(request)
      const rows = request.body.worklogs.map(read)
      const commands = rows.flatMap((row): WriteCommand[] =>
        row instanceof DomainError ? [] : [{ kind: 'log', entry: row }],
      )
      const outcomes = await book.write({
        actor: actorOf(request),
        commands,
        ...(idempotency ? { idempotency } : {}),
      })
      outcomes.forEach(throwIfKeyReused)
      let at = 0
      const results = rows.map((row, index) =>
        row instanceof DomainError ? refused(index, row) : resultOf(index, outcomes[at++]),
      )
      const written = results.filter(({ worklog }) => worklog !== undefined).length
      return { results, written, refused: results.length - written }
    },
  )
}

/** Checks one row as a whole request body would be, and answers what is wrong with it. */
function rowReader(request: FastifyRequest): (row: unknown) => Entry | DomainError {
  const validate = request.compileValidationSchema(NewEntry)
  return (row) => {
    try {
      if (validate(row) !== true) return requestError(validate.errors ?? [], 'row')
      return toNewEntry(row as NewEntryBody)
    } catch (error) {
      if (error instanceof DomainError) return error
      throw error
    }
  }
}

function resultOf(index: number, outcome: WriteOutcome | undefined): Result {
  if (outcome?.ok) return { index, status: 201, worklog: renderWorklog(outcome.worklog) }
  const refusal = outcome?.refusal
  return refused(
    index,
    new DomainError(
      refusal?.code ?? 'unavailable',
      refusal?.message ?? 'The write was not answered',
      refusal?.details,
    ),
  )
}

function refused(index: number, error: DomainError): Result {
  const problem = problemOf(error)
  return { index, status: problem.status, problem }
}

/** A key that belongs to another request refuses the request as a whole, not row by row. */
function throwIfKeyReused(outcome: WriteOutcome): void {
  if (outcome.ok || outcome.refusal.details.reason !== 'idempotency-key-reused') return
  const { code, message, details } = outcome.refusal
  throw new DomainError(code, message, details)
}
