import type { NamedValue } from '../../domain/names.ts'

/** Names that Jira ships, the lowest first; those of one rank come from different generations. */
const names = [
  ['lowest', 'trivial'],
  ['low', 'minor'],
  ['medium', 'normal', 'major'],
  ['high', 'critical'],
  ['highest', 'blocker'],
]

/**
 * A place in the order of priorities, higher is more urgent. Jira orders them by hand, which its
 * answers do not tell: shipped names have their rank, others go by id, where the first is the most
 * urgent.
 */
export function rankOfPriority({ name, jiraId }: NamedValue): number {
  const rank = names.findIndex((same) => same.includes(name.toLowerCase()))
  if (rank >= 0) return rank
  return jiraId === null ? -1 : names.length / 2 - Number(jiraId) / 1e6
}
