import type { Project } from '../../domain/project.ts'
import { valueIdOf } from '../../jira/value-id.ts'
import { avatarsOf } from './avatar.ts'
import type { Look } from './flavour.ts'

/** A project in lists and inside issues (contract B13). */
export function renderProject(look: Look, project: Project) {
  const { jiraId, key, name, category } = project
  const categoryId = category === null ? '' : valueIdOf(category)
  return {
    expand: 'description,lead,url,projectKeys',
    self: `${look.api}/project/${jiraId}`,
    id: jiraId,
    key,
    name,
    avatarUrls: avatarsOf(look.base, 'project', name, key),
    projectTypeKey: 'software',
    ...(category === null
      ? {}
      : {
          projectCategory: {
            self: `${look.api}/projectCategory/${categoryId}`,
            id: categoryId,
            name: category,
            description: '',
          },
        }),
  }
}
