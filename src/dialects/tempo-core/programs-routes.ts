import type { Program, ProgramId } from '../../domain/program.ts'
import type { ProgramWish } from '../../domain/staffing.ts'
import type { TeamId } from '../../domain/team.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { inWords } from './errors.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { personIn, readPeople } from './people.ts'
import { visibleTeams } from './teams-find.ts'
import { renderTeamRef } from './teams-render.ts'

/** Programs and their teams. */
export function programs({ get, post, put, delete: remove }: Operations): void {
  get('/programs', async (call) => {
    const rows = await call.needs.store.programs.list(call.actor.siteId, { limit: 10_000 })
    return whole(call, await renderPrograms(call, rows), (row) => row)
  })

  post('/programs', async (call) => {
    const wish = await toWish(call)
    const program = await call.needs.staffing.programs.create(call.actor, wish)
    return (await renderPrograms(call, [program]))[0]
  })

  get('/programs/:id', async (call) => (await renderPrograms(call, [await find(call)]))[0])

  put('/programs/:id', async (call) => {
    const { id } = await find(call)
    const wish = await toWish(call)
    const program = await call.needs.staffing.programs.change(call.actor, id, wish)
    return (await renderPrograms(call, [program]))[0]
  })

  remove('/programs/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.staffing.programs.remove(call.actor, id)
    return undefined
  })

  get('/programs/:id/teams', async (call) => {
    const { id } = await find(call)
    const teams = (await visibleTeams(call)).filter((team) => team.programId === id)
    return whole(call, teams, (team) => renderTeamRef(call, team))
  })
}

async function renderPrograms(call: Call, programs: readonly Program[]): Promise<object[]> {
  const teams = await visibleTeams(call)
  const show = await readPeople(
    call,
    programs.map((program) => program.managerId),
  )
  return programs.map((program) => {
    const self = call.to(`/programs/${program.id}`)
    const manager = show(program.managerId)
    const own = teams.filter((team) => team.programId === program.id)
    return {
      self,
      id: Number(program.id),
      name: program.name,
      ...(manager === undefined ? {} : { manager }),
      teams: { self: `${self}/teams`, values: own.map((team) => renderTeamRef(call, team)) },
    }
  })
}

/** What is left out is empty: a manager, and all teams. */
async function toWish(call: Call): Promise<ProgramWish> {
  const fields = fieldsOf(call.body)
  const name = fields.text('name')?.trim() ?? ''
  if (name === '') fields.wrong('Program name is required')
  const manager = await personIn(call, fields, 'managerAccountId')
  const teamIds = (fields.ids('teamIds') ?? []) as TeamId[]
  const known = teamIds.length > 0 ? await visibleTeams(call, { ids: teamIds }) : []
  if (known.length < new Set(teamIds).size) fields.wrong('Team not found')
  fields.check()
  return { name, manager: manager ?? null, teamIds }
}

function find(call: Call): Promise<Program> {
  return inWords({ 'not-found': 'Program not found' }, () =>
    call.needs.store.programs.get(call.actor.siteId, call.param('id') as ProgramId),
  )
}
