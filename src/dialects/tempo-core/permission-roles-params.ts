import type { Right } from '../../domain/permission-role.ts'

/** The keys clients were seen to use, by what they mean here. */
const keys: Readonly<Record<Right, string>> = {
  'view-time': 'permissions.worklog.view',
  'manage-time': 'permissions.worklog.manage',
  'approve-time': 'tempo.timesheets.approve.timesheet',
  'plan-time': 'tempo.planner.plan.permission',
}

export const permissionKeys: readonly string[] = Object.values(keys)

export function keyOfRight(right: Right): string {
  return keys[right]
}

/** Undefined for a key that means nothing here: it would give nothing, so it is refused. */
export function rightOfKey(key: string): Right | undefined {
  return (Object.keys(keys) as Right[]).find((right) => keys[right] === key)
}
