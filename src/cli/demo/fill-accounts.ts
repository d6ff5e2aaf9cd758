import { accountAttribute, accounts, categories, customers } from './accounts.ts'
import type { FillContext, PersonOf } from './fill.ts'
import type { ProjectOf } from './fill-issues.ts'

/** Finds the account that the time of a project goes to. */
export type AccountKeyOf = (projectKey: string) => string | undefined

/** Writes what time is billed to, and the attribute by which worklogs say so. */
export async function fillAccounts(
  { tx, siteId }: FillContext,
  personOf: PersonOf,
  projectOf: ProjectOf,
): Promise<AccountKeyOf> {
  await tx.attributes.insert(siteId, {
    ...accountAttribute,
    type: 'account',
    isRequired: false,
    options: [],
    version: tx.takeVersions(1),
  })
  const customerOf = new Map<string, Awaited<ReturnType<typeof tx.customers.insert>>>()
  for (const customer of customers)
    customerOf.set(
      customer.key,
      await tx.customers.insert(siteId, { ...customer, version: tx.takeVersions(1) }),
    )
  const categoryOf = new Map<string, Awaited<ReturnType<typeof tx.accountCategories.insert>>>()
  for (const category of categories)
    categoryOf.set(
      category.key,
      await tx.accountCategories.insert(siteId, { ...category, version: tx.takeVersions(1) }),
    )
  for (const { key, name, lead, customer, category, monthlyBudget, projects } of accounts) {
    const accountId = await tx.accounts.insert(siteId, {
      key,
      name,
      status: 'open',
      isGlobal: false,
      monthlyBudget,
      leadId: personOf(lead),
      contactId: null,
      externalContact: null,
      categoryId: categoryOf.get(category)!,
      customerId: customerOf.get(customer)!,
      version: tx.takeVersions(1),
    })
    for (const project of projects)
      await tx.accountLinks.insert(siteId, {
        accountId,
        projectId: projectOf(project),
        isDefault: true,
        version: tx.takeVersions(1),
      })
  }
  return (project) => accounts.find(({ projects }) => projects.includes(project))?.key
}
