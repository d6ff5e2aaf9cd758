import type {
  SourceField,
  SourceFilter,
  SourcePerson,
  SourceProject,
} from '../domain/ingest-source.ts'
import { readField, readFilter, readProject, readUser } from '../jira/read.ts'
import { listOf, recordOf, textOf } from '../jira/read-json.ts'
import { type JiraClient, statusOf } from './jira-client.ts'

/** What changes rarely: who there is, and what things are called. */
export type Catalogue = {
  projects(): Promise<readonly SourceProject[]>
  /** Those whose key or name has the text in it, one more than `most` where there are more. */
  findProjects(text: string, most: number): Promise<readonly SourceProject[]>
  users(): Promise<readonly SourcePerson[]>
  groups(): Promise<readonly GroupRef[]>
  /** Members of a group; undefined where there is no such group. */
  members(group: GroupRef): Promise<GroupMembers | undefined>
  filters(): Promise<readonly SourceFilter[]>
  fields(): Promise<readonly SourceField[]>
}

/** A group by its name, and on Cloud by its id where that is known. */
export type GroupRef = { readonly name: string; readonly id?: string }

/** `isWhole` is false where the group changed while it was read: somebody may be missing. */
export type GroupMembers = { readonly people: readonly SourcePerson[]; readonly isWhole: boolean }

const mostPages = 10_000

export function makeCatalogue(client: JiraClient): Catalogue {
  const isCloud = client.kind === 'cloud'
  type Query = Record<string, string | number | boolean>
  const get = async (path: string, query: Query = {}) =>
    (await client.send({ method: 'GET', path: `2/${path}`, endpoint: path, query })).json

  /** Follows `startAt` until `isLast`, or an empty page. */
  async function paged(path: string, query: Query, maxResults: number): Promise<unknown[]> {
    return (await pagedOf(path, query, maxResults)).values
  }

  async function pagedOf(path: string, query: Query, maxResults: number, most = Infinity) {
    const values: unknown[] = []
    const totals = new Set<number>()
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = recordOf(await get(path, { ...query, startAt: values.length, maxResults }))
      const some = listOf(page.values)
      values.push(...some)
      if (typeof page.total === 'number') totals.add(page.total)
      if (page.isLast === true || some.length === 0 || values.length >= most) break
      if (page.isLast === undefined && values.length >= Number(page.total ?? 0)) break
    }
    return { values, totals }
  }

  /** Follows `startAt` over bare lists, which say nothing of their end. */
  async function listed(path: string, query: Query, maxResults: number): Promise<unknown[]> {
    const values: unknown[] = []
    for (let pages = 0; pages < mostPages; pages += 1) {
      const some = listOf(await get(path, { ...query, startAt: values.length, maxResults }))
      values.push(...some)
      if (some.length < maxResults) break
    }
    return values
  }

  return {
    async projects() {
      const found = isCloud
        ? await paged('project/search', { expand: 'lead' }, 100)
        : listOf(await get('project', { expand: 'lead' }))
      return found.flatMap((one) => readProject(one) ?? [])
    },
    async findProjects(text, most) {
      const needle = text.trim().toLowerCase()
      const found = isCloud
        ? (await pagedOf('project/search', needle === '' ? {} : { query: needle }, 100, most + 1))
            .values
        : listOf(await get('project'))
      return found
        .flatMap((one) => readProject(one) ?? [])
        .filter(({ key, name }) => isCloud || `${key}\n${name}`.toLowerCase().includes(needle))
        .slice(0, most + 1)
    },
    async users() {
      const found = isCloud
        ? await listed('users/search', {}, 1_000)
        : await listed('user/search', { username: '.', includeInactive: true }, 1_000)
      return found
        .flatMap((one) => readUser(one) ?? [])
        .filter((user) => user.accountType === undefined || user.accountType === 'atlassian')
    },
    async groups() {
      const found = isCloud
        ? await paged('group/bulk', {}, 50)
        : listOf(recordOf(await get('groups/picker', { maxResults: 1_000 })).groups)
      return found.flatMap((one): GroupRef[] => {
        const { name, groupId } = recordOf(one)
        const [text, id] = [textOf(name), textOf(groupId)]
        return text === undefined ? [] : [{ name: text, ...(id === undefined ? {} : { id }) }]
      })
    },
    async members({ name, id }) {
      const query = isCloud && id !== undefined ? { groupId: id } : { groupname: name }
      const all = { ...query, includeInactiveUsers: true }
      try {
        const { values, totals } = await pagedOf('group/member', all, 50)
        const people = values.flatMap((one) => readUser(one) ?? [])
        const distinct = new Set(people.map((one) => one.accountId ?? one.key ?? one.username))
        return { people, isWhole: [...totals].every((total) => total === distinct.size) }
      } catch (error) {
        if (statusOf(error) === 404) return undefined
        throw error
      }
    },
    async filters() {
      const found = isCloud
        ? await paged('filter/search', { expand: 'jql,owner,description,favourite' }, 100)
        : listOf(await get('filter/favourite'))
      return found.flatMap((one) => readFilter(one) ?? [])
    },
    async fields() {
      return listOf(await get('field')).flatMap((one) => readField(one) ?? [])
    },
  }
}

/** The value, or undefined where this account may not ask: some lists need rights of their own. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    const status = statusOf(error)
    if (status !== undefined && [400, 401, 403, 404, 410].includes(status)) return undefined
    throw error
  }
}
