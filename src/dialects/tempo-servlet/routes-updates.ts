import type { Actor } from '../../domain/permission.ts'
import { ServletError } from './errors.ts'
import type { ServletNeeds } from './needs.ts'
import { readUpdates } from './read-updates.ts'
import { type Answered, renderResults } from './render-updates.ts'

/** Seed 003, UpdateWorklogs: item by item, each in a transaction of its own. */
export async function updateWorklogs(
  actor: Actor,
  xml: string,
  { handOvers, store, now }: ServletNeeds,
): Promise<string> {
  if (xml.trim() === '')
    throw new ServletError(400, 'The XML must be sent as the parameter worklogs, or as the body')
  const site = await store.sites.get(actor.siteId)
  const results: Answered[] = []
  for (const answer of readUpdates(xml)) {
    const startedAt = now()
    const outcome = await handOvers.answer(actor, answer)
    results.push({ answer, outcome, ms: now() - startedAt })
  }
  return renderResults(results, now(), site.timeZone)
}
