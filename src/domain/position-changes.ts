import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { invalidField } from './errors.ts'
import type { PersonId } from './person.ts'
import type { Position, PositionId } from './position.ts'
import { textProblem } from './text.ts'

export type PositionWish = { readonly name: string; readonly description?: string | null }

export async function createPosition(
  writing: DirectoryWriting,
  wish: PositionWish,
): Promise<Position> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'staffing' }, 'create positions')
  await checkPosition(writing, wish, undefined)
  const { name, description = null } = wish
  const position = { name, description, version: tx.takeVersions(1) }
  const created: Position = { ...position, id: await tx.positions.insert(actor.siteId, position) }
  noteChange(writing, 'position.create', created.id, null, created)
  return created
}

export async function changePosition(
  writing: DirectoryWriting,
  id: PositionId,
  change: Partial<PositionWish>,
  ifVersion: number | undefined,
): Promise<Position> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change positions')
  const before = await tx.positions.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await checkPosition(writing, change, id)
  const after: Position = {
    ...before,
    name: change.name ?? before.name,
    description: change.description === undefined ? before.description : change.description,
    version: tx.takeVersions(1),
  }
  await tx.positions.update(actor.siteId, after)
  noteChange(writing, 'position.update', id, before, after)
  return after
}

/** Whoever held it holds none. */
export async function removePosition(
  writing: DirectoryWriting,
  id: PositionId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'staffing' }, 'remove positions')
  const before = await tx.positions.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await tx.positions.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'position.delete', id, before, null)
}

/** What somebody is employed as from now on; null is nothing known. */
export async function setPosition(
  writing: DirectoryWriting,
  personId: PersonId,
  id: PositionId | null,
): Promise<void> {
  const { tx, actor } = writing
  const person = await tx.people.get(actor.siteId, personId)
  checkMay(actor, 'change', { type: 'profile', personId: person.id }, 'change what others are')
  const before = (await tx.positions.ofPeople(actor.siteId, [person.id])).get(person.id)
  const position = id === null ? undefined : await findPosition(writing, id)
  if (before?.id === position?.id) return
  await tx.positions.setFor(actor.siteId, person.id, position?.id ?? null)
  tx.takeVersions(1)
  const [was, is] = [before, position].map((one) => ({ positionId: one?.id ?? null }))
  noteChange(writing, 'profile.update', person.id, was, is)
}

async function findPosition({ tx, actor }: DirectoryWriting, id: PositionId): Promise<Position> {
  const positions = await tx.positions.list(actor.siteId, { limit: 10_000 })
  const found = positions.find((position) => position.id === id)
  if (!found) throw invalidField('positionId', `there is no position ${id}`)
  return found
}

async function checkPosition(
  { tx, actor }: DirectoryWriting,
  { name, description }: Partial<PositionWish>,
  id: PositionId | undefined,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  const problem = description ? textProblem(description, 10_000) : undefined
  if (problem) checks.wrong('description', problem)
  checks.finish('The position cannot be accepted')
  if (name === undefined) return
  const known = await tx.positions.findByName(actor.siteId, name)
  if (known && known.id !== id) throw taken('name', `there is a position ${known.name} already`)
}
