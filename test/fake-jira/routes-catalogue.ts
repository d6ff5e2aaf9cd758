import { dateText, linkOf } from './beans.ts'
import { fieldRefusal, refusal } from './errors.ts'
import { type Answer, type Call, ok, type Route } from './route.ts'
import { canBrowse, issueOf, projectOf } from './world-state.ts'

/** What a Jira says about itself: version, settings, fields, statuses, permissions. */
export const catalogueRoutes: readonly Route[] = [
  { method: 'GET', path: 'serverInfo', isPublic: true, handle: serverInfo },
  { method: 'GET', path: 'configuration', handle: configuration },
  { method: 'GET', path: 'field', handle: (call) => ok(fieldsOfJira(call)) },
  { method: 'GET', path: 'status', handle: (call) => ok(distinct(call, 'status')) },
  { method: 'GET', path: 'issuetype', handle: (call) => ok(distinct(call, 'issuetype')) },
  { method: 'GET', path: 'priority', handle: (call) => ok(distinct(call, 'priority')) },
  { method: 'GET', path: 'mypermissions', handle: myPermissions },
]

function serverInfo(call: Call): Answer {
  const now = call.world.clock.now() + call.switches.serverTimeSkewMs
  const isCloud = call.dialect === 'cloud'
  return ok({
    baseUrl: call.base,
    ...(isCloud ? { displayUrl: call.base } : {}),
    version: isCloud ? '1001.0.0-SNAPSHOT' : '9.12.0',
    versionNumbers: isCloud ? [1001, 0, 0] : [9, 12, 0],
    deploymentType: isCloud ? 'Cloud' : 'Server',
    buildNumber: isCloud ? 100_218 : 912_000,
    buildDate: dateText(call, Date.UTC(2025, 0, 1)),
    serverTime: dateText(call, now),
    scmInfo: '0123456789abcdef0123456789abcdef01234567',
    serverTitle: 'Fake Jira',
    ...(isCloud ? { serverTimeZone: call.world.state.settings.timeZone } : {}),
  })
}

function configuration(call: Call): Answer {
  const { hoursPerDay, daysPerWeek, timeFormat, defaultUnit } = call.world.state.settings
  return ok({
    votingEnabled: true,
    watchingEnabled: true,
    unassignedIssuesAllowed: true,
    subTasksEnabled: true,
    issueLinkingEnabled: true,
    timeTrackingEnabled: true,
    attachmentsEnabled: true,
    timeTrackingConfiguration: {
      workingHoursPerDay: hoursPerDay,
      workingDaysPerWeek: daysPerWeek,
      timeFormat,
      defaultUnit,
    },
  })
}

const systemFields = [
  ['summary', 'Summary', 'string'],
  ['issuetype', 'Issue Type', 'issuetype'],
  ['project', 'Project', 'project'],
  ['status', 'Status', 'status'],
  ['assignee', 'Assignee', 'user'],
  ['reporter', 'Reporter', 'user'],
  ['priority', 'Priority', 'priority'],
  ['labels', 'Labels', 'array'],
  ['components', 'Components', 'array'],
  ['fixVersions', 'Fix versions', 'array'],
  ['resolution', 'Resolution', 'resolution'],
  ['created', 'Created', 'datetime'],
  ['updated', 'Updated', 'datetime'],
  ['duedate', 'Due date', 'date'],
  ['timespent', 'Time Spent', 'number'],
  ['timetracking', 'Time tracking', 'timetracking'],
  ['worklog', 'Log Work', 'array'],
] as const

function fieldsOfJira(call: Call) {
  const system = systemFields.map(([id, name, type]) => ({
    id,
    ...(call.dialect === 'cloud' ? { key: id } : {}),
    name,
    custom: false,
    orderable: true,
    navigable: id !== 'worklog' && id !== 'timetracking',
    searchable: true,
    clauseNames: id === 'worklog' ? [] : [id],
    schema: { type, system: id },
  }))
  const custom = customFieldIds(call).map((id) => {
    const number = Number(id.slice('customfield_'.length))
    return {
      id,
      ...(call.dialect === 'cloud' ? { key: id } : {}),
      name: call.world.state.fieldNames.get(id) ?? `Custom ${number}`,
      custom: true,
      orderable: true,
      navigable: true,
      searchable: true,
      clauseNames: [`cf[${number}]`],
      schema: { type: 'any', customId: number },
    }
  })
  return [...system, ...custom]
}

function customFieldIds({ world }: Call): string[] {
  const ids = new Set(world.state.fieldNames.keys())
  for (const { fields } of world.state.issues.values()) {
    for (const name in fields) if (name.startsWith('customfield_')) ids.add(name)
  }
  return [...ids].sort()
}

// The catalogue is what the issues use: each value once, by id.
function distinct(call: Call, field: string): unknown[] {
  const found = new Map<string, object>()
  for (const { fields } of call.world.state.issues.values()) {
    const value = fields[field]
    if (typeof value === 'object' && value !== null && 'id' in value) {
      const id = String(value.id)
      if (!found.has(id)) found.set(id, { self: linkOf(call, `${field}/${id}`), ...value })
    }
  }
  return [...found.values()]
}

const permissions = [
  ['BROWSE_PROJECTS', 'Browse Projects', 'PROJECT'],
  ['WORK_ON_ISSUES', 'Work On Issues', 'PROJECT'],
  ['EDIT_OWN_WORKLOGS', 'Edit Own Worklogs', 'PROJECT'],
  ['EDIT_ALL_WORKLOGS', 'Edit All Worklogs', 'PROJECT'],
  ['DELETE_OWN_WORKLOGS', 'Delete Own Worklogs', 'PROJECT'],
  ['DELETE_ALL_WORKLOGS', 'Delete All Worklogs', 'PROJECT'],
  ['USER_PICKER', 'Browse Users', 'GLOBAL'],
  ['ADMINISTER', 'Administer Jira', 'GLOBAL'],
] as const

function myPermissions(call: Call): Answer {
  const asked = call.query.get('permissions')
  if (call.dialect === 'cloud' && !asked) {
    throw fieldRefusal('permissions', 'The permissions query parameter is required.')
  }
  const { state } = call.world
  const projectKey = call.query.get('projectKey') ?? call.query.get('projectId')
  const issueKey = call.query.get('issueKey') ?? call.query.get('issueId')
  const projectId =
    projectKey === null
      ? issueOf(state, issueKey ?? '')?.projectId
      : projectOf(state, projectKey)?.id
  const isScoped = projectKey !== null || issueKey !== null
  if (isScoped && !canBrowse(state, call.caller, projectId ?? '')) {
    throw refusal(404, 'The project or issue could not be found.')
  }
  const denied = state.noLogging.get(projectId ?? '')
  const isDenied = denied?.has('*') || denied?.has(call.caller?.id ?? '')
  const wanted = asked ? asked.split(',') : permissions.map(([key]) => key)
  const held = (key: string, isGlobal: boolean) => {
    if (key.includes('_ALL_') || isGlobal) return call.caller?.isAdmin === true
    return key === 'BROWSE_PROJECTS' || !isDenied
  }
  const beans = wanted.map((key) => {
    const at = permissions.findIndex(([name]) => name === key)
    const [, name, type] = permissions[at] ?? []
    if (name === undefined) throw fieldRefusal('permissions', `Unrecognized permission: ${key}`)
    return [
      key,
      {
        id: String(at + 10),
        key,
        name,
        type,
        description: '',
        havePermission: held(key, type === 'GLOBAL'),
      },
    ]
  })
  return ok({ permissions: Object.fromEntries(beans) })
}
