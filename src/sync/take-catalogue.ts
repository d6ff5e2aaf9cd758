import { chunksOf } from './jira-api.ts'
import { unlessRefused } from './jira-catalogue.ts'
import type { Reading } from './reading.ts'

const peoplePerPage = 1_000

/** Takes in projects, people, filters and fields; what may not be asked for is left out. */
export async function takeCatalogue(reading: Reading): Promise<void> {
  const { catalogue } = reading.api
  const projects = await unlessRefused(catalogue.projects())
  const users = await unlessRefused(catalogue.users())
  const filters = await unlessRefused(catalogue.filters())
  const fields = await unlessRefused(catalogue.fields())
  const sinceVersion = await reading.version()
  for (const people of chunksOf(users ?? [], peoplePerPage))
    await reading.commit({ step: 'catalogue', batch: { people }, sinceVersion })
  await reading.commit({
    step: 'catalogue',
    batch: { projects: projects ?? [], filters: filters ?? [], fields: fields ?? [] },
    sinceVersion,
    state: { catalogueAt: reading.now() },
  })
}
