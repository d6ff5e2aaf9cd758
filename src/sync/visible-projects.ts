import { isChosen } from '../domain/jira-link.ts'
import type { Reading } from './reading.ts'

export type VisibleProject = { readonly id: string; readonly key: string }

/** Projects that the account may browse, chosen or not. */
export async function visibleProjects(reading: Reading): Promise<readonly VisibleProject[]> {
  const projects = await reading.api.catalogue.projects()
  return projects.flatMap(({ id, key }) => (id === undefined ? [] : [{ id, key }]))
}

/** Those of them whose worklogs are held. */
export function chosenOf(
  { link }: Pick<Reading, 'link'>,
  projects: readonly VisibleProject[],
): readonly VisibleProject[] {
  return projects.filter(({ id }) => isChosen(link, id))
}
