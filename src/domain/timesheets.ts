import { DomainError } from './errors.ts'
import type { Actor } from './permission.ts'
import type { WorklogId, WorklogView } from './worklog.ts'
import type {
  EntryChange,
  NewEntry,
  WorklogBook,
  WriteCommand,
  WriteOutcome,
} from './worklog-book.ts'

export type Idempotency = { readonly key: string; readonly requestHash: string }

/** Use cases on time, one worklog at a time; refusals are thrown. */
export type Timesheets = {
  log(actor: Actor, entry: NewEntry, idempotency?: Idempotency): Promise<WorklogView>
  change(
    actor: Actor,
    id: WorklogId,
    change: EntryChange,
    ifVersion?: number,
    idempotency?: Idempotency,
  ): Promise<WorklogView>
  /** Returns the worklog as it was. */
  remove(actor: Actor, id: WorklogId, ifVersion?: number): Promise<WorklogView>
}

export function makeTimesheets({ book }: { book: WorklogBook }): Timesheets {
  const writeOne = async (actor: Actor, command: WriteCommand, idempotency?: Idempotency) => {
    const outcomes = await book.write({
      actor,
      commands: [command],
      ...(idempotency ? { idempotency } : {}),
    })
    return unwrap(outcomes[0])
  }
  return {
    log: (actor, entry, idempotency) => writeOne(actor, { kind: 'log', entry }, idempotency),
    change: (actor, id, change, ifVersion, idempotency) =>
      writeOne(
        actor,
        { kind: 'change', id, change, ...(ifVersion === undefined ? {} : { ifVersion }) },
        idempotency,
      ),
    remove: (actor, id, ifVersion) =>
      writeOne(actor, { kind: 'remove', id, ...(ifVersion === undefined ? {} : { ifVersion }) }),
  }
}

function unwrap(outcome: WriteOutcome | undefined): WorklogView {
  if (outcome?.ok) return outcome.worklog
  const refusal = outcome?.refusal
  throw new DomainError(
    refusal?.code ?? 'unavailable',
    refusal?.message ?? 'The write was not answered',
    refusal?.details,
  )
}
