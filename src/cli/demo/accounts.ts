import type { AccountCategoryType } from '../../domain/account-category.ts'

/** What worklogs name their account by. */
export const accountAttribute = { key: '_Account_', name: 'Account' } as const

/** Who pays. */
export const customers = [
  { key: 'ORCA', name: 'Orca Logistics' },
  { key: 'BRIO', name: 'Brio Foods' },
  { key: 'HOUSE', name: 'The company itself' },
] as const

/** Kinds of accounts. */
export const categories: readonly {
  readonly key: string
  readonly name: string
  readonly type: AccountCategoryType
}[] = [
  { key: 'DEV', name: 'Development', type: 'billable' },
  { key: 'CARE', name: 'Care and support', type: 'operational' },
  { key: 'PROD', name: 'Own products', type: 'capitalized' },
  { key: 'INT', name: 'Internal', type: 'internal' },
]

/** An account and the projects whose time goes to it unless somebody says otherwise. */
export type DemoAccount = {
  readonly key: string
  readonly name: string
  readonly lead: string
  readonly customer: (typeof customers)[number]['key']
  readonly category: string
  /** Hours a month; null where nobody counts them. */
  readonly monthlyBudget: number | null
  readonly projects: readonly string[]
}

/** The accounts; budgets are near what is worked, some of them below it. */
export const accounts: readonly DemoAccount[] = [
  {
    key: 'ORCA-DEV',
    name: 'Orca portal, development',
    lead: 'j.wendelau',
    customer: 'ORCA',
    category: 'DEV',
    monthlyBudget: 640,
    projects: ['ORCA'],
  },
  {
    key: 'BRIO-DEV',
    name: 'Brio ordering, development',
    lead: 'a.gruenbachl',
    customer: 'BRIO',
    category: 'DEV',
    monthlyBudget: 600,
    projects: ['BRIO'],
  },
  {
    key: 'CARE',
    name: 'Support contracts',
    lead: 'd.okonedale',
    customer: 'HOUSE',
    category: 'CARE',
    monthlyBudget: 520,
    projects: ['OPS'],
  },
  {
    key: 'PRODUCTS',
    name: 'Platform and app',
    lead: 'p.velluri',
    customer: 'HOUSE',
    category: 'PROD',
    monthlyBudget: 1_300,
    projects: ['PLAT', 'MOB'],
  },
  {
    key: 'OFFICE',
    name: 'Office, hiring, learning',
    lead: 'admin',
    customer: 'HOUSE',
    category: 'INT',
    monthlyBudget: null,
    projects: ['INT'],
  },
]
