import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  /** Everything is refused as said, and nothing is written by it. */
  const expectRefusals = async (
    route: string,
    bodies: readonly (readonly [unknown, number, string?])[],
  ) => {
    const version = await world.version()
    for (const [body, status, field] of bodies) {
      const answer = await world.call('admin', route, { body: body === null ? 'null' : body })
      expect([body, answer.status]).toEqual([body, status])
      if (field !== undefined)
        expect(answer.body.problems.map((one: { field: string }) => one.field)).toContain(field)
    }
    expect(await world.version()).toBe(version)
  }

  describe('projects and issues', () => {
    it('of our own are created and changed', async () => {
      const project = await world.call('manager', 'POST /projects', {
        body: { key: 'CARE', name: 'Care', lead: 'lead' },
      })
      expect(project.status).toBe(201)
      expect(project.body).toMatchObject({
        key: 'CARE',
        leadId: world.people.lead.id,
        connectionId: 0,
      })
      const renamed = await world.call('manager', 'PATCH /projects/CARE', {
        body: { name: 'Caring', lead: null },
        headers: { 'if-match': String(project.headers.etag) },
      })
      expect(renamed.body).toMatchObject({ name: 'Caring', leadId: null })
      const issue = await world.call('worker', 'POST /issues', {
        body: { project: 'CARE', summary: 'First', labels: ['a'], dueDay: '2026-12-24' },
      })
      expect(issue.status).toBe(201)
      expect(issue.body).toMatchObject({
        key: 'CARE-1',
        reporterId: world.people.worker.id,
        labels: ['a'],
        dueDay: '2026-12-24',
        createdAt: '2026-03-02T12:00:00.000Z',
      })
      const second = await world.call('worker', 'POST /issues', {
        body: { project: project.body.id, summary: 'Second' },
      })
      expect(second.body.key).toBe('CARE-2')
      const done = await world.call('admin', 'PATCH /issues/CARE-2', {
        body: { statusCategory: 'done', assignee: 'mate', dueDay: null },
      })
      expect(done.body).toMatchObject({
        resolvedAt: '2026-03-02T12:00:00.000Z',
        assigneeId: world.people.mate.id,
      })
      expect((await world.call('worker', 'GET /issues/CARE-2')).body).toEqual(done.body)
      const list = await world.call('worker', 'GET /issues?project=CARE&text=first')
      expect(list.body.issues).toEqual([issue.body])
      await world.call('manager', 'PATCH /projects/CARE', { body: { isActive: false } })
      await expectRefusals('POST /issues', [[{ project: 'CARE', summary: 'Third' }, 409]])
    })

    it('of a Jira are left to it', async () => {
      await expectRefusals('PATCH /projects/JIRA', [[{ name: 'Mine' }, 409]])
      await expectRefusals('PATCH /issues/JIRA-1', [[{ summary: 'Mine' }, 409]])
      await expectRefusals('POST /issues', [[{ project: 'JIRA', summary: 'Mine' }, 409]])
      const { body } = await world.call('admin', 'PATCH /issues/JIRA-1', { body: { summary: 'x' } })
      expect(body).toMatchObject({
        reason: 'owned-by-jira',
        detail: expect.stringContaining('"cloud"'),
      })
    })

    it('are refused with a reason for each bad field', async () => {
      await expectRefusals('POST /projects', [
        [{ key: 'ops', name: 'x' }, 400, 'key'],
        [{ key: 'TOOLONGAKEY', name: 'x' }, 400, 'key'],
        [{ key: 'OPS', name: 'x' }, 409, 'key'],
        [{ key: 'JIRA', name: 'x' }, 409, 'key'],
        [{ key: 'NEW', name: 'x\0' }, 400, 'name'],
        [{ key: 'NEW', name: 'x', lead: 'nobody' }, 400, 'lead'],
        [{ key: 'NEW', name: 'x', jiraId: '1' }, 400, 'jiraId'],
      ])
      const wish = (more: object) => ({ project: 'OPS', summary: 'x', ...more })
      await expectRefusals('POST /issues', [
        [wish({ project: 'NONE' }), 400, 'project'],
        [wish({ project: '\0' }), 400, 'project'],
        [wish({ summary: '' }), 400, 'summary'],
        [wish({ summary: 'a\nb' }), 400, 'summary'],
        [wish({ summary: 'x'.repeat(1_001) }), 400, 'summary'],
        [wish({ dueDay: '2026-02-30' }), 400, 'dueDay'],
        [wish({ statusCategory: 'finished' }), 400, 'statusCategory'],
        [wish({ assignee: 'nobody' }), 400, 'assignee'],
        [wish({ labels: ['\0'] }), 400, 'labels.0'],
        [wish({ labels: 'a' }), 400, 'labels'],
        [wish({ originalEstimateSeconds: -1 }), 400, 'originalEstimateSeconds'],
        [wish({ originalEstimateSeconds: 1.5 }), 400, 'originalEstimateSeconds'],
        [wish({ key: 'OPS-99' }), 400, 'key'],
      ])
      for (const path of ['/projects/NONE', '/projects/999', '/issues/OPS-404', '/issues/999']) {
        expect((await world.call('admin', `GET ${path}`)).status).toBe(404)
        const body = path.startsWith('/p') ? { name: 'x' } : { summary: 'x' }
        expect((await world.call('admin', `PATCH ${path}`, { body })).status).toBe(404)
      }
    })
  })
})
