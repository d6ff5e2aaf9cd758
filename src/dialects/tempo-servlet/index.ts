import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { type Actor, can } from '../../domain/permission.ts'
import { ServletError, sendRefusal } from './errors.ts'
import type { ServletNeeds } from './needs.ts'
import { type Params, readParams } from './params.ts'
import { readPosted } from './read-body.ts'
import { renderForm } from './render-updates.ts'
import { billingKeyList, holidayList } from './routes-lists.ts'
import { updateWorklogs } from './routes-updates.ts'
import { type Document, getWorklogReport, getWorklogs } from './routes-worklogs.ts'

export type { ServletNeeds } from './needs.ts'

const bodyLimit = 16 * 1_024 * 1_024
const xmlType = 'text/xml;charset=UTF-8'

/** Tempo's servlets for ERP systems (Data Center): seed 003 and contract `tempo-servlet`. */
export async function registerTempoServlet(
  server: FastifyInstance,
  needs: ServletNeeds,
): Promise<void> {
  await server.register(async (scope) => registerServlets(scope, needs), {
    prefix: '/plugins/servlet',
  })
}

function registerServlets(scope: FastifyInstance, needs: ServletNeeds): void {
  scope.setErrorHandler((error, request, reply) => sendRefusal(request, reply, error))
  scope.removeAllContentTypeParsers()
  // Whatever is said of the body, also nothing: contract 3.1 takes it as it comes.
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.route<{ Params: { servlet: string } }>({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/:servlet',
    bodyLimit,
    // The secret stands in the address, as seed 003 has it, or in the form: each servlet checks it.
    config: { access: 'address' },
    handler: async (request, reply) => {
      // Seed 003 prints one address with `&` where `?` belongs.
      const [name = '', literal = ''] = request.params.servlet.split(/&(.*)/s)
      const query = readParams(
        Object.fromEntries(new URLSearchParams(literal)),
        request.query as Readonly<Record<string, unknown>>,
      )
      return answerServlet(name, query, request, reply, needs)
    },
  })
}

async function answerServlet(
  name: string,
  query: Params,
  request: FastifyRequest,
  reply: FastifyReply,
  needs: ServletNeeds,
): Promise<FastifyReply> {
  if (!Object.hasOwn(servlets, name)) {
    request.log.debug({ method: request.method, servlet: name }, 'no such servlet')
    throw new ServletError(404, `There is no servlet ${name}`)
  }
  const methods: readonly string[] = name === 'tempo-updateWorklog' ? ['GET', 'POST'] : ['GET']
  if (!methods.includes(request.method)) {
    void reply.header('allow', methods.join(', '))
    throw new ServletError(405, `${name} answers ${methods.join(' and ')} only`)
  }
  return servlets[name as keyof typeof servlets](query, request, reply, needs)
}

type Servlet = (
  query: Params,
  request: FastifyRequest,
  reply: FastifyReply,
  needs: ServletNeeds,
) => Promise<FastifyReply>

const servlets = {
  'tempo-getWorklog': async (query, request, reply, needs) => {
    const actor = await identify(query, request, needs, 'export')
    return sendDocument(reply, await getWorklogs(actor, query, needs))
  },
  'tempo-getWorklogReport': async (query, request, reply, needs) => {
    const actor = await identify(query, request, needs, 'report')
    return sendDocument(reply, await getWorklogReport(actor, query, needs))
  },
  'tempo-updateWorklog': async (query, request, reply, needs) => {
    if (request.method === 'GET') {
      await identify(query, request, needs, 'form')
      return reply.type('text/html;charset=UTF-8').send(renderForm(request.originalUrl))
    }
    const { form, xml } = await readPosted(request)
    const actor = await identify(readParams(query, form), request, needs, 'update')
    return reply.type(xmlType).send(await updateWorklogs(actor, xml, needs))
  },
  'tempo-billingKeyList': async (query, request, reply, needs) => {
    const actor = await identify(query, request, needs, 'accounts')
    return reply.type(xmlType).send(await billingKeyList(actor, needs))
  },
  'tempo-holidayList': async (query, request, reply, needs) => {
    const actor = await identify(query, request, needs, 'holidays')
    return reply.type(xmlType).send(await holidayList(actor, query, needs))
  },
} as const satisfies Record<string, Servlet>

/**
 * Who stands behind `tempoApiToken`. It sees all worklogs, so only a token made for it will do;
 * every call leaves a trace. Names and passwords some clients send beside it are not looked at.
 */
async function identify(
  params: Params,
  request: FastifyRequest,
  { identity, handOvers }: ServletNeeds,
  what: string,
): Promise<Actor> {
  const { tempoApiToken, os_username, os_password, worklogs, ...asked } = params
  if (tempoApiToken === undefined)
    throw new ServletError(403, 'The security token is missing: tempoApiToken')
  const actor = await identity.identify(tempoApiToken, request.ip)
  if (!can(actor, 'read', { type: 'hand-over' }))
    throw new DomainError('forbidden', 'The token lacks the scope "servlet"')
  request.actor = actor
  await handOvers.begin(actor, what, asked)
  return actor
}

function sendDocument(reply: FastifyReply, { type, fileName, chunks }: Document): FastifyReply {
  if (fileName !== undefined)
    void reply.header('content-disposition', `attachment; filename="${fileName}"`)
  return reply.type(type).send(Readable.from(chunks, { objectMode: false }))
}
