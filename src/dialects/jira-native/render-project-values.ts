import { isDay } from '../../domain/day.ts'
import type { ProjectValue } from '../../domain/names.ts'
import type { Project } from '../../domain/project.ts'
import { valueIdOf } from '../../jira/value-id.ts'
import type { Look } from './flavour.ts'
import { textOf } from './params.ts'

/** A component of a project, as far as its issues tell of it. */
export function renderComponent(look: Look, { key, jiraId }: Project, { name, raw }: ProjectValue) {
  const id = textOf(raw?.id) ?? valueIdOf(name)
  return {
    self: `${look.api}/component/${id}`,
    id,
    name,
    ...described(raw),
    assigneeType: 'PROJECT_DEFAULT',
    realAssigneeType: 'PROJECT_DEFAULT',
    isAssigneeTypeValid: false,
    project: key,
    projectId: Number(jiraId),
  }
}

/** A version of a project, as far as its issues tell of it. */
export function renderVersion(look: Look, { jiraId }: Project, { name, raw }: ProjectValue) {
  const id = textOf(raw?.id) ?? valueIdOf(name)
  const releaseDate = textOf(raw?.releaseDate) ?? ''
  return {
    self: `${look.api}/version/${id}`,
    id,
    ...described(raw),
    name,
    archived: raw?.archived === true,
    released: raw?.released === true,
    ...(isDay(releaseDate) ? { releaseDate } : {}),
    projectId: Number(jiraId),
  }
}

function described(raw: ProjectValue['raw']) {
  const description = textOf(raw?.description)
  return description === undefined ? {} : { description }
}
