import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { type ConnectionId, ownConnection, type SiteId } from '../domain/site.ts'

export function sitesContract(database: () => TestDatabase): void {
  it('creates a site with the connection its own rows belong to', async () => {
    const { store } = database()
    const site = await store.sites.create({ name: 'Öl & Söhne "GmbH"', timeZone: 'Europe/Berlin' })
    expect(site).toEqual({
      id: site.id,
      name: 'Öl & Söhne "GmbH"',
      timeZone: 'Europe/Berlin',
      firstWeekday: 1,
      bookMode: 'own',
      workingHoursPerDay: 8,
      workingDaysPerWeek: 5,
      version: 0,
    })
    expect(await store.sites.get(site.id)).toEqual(site)
    expect(await store.connections.list(site.id)).toMatchObject([
      { id: ownConnection, name: 'hourbook', baseUrl: null, syncedAt: null, worklogsHeld: null },
    ])
  })

  it('lists sites by id and finds the first', async () => {
    const { store } = database()
    const [a, b] = [await aSite(store), await aSite(store)]
    const ids = (await store.sites.list()).map((site) => site.id)
    expect(ids).toEqual([...ids].sort((left, right) => left - right))
    expect(ids).toEqual(expect.arrayContaining([a.siteId, b.siteId]))
    expect((await store.sites.findFirst())?.id).toBe(ids[0])
  })

  it('knows nothing of a site that is not there', async () => {
    await expect(database().store.sites.get(999_999 as SiteId)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('numbers connections within their site', async () => {
    const { store } = database()
    const [a, b] = [await aSite(store), await aSite(store)]
    const jira = await store.connections.create(a.siteId, {
      name: 'jira',
      baseUrl: 'https://jira.example.org',
    })
    expect(jira).toMatchObject({ id: 1, name: 'jira', baseUrl: 'https://jira.example.org' })
    expect(await store.connections.create(b.siteId, { name: 'jira', baseUrl: null })).toMatchObject(
      { id: 1 },
    )
    expect(await store.connections.create(a.siteId, { name: 'old', baseUrl: null })).toMatchObject({
      id: 2,
    })
    expect((await store.connections.list(a.siteId)).map((one) => one.name)).toEqual([
      'hourbook',
      'jira',
      'old',
    ])
    expect(await store.connections.findByName(a.siteId, 'jira')).toEqual(jira)
    expect(await store.connections.findByName(b.siteId, 'old')).toBeUndefined()
  })

  it('counts worklogs announced against worklogs held', async () => {
    const { store } = database()
    const site = await aSite(store)
    const other = await aSite(store)
    const { id } = await store.connections.create(site.siteId, { name: 'jira', baseUrl: null })
    await store.connections.create(other.siteId, { name: 'jira', baseUrl: null })
    const project = await site.aProject({ connectionId: id })
    const capped = await site.anIssue({ project, reportedWorklogCount: 67 })
    const silent = await site.anIssue({ project })
    const hidden = await site.anIssue({ project, reportedWorklogCount: 1 })
    await site.worklogs([
      { issue: capped, connectionId: id },
      { issue: capped, connectionId: id },
      { issue: silent, connectionId: id },
      { issue: hidden, connectionId: id, deletedAt: 1 },
      { issue: capped, connectionId: ownConnection },
    ])
    const otherProject = await other.aProject({ connectionId: 1 as ConnectionId })
    const foreign = await other.anIssue({ project: otherProject, reportedWorklogCount: 500 })
    await other.aWorklog({ issue: foreign, connectionId: 1 as ConnectionId })

    const at = Date.UTC(2026, 2, 2, 12, 0, 0, 7)
    await store.connections.takeCensus(site.siteId, id, at)
    expect(await store.connections.findByName(site.siteId, 'jira')).toMatchObject({
      syncedAt: at,
      worklogsAnnounced: 67 + 1 + 1,
      worklogsHeld: 3,
    })
    expect(await store.connections.findByName(other.siteId, 'jira')).toMatchObject({
      syncedAt: null,
      worklogsHeld: null,
    })
  })
}
