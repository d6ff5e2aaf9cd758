import type { TeamId } from '../../domain/team.ts'
import type { TeamLink, TeamLinkId, TeamScope } from '../../domain/team-link.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { renderLinks } from './team-links-render.ts'
import { findTeam, visibleTeams } from './teams-find.ts'
import { projectIdsOf } from './worklogs-params.ts'

/** What teams work on; version 4 knows projects only. */
export function teamLinks({ face, get, post, delete: remove }: Operations): void {
  const types = face.version === 3 ? (['BOARD', 'PROJECT'] as const) : (['PROJECT'] as const)
  post('/team-links', async (call) => {
    const fields = fieldsOf(call.body)
    for (const name of ['teamId', 'scopeType', 'scopeId'])
      if (!fields.has(name)) fields.wrong(`'${name}' is missing`)
    const teamId = fields.id('teamId')
    const type = fields.oneOf('scopeType', types)
    const scopeId = fields.id('scopeId')
    fields.check()
    const team = await findTeam(call, teamId).catch(() => undefined)
    if (!team) throw badRequest('Team not found')
    const link = await inWords({ conflict: 'Team is already linked to this scope' }, async () =>
      call.needs.teams.link(call.actor, team.id, await scopeOf(call, type!, scopeId!)),
    )
    return (await renderLinks(call, [link], 'alone'))[0]
  })

  get('/team-links/:id', async (call) => (await renderLinks(call, [await find(call)], 'alone'))[0])

  remove('/team-links/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.teams.unlink(call.actor, id)
    return undefined
  })

  get('/team-links/project/:project', async (call) => {
    const [projectId] = await projectIdsOf(call, [call.param('project')])
    const links = projectId
      ? await call.needs.store.teamLinks.list(call.actor.siteId, { projectId, limit: 10_000 })
      : []
    const ids = links.map((link) => link.teamId)
    const seen = new Set((await visibleTeams(call, { ids })).map((team) => team.id))
    const visible = links.filter((link) => seen.has(link.teamId))
    return whole(call, await renderLinks(call, visible, 'of-project'), (row) => row)
  })
}

async function scopeOf(call: Call, type: 'BOARD' | 'PROJECT', scopeId: string): Promise<TeamScope> {
  if (type === 'BOARD') return { type: 'board', boardId: scopeId }
  const [projectId] = await projectIdsOf(call, [scopeId])
  if (projectId === undefined)
    throw badRequest('You do not have permission to browse Project connected to the link')
  return { type: 'project', projectId }
}

async function find(call: Call): Promise<TeamLink> {
  const id = call.param('id')
  const words = `Link with id '${id}' does not exist`
  const link = await inWords({ 'not-found': words }, () =>
    call.needs.store.teamLinks.get(call.actor.siteId, id as TeamLinkId),
  )
  const [team] = await visibleTeams(call, { ids: [link.teamId satisfies TeamId] })
  if (!team) throw notFound(words)
  return link
}
