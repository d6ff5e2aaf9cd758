import type { FastifyInstance } from 'fastify'
import { invalidField } from '../domain/errors.ts'
import { type WorklogField, worklogFields } from '../domain/worklog.ts'
import { formats } from '../formats/formats.ts'
import { usualWorklogFields } from '../reports/worklog-table.ts'
import { ExportQuery, exportFormats } from './contract.ts'
import { sendFile } from './files.ts'
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
      const query = await worklogQuery(needs, actorOf(request), filters)
      const file = needs.exportWorklogs(query, columns, format, {
        guardFormulas: guard !== 'false',
      })
      return sendFile(reply, {
        contentType: file.contentType,
        name: fileName(file.extension, filters),
        chunks: file.chunks,
      })
    },
  )
}

function columnsOf(fields: string | undefined): readonly WorklogField[] {
  if (fields === undefined) return usualWorklogFields
  return fields.split(',').map((name) => {
    const field = worklogFields.find((one) => one === name)
    if (!field) throw invalidField('fields', `"${name}" is none of ${worklogFields.join(', ')}`)
    return field
  })
}

function fileName(extension: string, { from, to }: { from?: string; to?: string }): string {
  const span = [from, to].filter((day) => day !== undefined).join('_')
  return `${span === '' ? 'worklogs' : `worklogs_${span}`}.${extension}`
}

function fileTypes(): Record<string, { schema: { type: 'string' } }> {
  return Object.fromEntries(
    exportFormats.map((name) => [
      formats[name].contentType.split(';', 1)[0],
      { schema: { type: 'string' } },
    ]),
  )
}
