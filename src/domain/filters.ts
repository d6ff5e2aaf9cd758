import { DomainError, invalidField } from './errors.ts'
import type { SavedFilter } from './issue.ts'
import { type Actor, can } from './permission.ts'
import { ownConnection } from './site.ts'
import type { Store, Writing } from './store.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

/** What somebody says of a filter of their own. */
export type FilterWish = {
  readonly name: string
  readonly jql: string
  readonly description?: string | null
  readonly isShared?: boolean
}

/** Use cases on saved filters; those of a Jira change there. Ids are the ones Jira's clients see. */
export type Filters = {
  find(actor: Actor, jiraId: string): Promise<SavedFilter | undefined>
  create(actor: Actor, wish: FilterWish): Promise<SavedFilter>
  change(actor: Actor, jiraId: string, wish: Partial<FilterWish>): Promise<SavedFilter>
  remove(actor: Actor, jiraId: string): Promise<void>
  favour(actor: Actor, jiraId: string, isFavourite: boolean): Promise<SavedFilter>
}

const limits = { name: 255, jql: 20_000, description: 4_000 } as const

export function makeFilters({ store, now }: { store: Store; now: () => Instant }): Filters {
  const find = async (
    { filters }: Pick<Store, 'filters'>,
    { siteId, personId, jira }: Actor,
    jiraId: string,
  ) => {
    const query = { siteId, personId, jira, jiraIds: [jiraId], limit: 1 }
    return (await filters.find(query)).filters[0]
  }
  const get = async (stores: Pick<Store, 'filters'>, actor: Actor, jiraId: string) => {
    const found = await find(stores, actor, jiraId)
    if (!found) throw new DomainError('not-found', `There is no filter ${jiraId}`)
    return found
  }
  const note = (
    tx: Writing,
    actor: Actor,
    action: string,
    before: SavedFilter | null,
    after: SavedFilter | null,
  ) =>
    tx.note({
      at: now(),
      actorId: actor.personId,
      via: actor.via,
      action: `filter.${action}`,
      objectType: 'filter',
      objectId: (after ?? before)!.id,
      before,
      after,
    })
  return {
    find: (actor, jiraId) => find(store, actor, jiraId),
    async create(actor, wish) {
      mayWrite(actor)
      checkWish(wish)
      return store.write(actor.siteId, async (tx) => {
        const draft = {
          connectionId: ownConnection,
          jiraId: String(tx.takeJiraIds(1)),
          name: wish.name,
          jql: wish.jql,
          description: wish.description ?? null,
          ownerId: actor.personId,
          isFavourite: false,
          isShared: wish.isShared ?? false,
        }
        await checkNameIsFree(tx, actor, draft)
        const created = { ...draft, id: await tx.filters.insert(actor.siteId, draft) }
        note(tx, actor, 'create', null, created)
        return created
      })
    },
    async change(actor, jiraId, wish) {
      return store.write(actor.siteId, async (tx) => {
        const before = await get(tx, actor, jiraId)
        mayChange(actor, before)
        const after = { ...before, ...wish, description: wish.description ?? before.description }
        checkWish(after)
        await checkNameIsFree(tx, actor, after)
        await tx.filters.update(actor.siteId, after)
        note(tx, actor, 'update', before, after)
        return after
      })
    },
    async remove(actor, jiraId) {
      await store.write(actor.siteId, async (tx) => {
        const before = await get(tx, actor, jiraId)
        mayChange(actor, before)
        await tx.filters.remove(actor.siteId, before.id)
        note(tx, actor, 'delete', before, null)
      })
    },
    async favour(actor, jiraId, isFavourite) {
      mayWrite(actor)
      return store.write(actor.siteId, async (tx) => {
        const { id } = await get(tx, actor, jiraId)
        await tx.filters.setFavourite(actor.siteId, id, actor.personId, isFavourite)
        return get(tx, actor, jiraId)
      })
    },
  }
}

function checkWish({ name, jql, description }: FilterWish): void {
  const check = (field: 'name' | 'jql' | 'description', text: string) => {
    const problem = textProblem(text, limits[field])
    if (problem) throw invalidField(field, problem)
  }
  if (name.trim() === '') throw invalidField('name', 'is empty')
  check('name', name)
  check('jql', jql)
  check('description', description ?? '')
}

/** A person's filters have names of their own: a name in a query means one filter. */
async function checkNameIsFree(
  { filters }: Writing,
  { siteId, personId }: Actor,
  filter: Omit<SavedFilter, 'id'>,
): Promise<void> {
  const query = { siteId, personId, names: [filter.name], ownerId: personId, limit: 10 }
  const same = (await filters.find(query)).filters
  if (same.some(({ jiraId }) => jiraId !== filter.jiraId))
    throw invalidField('name', 'you have a filter of this name already')
}

function mayWrite(actor: Actor): void {
  if (!can(actor, 'change', { type: 'filter', ownerId: actor.personId }))
    throw new DomainError('forbidden', 'You may not keep filters with this token')
}

function mayChange(actor: Actor, { connectionId, ownerId }: SavedFilter): void {
  if (connectionId !== ownConnection)
    throw new DomainError('conflict', 'A filter of a Jira is changed in that Jira')
  if (!can(actor, 'change', { type: 'filter', ownerId }))
    throw new DomainError('forbidden', 'You may change your own filters only')
}
