import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { invalidField } from '../domain/errors.ts'
import { type WorklogField, worklogFields } from '../domain/worklog.ts'
import { formats } from '../formats/formats.ts'
import { usualWorklogFields } from '../reports/worklog-table.ts'
import { ExportQuery, exportFormats } from './contract.ts'
import { worklogQuery } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { operation } from './operation.ts'

export function registerExport(scope: FastifyInstance, needs: ApiNeeds): void {
  scope.get<{ Querystring: ExportQuery }>(
    '/worklogs/export',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'exportWorklogs',
        tag: 'Worklogs',
        summary: 'Export worklogs',
        description:
          'All worklogs that match, as a file, by day and id. It is streamed: a file that ends before its closing chunk is not complete.',
        querystring: ExportQuery,
        answers: { 200: { description: 'The file', content: fileTypes() } },
      }),
    },
    async (request, reply) => {
      const { format, fields, guard, ...filters } = request.query
      const columns = columnsOf(fields)
      const query = await worklogQuery(needs.store, actorOf(request), filters)
      const file = needs.exportWorklogs(query, columns, format, {
        guardFormulas: guard !== 'false',
      })
      const chunks = file.chunks[Symbol.asyncIterator]()
      // Pulled before the headers leave, so that a query that fails at once is still a problem.
      const first = await chunks.next()
      void reply
        .type(file.contentType)
        .header('content-disposition', attachment(file.extension, filters))
      if (request.method === 'HEAD') {
        await chunks.return?.()
        return reply.send()
      }
      return reply.send(streamOf(first, chunks))
    },
  )
}

/** The rest of a file; leaving early ends its source even when nothing was read yet. */
function streamOf(first: IteratorResult<Buffer>, chunks: AsyncIterator<Buffer>): Readable {
  let waiting: IteratorResult<Buffer> | undefined = first
  const iterator = {
    async next(): Promise<IteratorResult<Buffer>> {
      const chunk = waiting
      waiting = undefined
      return chunk ?? chunks.next()
    },
    async return(): Promise<IteratorResult<Buffer>> {
      await chunks.return?.()
      return { done: true, value: undefined }
    },
  }
  return Readable.from({ [Symbol.asyncIterator]: () => iterator }, { objectMode: false })
}

function columnsOf(fields: string | undefined): readonly WorklogField[] {
  if (fields === undefined) return usualWorklogFields
  return fields.split(',').map((name) => {
    const field = worklogFields.find((one) => one === name)
    if (!field) throw invalidField('fields', `"${name}" is none of ${worklogFields.join(', ')}`)
    return field
  })
}

function attachment(extension: string, { from, to }: { from?: string; to?: string }): string {
  const span = [from, to].filter((day) => day !== undefined).join('_')
  return `attachment; filename="${span === '' ? 'worklogs' : `worklogs_${span}`}.${extension}"`
}

function fileTypes(): Record<string, { schema: { type: 'string' } }> {
  return Object.fromEntries(
    exportFormats.map((name) => [
      formats[name].contentType.split(';', 1)[0],
      { schema: { type: 'string' } },
    ]),
  )
}
