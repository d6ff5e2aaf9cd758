import { describe, expect, it } from 'vitest'
import { anActor, aSite } from '../../test/builders.ts'
import { aClock } from '../../test/clock.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { type Accounting, makeAccounting } from './accounting.ts'
import { makeOwnBook } from './own-book.ts'
import { makeTimesheets } from './timesheets.ts'

withDatabase(openMemoryDatabase, (database) => {
  async function anOffice() {
    const { store } = database()
    const site = await aSite(store)
    const clock = aClock()
    const [ann, mo, adi] = (await site.people([{ username: 'ann' }, {}, {}])) as [
      Awaited<ReturnType<typeof site.aPerson>>,
      Awaited<ReturnType<typeof site.aPerson>>,
      Awaited<ReturnType<typeof site.aPerson>>,
    ]
    const accounting = makeAccounting({ store, now: clock.now })
    const sheets = makeTimesheets({ book: makeOwnBook({ store, now: clock.now }) })
    return {
      ...site,
      ann,
      accounting,
      sheets,
      employee: anActor(site, ann),
      manager: anActor(site, mo, 'manager'),
      admin: anActor(site, adi, 'administrator'),
      actions: async () =>
        (await store.audit.list(site.siteId, 1, 1_000)).map(({ action }) => action),
    }
  }

  const acme = { key: 'ACME', name: 'Acme build', lead: 'ann' }

  it('keeps an account with all it names, and notes each change', async () => {
    const { accounting, manager, store, siteId, actions, ann } = await anOffice()
    const customer = await accounting.createCustomer(manager, { key: 'ACM', name: 'Acme' })
    const category = await accounting.createCategory(manager, {
      key: 'DEV',
      name: 'Development',
      type: 'billable',
    })
    const account = await accounting.createAccount(manager, {
      ...acme,
      customer: 'ACM',
      category: 'DEV',
      monthlyBudget: 600,
      externalContact: 'Jo',
    })
    expect(account).toMatchObject({
      key: 'ACME',
      status: 'open',
      isGlobal: false,
      monthlyBudget: 600,
      leadId: ann.id,
      lead: { displayName: ann.displayName },
      externalContact: 'Jo',
      contact: null,
      customer,
      category,
    })
    const changed = await accounting.changeAccount(
      manager,
      account.id,
      { contact: 'ann', status: 'closed', monthlyBudget: null },
      account.version,
    )
    expect(changed).toMatchObject({
      contact: { id: ann.id },
      externalContact: null,
      status: 'closed',
      monthlyBudget: null,
      name: 'Acme build',
    })
    expect(changed.version).toBeGreaterThan(account.version)
    await expect(
      accounting.changeAccount(manager, account.id, { name: 'x' }, account.version),
    ).rejects.toMatchObject({ code: 'conflict', details: { reason: 'stale-version' } })
    await accounting.removeCustomer(manager, customer.id)
    await accounting.removeCategory(manager, category.id)
    expect(await store.accounts.find(siteId, { limit: 9 })).toMatchObject([
      { customer: null, category: null },
    ])
    await accounting.removeAccount(manager, account.id)
    expect(await store.accounts.find(siteId, { limit: 9 })).toEqual([])
    expect(await actions()).toEqual([
      'customer.create',
      'account-category.create',
      'account.create',
      'account.update',
      'account.update',
      'customer.delete',
      'account.update',
      'account-category.delete',
      'account.delete',
    ])
  })

  it('refuses what is wrong and writes nothing', async () => {
    const { accounting, manager, actions } = await anOffice()
    await accounting.createAccount(manager, acme)
    const before = await actions()
    const tries: [Promise<unknown>, string][] = [
      [accounting.createAccount(manager, acme), 'conflict'],
      [accounting.createAccount(manager, { ...acme, key: 'a b' }), 'invalid'],
      [accounting.createAccount(manager, { ...acme, key: 'B', lead: 'nobody' }), 'invalid'],
      [accounting.createAccount(manager, { ...acme, key: 'B', customer: 'NO' }), 'invalid'],
      [accounting.createAccount(manager, { ...acme, key: 'B', monthlyBudget: -1 }), 'invalid'],
      [accounting.createAccount(manager, { ...acme, key: 'B', monthlyBudget: 0.5 }), 'invalid'],
      [
        accounting.createAccount(manager, {
          ...acme,
          key: 'B',
          contact: 'ann',
          externalContact: 'Jo',
        }),
        'invalid',
      ],
      [accounting.createCustomer(manager, { key: '', name: 'x' }), 'invalid'],
      [accounting.createLink(manager, { account: 'NO', project: 'P' }), 'invalid'],
      [accounting.removeAccount(manager, '4711' as never), 'not-found'],
      [accounting.makeLinkDefault(manager, '4711' as never), 'not-found'],
    ]
    for (const [attempt, code] of tries) await expect(attempt).rejects.toMatchObject({ code })
    expect(await actions()).toEqual(before)
  })

  it('leaves accounts to managers, and work attributes to administrators', async () => {
    const { accounting, employee, manager, admin } = await anOffice()
    const field = { key: '_F_', name: 'F', type: 'input-field' } as const
    const all = (actor: typeof employee): ((use: Accounting) => Promise<unknown>)[] => [
      (use) => use.createAccount(actor, { ...acme, key: `A${actor.personId}` }),
      (use) => use.createCustomer(actor, { key: `C${actor.personId}`, name: 'x' }),
      (use) => use.createCategory(actor, { key: `K${actor.personId}`, name: 'x' }),
    ]
    for (const act of all(employee))
      await expect(act(accounting)).rejects.toMatchObject({ code: 'forbidden' })
    for (const act of [...all(manager), ...all(admin)]) await act(accounting)
    for (const actor of [employee, manager])
      await expect(accounting.createAttribute(actor, field)).rejects.toMatchObject({
        code: 'forbidden',
      })
    const readOnly = { ...admin, scopes: ['read'] as const }
    await expect(accounting.createAttribute(readOnly, field)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await accounting.createAttribute(admin, field)
  })

  it('keeps an account that worklogs are billed to', async () => {
    const { accounting, manager, admin, sheets, employee, anIssue } = await anOffice()
    const issue = await anIssue()
    await accounting.createAttribute(admin, { key: '_Account_', name: 'Account', type: 'account' })
    const account = await accounting.createAccount(manager, acme)
    const entry = { issue: issue.key, day: '2026-03-02', timeSpentSeconds: 60 }
    const logged = await sheets.log(employee, { ...entry, attributes: { _Account_: 'ACME' } })
    const used = { code: 'conflict', details: { reason: 'in-use' } }
    await expect(accounting.removeAccount(manager, account.id)).rejects.toMatchObject(used)
    await expect(accounting.changeAccount(manager, account.id, { key: 'B' })).rejects.toMatchObject(
      used,
    )
    await accounting.changeAccount(manager, account.id, { status: 'archived' })
    await expect(
      sheets.log(employee, { ...entry, attributes: { _Account_: 'ACME' } }),
    ).rejects.toMatchObject({ code: 'invalid' })
    // What was booked before may be touched and keeps its account.
    const touched = await sheets.change(employee, logged.id, {
      comment: 'x',
      attributes: { _Account_: 'ACME' },
    })
    expect(touched.attributes).toEqual({ _Account_: 'ACME' })
    await sheets.remove(employee, logged.id)
    await accounting.removeAccount(manager, account.id)
  })

  describe('links', () => {
    it('have one default a project, which required accounts are taken from', async () => {
      const { accounting, manager, admin, employee, sheets, aProject, anIssue } = await anOffice()
      const project = await aProject()
      const issue = await anIssue({ project })
      for (const key of ['A', 'B']) await accounting.createAccount(manager, { ...acme, key })
      const link = (account: string) =>
        accounting.createLink(manager, { account, project: project.key, isDefault: true })
      const first = await link('A')
      const second = await link('B')
      await expect(link('A')).rejects.toMatchObject({ code: 'conflict' })
      const links = () =>
        database().store.accountLinks.find(manager.siteId, { projectIds: [project.id], limit: 9 })
      expect((await links()).map(({ isDefault }) => isDefault)).toEqual([false, true])
      await accounting.makeLinkDefault(manager, first.id)
      expect((await links()).map(({ isDefault }) => isDefault)).toEqual([true, false])
      await accounting.createAttribute(admin, {
        key: '_Account_',
        name: 'Account',
        type: 'account',
        isRequired: true,
      })
      const entry = { issue: issue.key, day: '2026-03-02', timeSpentSeconds: 60 }
      expect((await sheets.log(employee, entry)).attributes).toEqual({ _Account_: 'A' })
      await accounting.removeLink(manager, first.id)
      await expect(sheets.log(employee, entry)).rejects.toMatchObject({
        code: 'invalid',
        details: { attributes: [{ key: '_Account_', reason: 'required' }] },
      })
      expect((await links()).map(({ id }) => id)).toEqual([second.id])
    })
  })
})
