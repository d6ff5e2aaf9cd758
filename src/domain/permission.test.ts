import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anActor } from '../../test/builders.ts'
import {
  type Action,
  type Actor,
  can,
  has,
  type PolicyObject,
  permissions,
  type Role,
  rolePermissions,
  roles,
  type Scope,
  scopes,
  seesWorklog,
  type TeamShape,
  viewerOf,
} from './permission.ts'
import type { Grants } from './permission-role.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { TeamId } from './team.ts'

const [self, mate, led, stranger] = ['1', '2', '3', '4'] as unknown as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
]
const site = { siteId: 1 as SiteId }
const actorOf = (role: Role, scope: readonly Scope[] = scopes, more: Partial<Actor> = {}) =>
  anActor(site, { id: self }, role, scope, {
    teammateIds: [mate, led],
    ledIds: [led],
    teamIds: ['2' as TeamId],
    ...more,
  })

const objects: Record<string, PolicyObject> = {
  'own worklog': { type: 'worklog', personId: self },
  'mate worklog': { type: 'worklog', personId: mate },
  'led worklog': { type: 'worklog', personId: led },
  'other worklog': { type: 'worklog', personId: stranger },
  'own person': { type: 'person', personId: self },
  'mate person': { type: 'person', personId: mate },
  'led person': { type: 'person', personId: led },
  'other person': { type: 'person', personId: stranger },
  'own report': { type: 'report', personId: self, isShared: false },
  'shared report': { type: 'report', personId: stranger, isShared: true },
  'other report': { type: 'report', personId: stranger, isShared: false },
  group: { type: 'group' },
  project: { type: 'project' },
  issue: { type: 'issue' },
  site: { type: 'site' },
  token: { type: 'token' },
  teams: { type: 'team' },
  'open team': { type: 'team', team: aTeam({}) },
  'led team': { type: 'team', team: aTeam({ managerIds: [self] }) },
  'closed team': { type: 'team', team: aTeam({ isPublic: false }) },
  'own closed team': { type: 'team', team: aTeam({ id: '2' as TeamId, isPublic: false }) },
  staffing: { type: 'staffing' },
  'permission role': { type: 'permission-role' },
  'own profile': { type: 'profile', personId: self },
  'mate profile': { type: 'profile', personId: mate },
  'led profile': { type: 'profile', personId: led },
  'other profile': { type: 'profile', personId: stranger },
  'own plan': { type: 'plan', personId: self },
  'mate plan': { type: 'plan', personId: mate },
  'led plan': { type: 'plan', personId: led },
  'other plan': { type: 'plan', personId: stranger },
  'resource plan': { type: 'plan', personId: null },
}

function aTeam(more: Partial<TeamShape>): TeamShape {
  return { id: '1' as TeamId, leadId: null, managerIds: [], isPublic: true, ...more }
}

const actions: readonly Action[] = [
  'read',
  'log',
  'change',
  'remove',
  'create',
  'administer',
  'override-lock',
]

// One letter per action allowed, in this order: read, log, change, remove, create, administer,
// override-lock. Columns: administrator, manager, power team lead, team lead, power employee,
// employee, limited employee.
const letters = ['r', 'l', 'c', 'd', 'n', 'a', 'o']
const matrix = `
                administrator  manager  power-team-lead  team-lead  power-employee  employee  limited-employee
own worklog     rlcdnao        rlcdn    rlcdn            rlcdn      rlcdn           rlcdn     rlcdn
mate worklog    rlcdnao        rlcdn    r                r          r               r         -
led worklog     rlcdnao        rlcdn    rlcdn            rlcdn      r               r         r
other worklog   rlcdnao        rlcdn    r                -          -               -         -
own person      rlcdnao        r        r                r          r               r         r
mate person     rlcdnao        r        r                r          r               r         -
led person      rlcdnao        r        r                r          r               r         r
other person    rlcdnao        r        r                -          -               -         -
own report      rlcdnao        rcdn     rcdn             rcdn       rcdn            rcdn      rcdn
shared report   rlcdnao        r        r                r          r               r         r
other report    rlcdnao        -        -                -          -               -         -
group           rlcdnao        r        r                r          r               r         r
project         rlcdnao        rcn      r                r          r               r         r
issue           rlcdnao        rn       rn               rn         rn              rn        r
site            rlcdnao        -        -                -          -               -         -
token           rlcdnao        -        -                -          -               -         -
teams           rlcdnao        rcdn     r                r          r               r         r
open team       rlcdnao        rcdn     r                r          r               r         r
led team        rlcdnao        rcdn     rc               rc         r               r         r
closed team     rlcdnao        rcdn     r                -          -               -         -
own closed team  rlcdnao       rcdn     r                r          r               r         r
staffing        rlcdnao        rcdn     r                r          r               r         r
permission role  rlcdnao       r        -                -          -               -         -
own profile     rlcdnao        rc       r                r          r               r         r
mate profile    rlcdnao        rc       r                r          r               r         -
led profile     rlcdnao        rc       rc               rc         r               r         r
other profile   rlcdnao        rc       r                -          -               -         -
own plan        rlcdnao        rcdn     rcdn             rcdn       rcdn            rcdn      rcdn
mate plan       rlcdnao        rcdn     rcdn             r          rcdn            r         -
led plan        rlcdnao        rcdn     rcdn             rcdn       rcdn            r         r
other plan      rlcdnao        rcdn     rcdn             -          -               -         -
resource plan   rlcdnao        rcdn     rcdn             rcdn       rcdn            r         r
`
const [header, ...lines] = matrix.split('\n').filter((line) => line.trim() !== '')
const columns = header!.trim().split(/\s+/)
const cases = lines.flatMap((line) => {
  const [name, ...cells] = line.split(/\s{2,}/)
  return cells.map((cell, at) => [columns[at] as Role, name!, cell] as const)
})

describe('the table of roles', () => {
  it('is the matrix of this test: every role and every object', () => {
    expect(columns).toEqual(roles)
    expect(lines.map((line) => line.split(/\s{2,}/)[0])).toEqual(Object.keys(objects))
  })

  it.each(cases)('lets the %s do to %s: %s', (role, name, cell) => {
    const allowed = actions.map((action, at) =>
      can(actorOf(role), action, objects[name]!) ? letters[at] : '',
    )
    expect(allowed.join('') || '-').toBe(cell)
  })

  it('gives nobody more than the administrator, who has all', () => {
    expect(rolePermissions.administrator).toEqual(permissions)
    for (const role of roles)
      for (const permission of permissions)
        expect(has(actorOf(role), permission)).toBe(rolePermissions[role].includes(permission))
  })
})

describe('the scopes of a way in', () => {
  it.each<[Scope, readonly string[]]>([
    ['read', ['read worklog', 'read site', 'read token']],
    [
      'write',
      [
        'log worklog',
        'change worklog',
        'remove worklog',
        'create worklog',
        'override-lock worklog',
      ],
    ],
    [
      'admin',
      [
        'administer worklog',
        ...actions.filter((action) => action !== 'read').map((action) => `${action} site`),
        ...actions.filter((action) => action !== 'read').map((action) => `${action} token`),
      ],
    ],
    ['servlet', []],
  ])('%s alone allows an administrator only its own actions', (scope, expected) => {
    const actor = actorOf('administrator', [scope])
    const allowed = (['worklog', 'site', 'token'] as const).flatMap((type) =>
      actions
        .filter((action) => can(actor, action, { type, personId: self } as PolicyObject))
        .map((action) => `${action} ${type}`),
    )
    expect(allowed).toEqual(expected)
  })

  it('without any scope nobody may do anything', () => {
    for (const role of roles)
      for (const action of actions)
        for (const object of Object.values(objects))
          expect(can(actorOf(role, []), action, object)).toBe(false)
  })

  it('never give a role more than all scopes together', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...roles),
        fc.constantFrom(...actions),
        fc.constantFrom(...Object.values(objects)),
        fc.subarray([...scopes]),
        (role, action, object, some) => {
          if (can(actorOf(role, some), action, object))
            expect(can(actorOf(role), action, object)).toBe(true)
        },
      ),
    )
  })
})

describe('a permission role', () => {
  const withGrants = (grants: Grants) => actorOf('employee', scopes, { grants })
  const allowed = (actor: Actor, type: 'worklog' | 'plan', personId: PersonId) =>
    actions.filter((action) => can(actor, action, { type, personId }))

  it.each([
    ['view-time', ['read'], []],
    ['manage-time', ['read', 'log', 'change', 'remove', 'create'], []],
    ['approve-time', ['read'], []],
    ['plan-time', [], ['read', 'change', 'remove', 'create']],
  ] as const)('with %s opens that time and no other', (right, worklogs, plans) => {
    for (const over of [[stranger], 'everybody'] as const) {
      const actor = withGrants({ [right]: over })
      expect(allowed(actor, 'worklog', stranger)).toEqual(worklogs)
      // Whoever sees somebody's time sees what is planned for them.
      expect(allowed(actor, 'plan', stranger)).toEqual(plans.length > 0 ? plans : ['read'])
    }
    expect(allowed(withGrants({ [right]: [mate] }), 'worklog', stranger)).toEqual([])
  })

  it('gives nothing where the way in does not', () => {
    const actor = actorOf('employee', ['read'], { grants: { 'manage-time': 'everybody' } })
    expect(allowed(actor, 'worklog', stranger)).toEqual(['read'])
  })
})

describe('what a viewer sees', () => {
  const people = [self, mate, led, stranger]
  const anyOver = fc.oneof(fc.subarray(people), fc.constant('everybody' as const))
  const anyActor = fc
    .record({
      role: fc.constantFrom(...roles),
      grants: fc.record(
        { 'view-time': anyOver, 'manage-time': anyOver, 'plan-time': anyOver },
        { requiredKeys: [] },
      ),
      teammateIds: fc.subarray(people),
      ledIds: fc.subarray(people),
      groupNames: fc.subarray(['staff', 'board']),
    })
    .map(({ role, ...more }) => actorOf(role, scopes, more))

  it('is what the policy lets them read, worklog by worklog', () => {
    fc.assert(
      fc.property(anyActor, fc.constantFrom(...people), (actor, personId) => {
        const worklog = { authorId: personId, visibility: null }
        expect(seesWorklog(viewerOf(actor), worklog)).toBe(
          can(actor, 'read', { type: 'worklog', personId }),
        )
      }),
    )
  })

  it('is never more because a worklog is restricted', () => {
    const anyVisibility = fc.record({
      type: fc.constantFrom('group', 'role'),
      value: fc.constantFrom('staff', 'board', 'other'),
    })
    fc.assert(
      fc.property(anyActor, fc.constantFrom(...people), anyVisibility, (actor, authorId, limit) => {
        const viewer = viewerOf(actor)
        const seesOpen = seesWorklog(viewer, { authorId, visibility: null })
        const seesLimited = seesWorklog(viewer, { authorId, visibility: limit })
        const isInside =
          has(actor, 'administer') ||
          authorId === self ||
          (limit.type === 'group' && actor.groupNames.includes(limit.value))
        expect(seesLimited).toBe(seesOpen && isInside)
      }),
    )
  })
})
