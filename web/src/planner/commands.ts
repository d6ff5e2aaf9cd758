import type { EventBody, EventCommandBody } from '../../../src/api/contract.ts'
import type { Placement } from './placement.ts'

/** The same thing planned once more, elsewhere. */
export function copyOf(event: EventBody, { from, to, person, team }: Placement): EventCommandBody {
  const { kind, type, issue, project, title, secondsPerDay, color, link } = event
  const isSpread = kind === 'issue' || kind === 'placeholder'
  return {
    kind: 'create',
    event: {
      ...(type ? { type: type.id } : { kind }),
      ...(person ? { person: person.accountId } : team ? { team: team.id } : {}),
      ...(issue ? { issue: issue.id } : {}),
      ...(project ? { project: project.id } : {}),
      ...(isSpread ? { estimateSeconds: event.remainingSeconds } : {}),
      ...(color ? { color } : {}),
      ...(link ? { link } : {}),
      ...(secondsPerDay === null ? {} : { secondsPerDay }),
      title,
      from,
      to,
    },
  }
}
