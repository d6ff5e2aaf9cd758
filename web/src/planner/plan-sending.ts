import type { AllocationBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { type PlanWrite, wasOf } from './plan-write.ts'

/** Sends one write; the answer is the write that takes it back. */
export async function sendPlan(write: PlanWrite): Promise<PlanWrite> {
  if (write.kind === 'create') {
    const { body, days } = write
    const made = await call<AllocationBody>('POST', '/allocations', { body })
    const { id, version } = days ? await restoreDays(made, days) : made
    return { kind: 'remove', id, version, before: body }
  }
  const { id, version: ifVersion, before } = write
  const path = `/allocations/${id}`
  if (write.kind === 'remove') {
    const { days } = await call<AllocationBody>('GET', path)
    await call('DELETE', path, { ifVersion })
    return { kind: 'create', body: before, days, ...wasOf(write) }
  }
  const { version } = await call<AllocationBody>('PUT', path, { body: write.body, ifVersion })
  return { kind: 'change', id, version, body: before, before: write.body, ...wasOf(write) }
}

/** Gives each day what it had before. */
async function restoreDays(
  made: AllocationBody,
  days: AllocationBody['days'],
): Promise<AllocationBody> {
  const wanted = new Map(days.map(({ day, seconds }) => [day, seconds]))
  const now = new Map(made.days.map(({ day, seconds }) => [day, seconds]))
  let last = made
  for (const day of new Set([...wanted.keys(), ...now.keys()])) {
    const seconds = wanted.get(day) ?? 0
    if (seconds === (now.get(day) ?? 0)) continue
    const path = `/allocations/${made.id}/days/${day}`
    last = await call<AllocationBody>('PUT', path, { body: { seconds } })
  }
  return last
}
