import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import type { GenericResource, GenericResourceId } from './generic-resource.ts'

export async function createResource(
  writing: DirectoryWriting,
  { name }: { name: string },
): Promise<GenericResource> {
  const { tx, actor, now } = writing
  checkMay(actor, 'create', { type: 'staffing' }, 'create generic resources')
  await checkName(writing, name, undefined)
  const { personId } = actor
  const resource = {
    name,
    createdAt: now,
    createdBy: personId,
    updatedAt: now,
    updatedBy: personId,
    version: tx.takeVersions(1),
  }
  const created: GenericResource = {
    ...resource,
    id: await tx.resources.insert(actor.siteId, resource),
  }
  noteChange(writing, 'generic-resource.create', created.id, null, created)
  return created
}

export async function changeResource(
  writing: DirectoryWriting,
  id: GenericResourceId,
  change: { name?: string },
  ifVersion: number | undefined,
): Promise<GenericResource> {
  const { tx, actor, now } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change generic resources')
  const before = await tx.resources.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  const name = change.name ?? before.name
  await checkName(writing, name, id)
  const after: GenericResource = {
    ...before,
    name,
    updatedAt: now,
    updatedBy: actor.personId,
    version: tx.takeVersions(1),
  }
  await tx.resources.update(actor.siteId, after)
  noteChange(writing, 'generic-resource.update', id, before, after)
  return after
}

/** With its places in teams, its skills and its plans. */
export async function removeResource(
  writing: DirectoryWriting,
  id: GenericResourceId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'staffing' }, 'remove generic resources')
  const before = await tx.resources.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await removePlans(writing, id)
  await tx.resources.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'generic-resource.delete', id, before, null)
}

/** Each plan is noted by itself: there is a feed of what was deleted. */
async function removePlans(writing: DirectoryWriting, id: GenericResourceId): Promise<void> {
  const { tx, actor } = writing
  const query = { siteId: actor.siteId, resourceIds: [id] }
  for (;;) {
    const plans = await tx.allocations.list(query, { limit: 1_000 })
    for (const plan of plans) {
      await tx.allocations.remove(actor.siteId, plan.id)
      noteChange(writing, 'plan.delete', plan.id, plan, null)
    }
    if (plans.length < 1_000) return
  }
}

async function checkName(
  { tx, actor }: DirectoryWriting,
  name: string,
  id: GenericResourceId | undefined,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  checks.finish('The generic resource cannot be accepted')
  const known = await tx.resources.findByName(actor.siteId, name)
  if (known && known.id !== id)
    throw taken('name', `there is a generic resource ${known.name} already`)
}
