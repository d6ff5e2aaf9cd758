import type { FastifyInstance } from 'fastify'
import { type AccountLinkId, type AccountLinkView, mostAccountLinks } from '../domain/account.ts'
import type { AccountLinkWish } from '../domain/accounting.ts'
import { findAccount } from './accounts.ts'
import { setVersionTag } from './conditions.ts'
import {
  AccountLink,
  AccountLinksAnswer,
  AccountLinksQuery,
  IdParams,
  NewAccountLink,
  ref,
} from './contract.ts'
import { single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'

type Id = { Params: { id: AccountLinkId } }

/** Which projects bill to which accounts. */
export function registerAccountLinks(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, accounting } = needs
  scope.get<{ Querystring: AccountLinksQuery }>(
    '/account-links',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listAccountLinks',
        tag: 'Accounts',
        summary: 'List links of accounts to projects',
        description: `Of an account, of a project, of both, or the first ${mostAccountLinks} of all.`,
        querystring: AccountLinksQuery,
        answers: { 200: answer('The links', ref(AccountLinksAnswer)) },
      }),
    },
    async (request) => {
      const { siteId } = actorOf(request)
      const { account, project } = request.query
      const projects = project && (await store.projects.findByNames(siteId, [project])).get(project)
      const links = await store.accountLinks.find(siteId, {
        ...(account === undefined
          ? {}
          : { accountId: (await findAccount(needs, siteId, account)).id }),
        ...(project === undefined
          ? {}
          : { projectIds: [single('project', project, projects || []).id] }),
        limit: mostAccountLinks,
      })
      return { links: links.map(renderLink) }
    },
  )

  scope.post<{ Body: AccountLinkWish }>(
    '/account-links',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createAccountLink',
        tag: 'Accounts',
        summary: 'Link an account to a project',
        description: 'As the default of the project it takes the place of the one before.',
        body: ref(NewAccountLink),
        answers: { 201: answer('Created', ref(AccountLink), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const created = await accounting.createLink(actorOf(request), request.body)
      setVersionTag(reply, created)
      void reply.code(201).header('location', `${scope.prefix}/account-links/${created.id}`)
      return renderLink(created)
    },
  )

  scope.put<Id>(
    '/account-links/:id/default',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'makeAccountLinkDefault',
        tag: 'Accounts',
        summary: 'Make an account the default of its project',
        description: 'Worklogs that must name an account and do not are billed to it.',
        params: IdParams,
        answers: { 200: answer('As it is now', ref(AccountLink), versionTag) },
      }),
    },
    async (request, reply) => {
      const link = await accounting.makeLinkDefault(actorOf(request), request.params.id)
      setVersionTag(reply, link)
      return renderLink(link)
    },
  )

  scope.delete<Id>(
    '/account-links/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeAccountLink',
        tag: 'Accounts',
        summary: 'Unlink an account from a project',
        description: 'What was billed stays as it is.',
        params: IdParams,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await accounting.removeLink(actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

function renderLink({ id, account, project, isDefault, version }: AccountLinkView) {
  return {
    id,
    account: { id: account.id, key: account.key, name: account.name },
    project: { id: project.id, key: project.key, name: project.name },
    isDefault,
    version,
  }
}
