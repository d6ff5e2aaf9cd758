import { type AccountLinkId, type AccountLinkView, mostAccountLinks } from '../../domain/account.ts'
import { renderLink, renderProjectLink } from './accounts-render.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { flagIn } from './query.ts'
import { projectIdsOf } from './worklogs-params.ts'

/** Which projects bill to which accounts: section 6 of the contract. */
export function accountLinks({ face, get, post, patch, delete: remove }: Operations): void {
  post('/account-links', async (call) => {
    const { actor, needs } = call
    const fields = fieldsOf(call.body)
    const account = fields.text('accountKey') ?? ''
    if (!fields.has('scopeType')) fields.wrong("'scopeType' is missing")
    fields.oneOf('scopeType', ['PROJECT'])
    const scopeId = fields.id('scopeId')
    if (scopeId === undefined && !fields.has('scopeId')) fields.wrong("'scopeId' is missing")
    const isDefault = face.version === 4 ? (fields.flag('default') ?? false) : false
    const known = await needs.store.accounts.find(actor.siteId, { keys: [account], limit: 1 })
    if (known.length === 0) fields.wrong('Invalid account key')
    fields.check()
    const [project] = await projectIdsOf(call, [scopeId ?? ''])
    if (project === undefined) throw badRequest('Project not found')
    const link = await inWords({ conflict: 'Account is already linked to this project' }, () =>
      needs.accounting.createLink(actor, { account, project, isDefault }),
    )
    return renderLink(call, link)
  })

  get('/account-links/:id', async (call) => renderLink(call, await find(call)))

  remove('/account-links/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.accounting.removeLink(call.actor, id)
    return undefined
  })

  if (face.version === 4)
    patch('/account-links/:id/make-default', async (call) => {
      const { id } = await find(call)
      await call.needs.accounting.makeLinkDefault(call.actor, id)
      return undefined
    })

  get('/account-links/project/:project', listOfProject)
}

async function find(call: Call): Promise<AccountLinkView> {
  const [link] = await call.needs.store.accountLinks.find(call.actor.siteId, {
    id: call.param('id') as AccountLinkId,
    limit: 1,
  })
  if (!link) throw notFound('Link not found')
  return link
}

/** No link leads to a global account, so `includeGlobalAccounts` adds none to a list of links. */
async function listOfProject(call: Call): Promise<object> {
  const { actor, needs, face } = call
  const projectIds = await projectIdsOf(call, [call.param('project')])
  if (projectIds.length === 0 && face.version === 4) throw notFound('Project not found')
  flagIn(call.query, 'includeGlobalAccounts')
  const links = await needs.store.accountLinks.find(actor.siteId, {
    projectIds,
    limit: mostAccountLinks,
  })
  return whole(call, links, (link) => renderProjectLink(call, link))
}
