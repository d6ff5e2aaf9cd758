import { acceptedResult } from '../../domain/external-result.ts'
import type { HandOverRow } from '../../domain/hand-over.ts'
import type { AnswerOutcome, ExternalAnswer } from '../../domain/hand-overs.ts'
import { element, hoursText, stamp, xmlAttribute, xmlDeclaration } from './xml.ts'

export type Answered = {
  readonly answer: ExternalAnswer
  readonly outcome: AnswerOutcome
  readonly ms: number
}

/** Contract 3.3: one result an item, in their order; the external parts as they are stored now. */
export function renderResults(results: readonly Answered[], now: number, zone: string): string {
  return `${xmlDeclaration}<worklog_results>\n${results
    .map((result) => renderResult(result, now, zone))
    .join('')}</worklog_results>\n`
}

function renderResult({ answer, outcome, ms }: Answered, now: number, zone: string): string {
  const { refusal, stored } = outcome
  const cells = [
    element('worklog_id', answer.worklogId),
    element('external_id', stored?.externalId ?? null),
    element('result_tstamp', stamp(refusal ? now : (stored?.at ?? now), zone)),
    element('external_hours', stored?.hours ?? null),
    element('external_result', stored?.result ?? null),
    element('update_result', refusal ? `ERROR: ${refusal.message}` : acceptedResult),
    element('ms', String(ms)),
  ]
  return `  <worklog_result>\n${cells.map((cell) => `    ${cell}\n`).join('')}  </worklog_result>\n`
}

/** Contract 2.7: what tempo-updateWorklog would accept as it is. */
export async function* renderTestData(
  rows: AsyncIterable<readonly HandOverRow[]>,
): AsyncGenerator<string> {
  yield `${xmlDeclaration}<worklog_updates>\n`
  for await (const batch of rows) yield batch.map(renderTestRow).join('')
  yield '</worklog_updates>\n'
}

function renderTestRow(row: HandOverRow): string {
  const cells = [
    element('worklog_id', row.id),
    element('external_id', row.external?.externalId ?? `TEST-${row.id}`),
    element('external_hours', row.isGone ? '0.0' : hoursText(row.timeSpentSeconds)),
    element('external_result', acceptedResult),
    element('hash_value', row.fingerprint),
  ]
  return `  <worklog_update>\n${cells.map((cell) => `    ${cell}\n`).join('')}  </worklog_update>\n`
}

/** Seed 003: "simple form to paste XML input (used for testing)". The token stays in its address. */
export function renderForm(action: string): string {
  return `<!DOCTYPE html>
<html><head><meta charset="UTF-8"><title>UpdateWorklogs</title></head>
<body><form method="post" action="${xmlAttribute(action)}">
<p><label>XML <br><textarea name="worklogs" rows="30" cols="120"></textarea></label></p>
<p><button type="submit">Update worklogs</button></p>
</form></body></html>
`
}
