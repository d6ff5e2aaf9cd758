import type { IssueNameField } from '../../domain/issue-query.ts'
import type { JqlLookups } from './context.ts'
import { type World, worldFilters, worldNames } from './world.contract.ts'

/** The world as JQL asks about it. */
export function lookUpIn(world: World): JqlLookups {
  const answer = <T>(texts: readonly string[], find: (text: string) => readonly T[]) =>
    new Map(
      texts.flatMap((text) => {
        const found = find(text.toLowerCase())
        return found.length > 0 ? [[text, found] as const] : []
      }),
    )
  const spelled = (field: IssueNameField) => worldNames[field] ?? []
  return {
    projects: async (texts) =>
      answer(texts, (text) =>
        world.projects
          .filter(({ key, name, jiraId }) =>
            [key, name, jiraId].some((one) => one.toLowerCase() === text),
          )
          .map(({ id }) => id),
      ),
    people: async (texts) =>
      answer(texts, (text) =>
        world.people
          .filter(({ username, email }) => [username, email, `account ${username}`].includes(text))
          .map(({ id }) => id),
      ),
    groups: async (texts) =>
      answer(texts, (text) => world.groups.filter(({ name }) => name === text).map(({ id }) => id)),
    issues: async (texts) =>
      answer(texts, (text) =>
        world.issues.filter(({ key, jiraId }) => key.toLowerCase() === text || jiraId === text),
      ),
    filters: async (texts) =>
      new Map(
        texts.flatMap((text) => {
          const found = worldFilters.find(({ id, name }) => id === text || name === text)
          return found ? [[text, found] as const] : []
        }),
      ),
    names: async (field, texts) =>
      answer(texts, (text) =>
        spelled(field).filter((name, at) => name.toLowerCase() === text || String(at + 1) === text),
      ),
    options: async (_, texts) =>
      new Set(texts.filter((text) => ['red', 'blue', '7'].includes(text.toLowerCase()))),
    priorities: async () => worldNames.priority!,
    sprints: async (state) => [state === 'open' ? 'Sprint 2' : 'Sprint 1'],
    projectsLedBy: async (people) =>
      new Map(
        people.map((id) => [
          id,
          world.projects
            .filter(({ lead }) => lead !== null && world.people[lead]!.id === id)
            .map((project) => project.id),
        ]),
      ),
  }
}
