import type { World } from './world.ts'
import type { Person, Project } from './world-types.ts'

type Json = Readonly<Record<string, unknown>>

// People by each of the names a file may call them, per world: 246 authors of 200,000 rows.
const known = new WeakMap<World, Map<string, Person>>()

/** The person of a file's JSON, who gets the other dialect's names as well. */
export function personFrom(world: World, json: Json): Person {
  const { accountId, key, name, displayName, emailAddress, active, timeZone, accountType } = json
  const id = String(accountId ?? key ?? name ?? displayName)
  const people = known.get(world) ?? new Map<string, Person>()
  known.set(world, people)
  const found = people.get(id)
  if (found) return found
  const person = world.addUser({
    name: String(name ?? key ?? accountId ?? displayName),
    key: String(key ?? name ?? id),
    accountId: String(accountId ?? `qm:${id}`),
    displayName: String(displayName ?? name ?? id),
    emailAddress: typeof emailAddress === 'string' ? emailAddress : undefined,
    active: active !== false,
    timeZone: typeof timeZone === 'string' ? timeZone : undefined,
    accountType: accountType === 'app' || accountType === 'customer' ? accountType : 'atlassian',
  })
  people.set(id, person)
  return person
}

/** The project of a file's JSON; an issue without one belongs to the project of its key. */
export function projectFrom(world: World, json: Json, issueKey = ''): Project {
  const key = String(json.key ?? issueKey.replace(/-\d+$/, ''))
  const id = json.id === undefined ? undefined : String(json.id)
  const { projects } = world.state
  const found =
    id === undefined ? [...projects.values()].find((one) => one.key === key) : projects.get(id)
  if (found) return found
  const { projectCategory } = json as { projectCategory?: { id?: unknown; name?: unknown } }
  return world.addProject({
    key,
    name: String(json.name ?? key),
    ...(id === undefined ? {} : { id }),
    ...(projectCategory
      ? { category: { id: String(projectCategory.id), name: String(projectCategory.name) } }
      : {}),
  })
}
