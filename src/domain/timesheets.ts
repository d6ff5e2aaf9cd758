import { DomainError } from './errors.ts'
import type { Idempotency } from './idempotency.ts'
import type { Actor } from './permission.ts'
import type { WorklogId, WorklogView } from './worklog.ts'
import type {
  EntryChange,
  EstimateChange,
  NewEntry,
  WorklogBook,
  WriteCommand,
  WriteOutcome,
} from './worklog-book.ts'

/** Use cases on time, one worklog at a time; refusals are thrown. */
export type Timesheets = {
  log(
    actor: Actor,
    entry: NewEntry,
    idempotency?: Idempotency,
    estimate?: EstimateChange,
  ): Promise<WorklogView>
  change(
    actor: Actor,
    id: WorklogId,
    change: EntryChange,
    ifVersion?: number,
    idempotency?: Idempotency,
    estimate?: EstimateChange,
  ): Promise<WorklogView>
  /** Returns the worklog as it was. */
  remove(
    actor: Actor,
    id: WorklogId,
    ifVersion?: number,
    estimate?: EstimateChange,
  ): Promise<WorklogView>
}

export function makeTimesheets({ book }: { book: WorklogBook }): Timesheets {
  const writeOne = async (actor: Actor, command: WriteCommand, idempotency?: Idempotency) => {
    const outcomes = await book.write({
      actor,
      commands: [command],
      isByHand: true,
      ...(idempotency ? { idempotency } : {}),
    })
    return unwrap(outcomes[0])
  }
  const more = (ifVersion: number | undefined, estimate: EstimateChange | undefined) => ({
    ...(ifVersion === undefined ? {} : { ifVersion }),
    ...(estimate === undefined ? {} : { estimate }),
  })
  return {
    log: (actor, entry, idempotency, estimate) =>
      writeOne(actor, { kind: 'log', entry, ...more(undefined, estimate) }, idempotency),
    change: (actor, id, change, ifVersion, idempotency, estimate) =>
      writeOne(actor, { kind: 'change', id, change, ...more(ifVersion, estimate) }, idempotency),
    remove: (actor, id, ifVersion, estimate) =>
      writeOne(actor, { kind: 'remove', id, ...more(ifVersion, estimate) }),
  }
}

/** The row of an outcome; a refusal is thrown. */
export function unwrap(outcome: WriteOutcome | undefined): WorklogView {
  if (outcome?.ok) return outcome.worklog
  const refusal = outcome?.refusal
  throw new DomainError(
    refusal?.code ?? 'unavailable',
    refusal?.message ?? 'The write was not answered',
    refusal?.details,
  )
}
