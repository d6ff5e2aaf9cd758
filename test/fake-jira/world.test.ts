import { describe, expect, it } from 'vitest'
import { aGoldenWorld, goldenStart } from './golden-world.ts'
import { makeWorld } from './world.ts'

function aWorld() {
  const world = makeWorld()
  const bob = world.addUser({ name: 'bob' })
  const project = world.addProject({ key: 'ABC' })
  const issue = world.addIssue({ project })
  return { world, bob, project, issue }
}

describe('a world', () => {
  it('stamps every change a millisecond later, or all alike', () => {
    const { world, issue } = aWorld()
    const [one, two] = [world.logWork({ issue }), world.logWork({ issue })]
    expect(two.updated - one.updated).toBe(1)
    expect(issue.updated).toBe(two.updated)
    const hot = world.inOneMillisecond(() => [world.logWork({ issue }), world.logWork({ issue })])
    expect(new Set(hot.map(({ updated }) => updated)).size).toBe(1)
  })

  it('shows each person what they may see', () => {
    const { world, bob, project, issue } = aWorld()
    world.addGroup('board', [bob])
    const open = world.logWork({ issue, author: bob })
    const closed = world.logWork({ issue, visibility: { type: 'group', value: 'board' } })
    const ids = (person = world.admin) => world.visibleWorklogs(person).map(({ id }) => Number(id))
    expect(ids()).toEqual([open.id])
    expect(ids(bob)).toEqual([open.id, closed.id])
    world.hideProject(project)
    expect(ids(bob)).toEqual([])
    world.showProject(project)
    world.restrictWorklog(closed.id, undefined)
    expect(ids()).toEqual([open.id, closed.id])
    world.restrictWorklog(open.id, { type: 'role', value: 'Developers' })
    expect(ids(bob)).toEqual([closed.id])
  })

  it('keeps the rows of an issue that is moved, renamed, deleted and restored', () => {
    const { world, project, issue } = aWorld()
    const row = world.logWork({ issue })
    const before = row.updated
    const other = world.addProject({ key: 'NEW' })
    world.addIssue({ project: other })
    world.moveIssue(issue, other)
    expect(world.visibleWorklogs()).toMatchObject([{ issueKey: 'NEW-2', projectKey: 'NEW' }])
    world.renameProjectKey(other, 'NEWER')
    expect(world.visibleWorklogs()).toMatchObject([{ issueKey: 'NEWER-2', updatedAt: before }])
    world.deleteIssue(issue)
    expect(world.visibleWorklogs()).toEqual([])
    expect(() => world.restoreWorklog(row.id)).toThrow('lost its issue')
    world.restoreIssue(issue)
    expect(world.visibleWorklogs()).toMatchObject([{ id: String(row.id), updatedAt: before }])
    expect(project.lastNumber).toBe(1)
  })

  it('never gives ids of one kind to another', () => {
    const { world, project, issue } = aWorld()
    const row = world.logWork({ issue })
    expect(new Set([project.id, issue.id, String(row.id)]).size).toBe(3)
  })
})

describe('the golden world', () => {
  it('is the same every time and holds what it promises', () => {
    const { state, golden, visibleWorklogs, clock, admin } = aGoldenWorld()
    expect(aGoldenWorld().visibleWorklogs()).toEqual(visibleWorklogs())
    expect([state.projects.size, state.issues.size, state.people.size]).toEqual([4, 40, 11])
    expect(state.worklogs.size).toBeGreaterThan(200)
    expect(clock.now()).toBeGreaterThan(goldenStart)
    const hidden = [golden.secret, ...golden.restricted].map(({ id }) => id)
    const seen = visibleWorklogs(admin).map(({ id }) => Number(id))
    expect(seen.filter((id) => hidden.includes(id))).toEqual([])
    expect(seen).toHaveLength(state.worklogs.size - hidden.length)
    expect(state.worklogIdsByIssue.get(golden.busy.id)?.size).toBeGreaterThanOrEqual(25)
    expect(golden.moved.oldKey).not.toBe(golden.moved.issue.key)
  })
})
