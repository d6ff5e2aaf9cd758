import type { Day } from '../../domain/day.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { MemberPage } from '../../domain/schedule.ts'
import { siteToday } from '../../domain/site-day.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { paged, pagedWithoutLinks, rangeOf } from './lists.ts'
import { userWith } from './people-find.ts'
import { renderPerson } from './render.ts'

/** Today, where the site is. */
export function todayOf({ needs, actor }: Call): Promise<Day> {
  return siteToday(needs.store, actor.siteId, needs.now())
}

/** A page of the people who follow a scheme today. */
export async function memberPage(
  call: Call,
  members: (page: MemberPage) => Promise<readonly PersonId[]>,
): Promise<object> {
  const range = rangeOf(call)
  const ids = await members({ day: await todayOf(call), ...range, limit: range.limit + 1 })
  const people = await peopleOf(call, ids.slice(0, range.limit))
  const results = people.map((person) => renderPerson(call, person))
  return paged(call, range, results, ids.length > range.limit)
}

/** Who is named in `accountIds`; a stranger is refused in the words of the API [S3]. */
export async function membersIn(call: Call): Promise<readonly PersonId[]> {
  const fields = fieldsOf(call.body)
  const accountIds = fields.texts('accountIds')
  fields.check()
  if (!accountIds || accountIds.length === 0) throw badRequest("'accountIds' is required")
  const people = await Promise.all(accountIds.map((id) => userWith(call, id)))
  return people.map((person) => {
    if (!person) throw badRequest('User is invalid')
    return person.id
  })
}

/** The members of several schemes, paged by the body and without links [S4n]. */
export async function searchMembers(
  call: Call,
  members: (schemeId: string, page: MemberPage) => Promise<readonly PersonId[]>,
): Promise<object> {
  const fields = fieldsOf(call.body)
  const schemeIds = fields.ids('schemeIds')
  const [offset = 0, limit = 50] = [fields.whole('offset'), fields.whole('limit')]
  if (!schemeIds || schemeIds.length === 0) fields.wrong("'schemeIds' is required")
  if (offset < 0) fields.wrong("'offset' must be a whole number of at least 0")
  if (limit < 1) fields.wrong("'limit' must be a whole number of at least 1")
  fields.check()
  const range = { offset, limit: Math.min(limit, call.face.mostRows) }
  const day = await todayOf(call)
  const found: { schemeId: string; personId: PersonId }[] = []
  for (const schemeId of [...new Set(schemeIds)].slice(0, 100)) {
    const wanted = range.offset + range.limit - found.length
    if (wanted <= 0) break
    const ids = await members(schemeId, { day, limit: wanted })
    for (const personId of ids) found.push({ schemeId, personId })
  }
  const page = found.slice(range.offset, range.offset + range.limit)
  const people = new Map(
    (await peopleOf(call, [...new Set(page.map(({ personId }) => personId))])).map((one) => [
      one.id,
      one,
    ]),
  )
  const results = page.map(({ schemeId, personId }) => ({
    schemeId: Number(schemeId),
    member: renderPerson(call, people.get(personId)!),
  }))
  return pagedWithoutLinks(call, range, results)
}

async function peopleOf(
  { needs, actor }: Call,
  ids: readonly PersonId[],
): Promise<readonly Person[]> {
  const people = await needs.store.people.getMany(actor.siteId, ids)
  const byId = new Map(people.map((person) => [person.id, person]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
