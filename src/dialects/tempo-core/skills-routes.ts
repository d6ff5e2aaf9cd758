import type { GenericResourceId } from '../../domain/generic-resource.ts'
import { can } from '../../domain/permission.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Skill, SkillId } from '../../domain/skill.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, forbiddenMessage, inWords, TempoError } from './errors.ts'
import { escaped } from './links.ts'
import { paged, pagedOut, rangeOf } from './lists.ts'
import type { Operations } from './operations.ts'
import { findAuthor } from './worklogs-body.ts'

type Holder =
  | { readonly type: 'USER'; readonly name: string; readonly personId: PersonId }
  | { readonly type: 'GENERIC'; readonly name: string; readonly resourceId: GenericResourceId }

const holderTypes = ['USER', 'GENERIC'] as const
const taken = { conflict: 'Skill with that name already exists' }

/** What people and generic resources can do; version 4 only: section 11 of the contract. */
export function skills(operations: Operations): void {
  const { face, get, post, put, delete: remove } = operations
  if (face.version === 3) return
  get('/skills', listSkills)

  post('/skills', async (call) => {
    const name = nameIn(call)
    const { skills: cases } = call.needs.staffing
    return renderSkill(call, await inWords(taken, () => cases.create(call.actor, { name })))
  })

  get('/skills/:id', async (call) => renderSkill(call, await find(call)))

  put('/skills/:id', async (call) => {
    const { id } = await find(call)
    const name = nameIn(call)
    const { skills: cases } = call.needs.staffing
    return renderSkill(call, await inWords(taken, () => cases.change(call.actor, id, { name })))
  })

  remove('/skills/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.staffing.skills.remove(call.actor, id)
    return undefined
  })
  registerAssignments(operations)
}

function registerAssignments({ get, post, search, delete: remove }: Operations): void {
  const assign = (isAll: boolean) => async (call: Call) => {
    const fields = fieldsOf(call.body)
    const holder = await holderIn(call, fields)
    const ids = (fields.ids('skillIds') ?? []) as SkillId[]
    const known = await call.needs.store.skills.getMany(call.actor.siteId, ids)
    if (known.length < new Set(ids).size) fields.wrong('Skill not found')
    fields.check()
    const { staffing } = call.needs
    if (holder!.type === 'USER')
      await staffing.giveSkills(call.actor, holder!.personId, {
        skills: ids.map((skillId) => ({ skillId })),
        isAll,
      })
    else
      await staffing.setResourceSkills(call.actor, holder!.resourceId, {
        give: ids,
        ...(isAll ? { take: 'others' as const } : {}),
      })
    return skillsOf(call, holder!)
  }
  post('/skill-assignments', assign(false))
  post('/skill-assignments/replace', assign(true))

  search('/skill-assignments/search', searchAssignments)

  get('/skill-assignments/:assigneeId/:assigneeType', async (call) =>
    skillsOf(call, await holderOf(call, call.param('assigneeId'), call.param('assigneeType'))),
  )

  remove('/skill-assignments/:assigneeId/:assigneeType/:skillId', async (call) => {
    const { staffing } = call.needs
    const holder = await holderOf(call, call.param('assigneeId'), call.param('assigneeType'))
    const ids = [call.param('skillId') as SkillId]
    if (holder.type === 'USER') await staffing.takeSkills(call.actor, holder.personId, ids)
    else await staffing.setResourceSkills(call.actor, holder.resourceId, { take: ids })
    return undefined
  })
}

async function listSkills(call: Call): Promise<object> {
  const { query, needs, actor } = call
  const range = rangeOf(call)
  const ids = query.all('id') as SkillId[]
  const text = query.one('query')
  const rows = await needs.store.skills.list(actor.siteId, {
    ...(ids.length > 0 ? { ids } : {}),
    ...(text === undefined ? {} : { text }),
    offset: range.offset,
    limit: range.limit + 1,
  })
  const results = rows.slice(0, range.limit).map((skill) => renderSkill(call, skill))
  return paged(call, range, results, rows.length > range.limit)
}

async function searchAssignments(call: Call): Promise<object> {
  const fields = fieldsOf(call.body)
  const wanted = fields.objects('assignees')
  if (wanted === undefined && !fields.has('assignees')) fields.wrong("'assignees' is missing")
  if (wanted && wanted.length > 100) fields.wrong('Please provide at most 100 assignees')
  fields.check()
  const holders: Holder[] = []
  for (const one of wanted ?? []) {
    const holder = await holderIn(call, one)
    if (holder) holders.push(holder)
  }
  fields.check()
  const results = await Promise.all(
    holders.map(async (holder) => ({
      assigneeId: holder.name,
      assigneeType: holder.type,
      self: call.to(`/skill-assignments/${escaped(holder.name)}/${holder.type}`),
      skills: await skillsOf(call, holder),
    })),
  )
  return pagedOut(call, results, (row) => row)
}

/** Everything somebody can do, as a bare list [S4]. */
async function skillsOf(call: Call, holder: Holder): Promise<object[]> {
  const { store } = call.needs
  const { siteId } = call.actor
  if (
    holder.type === 'USER' &&
    !can(call.actor, 'read', { type: 'profile', personId: holder.personId })
  )
    throw new TempoError(403, forbiddenMessage)
  const held =
    holder.type === 'USER'
      ? await store.skills.ofPeople(siteId, [holder.personId])
      : await store.skills.ofResources(siteId, [holder.resourceId])
  const skills = await store.skills.getMany(
    siteId,
    held.map((one) => one.skillId),
  )
  return skills.map((skill) => renderSkill(call, skill))
}

async function holderIn(call: Call, fields: Fields): Promise<Holder | undefined> {
  const id = fields.text('assigneeId') ?? fields.id('assigneeId')
  const type = fields.oneOf('assigneeType', holderTypes)
  if (id === undefined) fields.wrong("'assigneeId' is missing")
  if (!fields.has('assigneeType')) fields.wrong("'assigneeType' is missing")
  if (id === undefined || type === undefined) return undefined
  const holder = await findHolder(call, id, type)
  if (!holder) fields.wrong(type === 'USER' ? 'User is invalid' : 'Generic resource was not found.')
  return holder
}

async function holderOf(call: Call, id: string, typeText: string): Promise<Holder> {
  const type = holderTypes.find((one) => one === typeText.toUpperCase())
  if (!type) throw badRequest(`'assigneeType' must be one of ${holderTypes.join(', ')}`)
  const holder = await findHolder(call, id, type)
  if (!holder)
    throw badRequest(type === 'USER' ? 'User is invalid' : 'Generic resource was not found.')
  return holder
}

async function findHolder(
  call: Call,
  name: string,
  type: Holder['type'],
): Promise<Holder | undefined> {
  if (type === 'USER') {
    const person = await findAuthor(call, name)
    return person && { type, name, personId: person.id }
  }
  const { store } = call.needs
  const [resource] = await store.resources.getMany(call.actor.siteId, [name as GenericResourceId])
  return resource && { type, name, resourceId: resource.id }
}

function nameIn(call: Call): string {
  const fields = fieldsOf(call.body)
  const name = fields.text('name')?.trim() ?? ''
  if (name === '') fields.wrong('Skill name is required')
  fields.check()
  return name
}

function find(call: Call): Promise<Skill> {
  return inWords({ 'not-found': 'Skill not found' }, () =>
    call.needs.store.skills.get(call.actor.siteId, call.param('id') as SkillId),
  )
}

function renderSkill({ to }: Call, skill: Skill): object {
  return { self: to(`/skills/${skill.id}`), id: Number(skill.id), name: skill.name }
}
