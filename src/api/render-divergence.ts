import type { Divergence, Version } from '../domain/divergence.ts'
import type { Week } from '../domain/week.ts'
import { formatInstant } from '../domain/zone.ts'
import type { DivergenceBody } from './contract.ts'

type Named = Pick<Week, 'issues' | 'people'>

export function renderDivergence(divergence: Divergence, named: Named): DivergenceBody {
  const { kind, id, worklogId, day, issueId, ours, theirs, since } = divergence
  const issue = named.issues.get(issueId)
  return {
    kind,
    id,
    worklogId,
    issue: { id: issueId, key: issue?.key ?? '', summary: issue?.summary ?? '' },
    day,
    ours: ours && renderVersion(ours, named),
    theirs: theirs && renderVersion(theirs, named),
    differs: [...divergence.differs],
    since: formatInstant(since),
    canSettle: divergence.canSettle,
  }
}

function renderVersion(version: Version, { issues, people }: Named) {
  const { issueId, authorId, startedAt, offsetSeconds, visibility } = version
  return {
    issueKey: issues.get(issueId)?.key ?? '',
    authorName: people.get(authorId)?.displayName ?? '',
    startedAt: formatInstant(startedAt, offsetSeconds),
    timeSpentSeconds: version.timeSpentSeconds,
    comment: version.comment,
    visibility: visibility && { type: visibility.type, value: visibility.value },
  }
}
