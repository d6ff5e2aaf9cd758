import { DomainError } from '../../domain/errors.ts'
import type { PersonId } from '../../domain/person.ts'
import { parseInstant } from '../../domain/zone.ts'
import type { JqlContext } from './context.ts'
import { parseJql } from './parser.ts'
import { makeDice } from './random.contract.ts'
import { type ResolvedJql, resolveJql } from './resolve.ts'
import { makeWorld, worldFields } from './world.contract.ts'
import { lookUpIn } from './world-lookups.contract.ts'

/** Alice asks on Monday 2026-03-02 at 10:17:40.123 in Berlin. */
export const plainContext: JqlContext = {
  now: parseInstant('2026-03-02T10:17:40.123+01:00').instant,
  zone: 'Europe/Berlin',
  firstWeekday: 1,
  currentUser: '1' as PersonId,
  lookups: lookUpIn(makeWorld(makeDice(5))),
  fields: worldFields,
}

export function resolve(text: string, more: Partial<JqlContext> = {}): Promise<ResolvedJql> {
  return resolveJql(parseJql(text), { ...plainContext, ...more })
}

/** The validation texts of a query that is refused. */
export async function problemsOf(
  text: string,
  more: Partial<JqlContext> = {},
): Promise<readonly string[]> {
  try {
    await resolve(text, more)
  } catch (error) {
    if (error instanceof DomainError) return error.details.errorMessages as string[]
    throw error
  }
  return []
}
