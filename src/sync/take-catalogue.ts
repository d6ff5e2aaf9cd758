import type { SourcePerson } from '../domain/ingest-source.ts'
import { chunksOf } from './jira-api.ts'
import { unlessRefused } from './jira-catalogue.ts'
import type { Reading } from './reading.ts'

const peoplePerPage = 1_000

/** Takes in projects, people, groups, filters and fields; what may not be asked for is left out. */
export async function takeCatalogue(reading: Reading): Promise<void> {
  const { catalogue } = reading.api
  const projects = await unlessRefused(catalogue.projects())
  const users = await unlessRefused(catalogue.users())
  const groups = await unlessRefused(catalogue.groups())
  const filters = await unlessRefused(catalogue.filters())
  const fields = await unlessRefused(catalogue.fields())
  const sinceVersion = await reading.version()
  for (const people of chunksOf(withGroups(users ?? [], groups ?? new Map()), peoplePerPage))
    await reading.commit({ step: 'catalogue', batch: { people }, sinceVersion })
  await reading.commit({
    step: 'catalogue',
    batch: { projects: projects ?? [], filters: filters ?? [], fields: fields ?? [] },
    sinceVersion,
    state: { catalogueAt: reading.now() },
  })
}

/** Everybody listed, with the groups that list them; members nobody listed come along. */
function withGroups(
  users: readonly SourcePerson[],
  groups: ReadonlyMap<string, readonly SourcePerson[]>,
): SourcePerson[] {
  const people = new Map<string, SourcePerson>(users.map((user) => [nameOf(user), user]))
  for (const [group, members] of groups)
    for (const member of members) {
      const known = people.get(nameOf(member)) ?? member
      people.set(nameOf(member), { ...known, groups: [...known.groups, group] })
    }
  return [...people.values()]
}

function nameOf(person: SourcePerson): string {
  return person.accountId ?? person.key ?? person.username ?? person.displayName
}
