import type { Format } from '../time/format.ts'
import type { VerificationBody } from './approvals-query.ts'
import type { useApprovalsTexts } from './approvals-texts.ts'

/** What verifying the books found, in a sentence. */
export function verdictText(
  t: ReturnType<typeof useApprovalsTexts>,
  format: Format,
  { isSound, audit, manifests, altered }: VerificationBody,
): string {
  if (isSound) return t.sound(format.number(audit.entries), format.number(manifests.count))
  return t.broken(
    [
      ...(audit.broken ? [t.brokenAudit(String(audit.broken.seq), audit.broken.why)] : []),
      ...(manifests.broken
        ? [t.brokenChain(String(manifests.broken.seq), manifests.broken.why)]
        : []),
      ...altered.map(({ from, to, differences }) =>
        t.altered(format.range(from, to), format.number(differences.length)),
      ),
    ].join('; '),
  )
}
