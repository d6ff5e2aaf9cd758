import type { DivergenceBody } from '../../../src/api/contract.ts'
import type { useConflictTexts } from '../conflicts/conflict-texts.ts'

export type Divergence = DivergenceBody

type Texts = ReturnType<typeof useConflictTexts>

/** That a Jira has another version, and of what. */
export function divergenceText(t: Texts, { kind, ours, theirs, differs }: Divergence): string {
  const fields = fieldNames(t, differs)
  if (kind === 'conflict') return theirs === null ? t.conflictGone : t.conflictIn(fields)
  if (theirs === null) return t.driftGone
  if (ours === null) return t.driftNew
  return differs.length === 0 ? t.driftSame : t.driftIn(fields)
}

export function fieldNames(t: Texts, differs: Divergence['differs']): string {
  return differs.map((field) => t[field]).join(', ')
}
