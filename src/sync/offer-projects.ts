import { mostOfferedProjects, type Offer } from '../domain/connections.ts'
import { invalidField } from '../domain/errors.ts'
import type { ChosenProject } from '../domain/jira-link.ts'
import type { JiraApi } from './jira-api.ts'

const mostNamed = 10

/** Asks something of a Jira and hangs up. */
export async function asking<T>(
  opened: Promise<JiraApi>,
  question: (api: JiraApi) => Promise<T>,
): Promise<T> {
  const api = await opened
  try {
    return await question(api)
  } finally {
    await api.client.close()
  }
}

/** Projects of a Jira with the text in their key or name, as many as a list shows. */
export async function offered({ catalogue }: JiraApi, text: string): Promise<Offer> {
  const found = await catalogue.findProjects(text, mostOfferedProjects)
  const projects = found.flatMap(({ id, key, name }) => (id === undefined ? [] : { id, key, name }))
  return {
    projects: projects.slice(0, mostOfferedProjects),
    isMore: projects.length > mostOfferedProjects,
  }
}

/** The projects that keys name in their Jira, or named when they were chosen before. */
export async function chosenBy(
  opened: Promise<JiraApi>,
  before: readonly ChosenProject[],
  keys: readonly string[] | null,
): Promise<readonly ChosenProject[] | null> {
  if (keys === null) return null
  const shown = await asking(opened, (api) => api.catalogue.projects())
  const known = new Map(before.map((one) => [one.key.toUpperCase(), one]))
  for (const { id, key } of shown) if (id !== undefined) known.set(key.toUpperCase(), { id, key })
  const chosen = new Map<string, ChosenProject>()
  const missing: string[] = []
  for (const key of keys) {
    const found = known.get(key.toUpperCase())
    if (found) chosen.set(found.id, found)
    else missing.push(key)
  }
  if (missing.length > 0)
    throw invalidField(
      'projects',
      `this account may not browse there: ${missing.slice(0, mostNamed).join(', ')}`,
    )
  return [...chosen.values()]
}
