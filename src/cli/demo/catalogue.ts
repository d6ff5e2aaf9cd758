/** A custom field's place in the catalogue. */
export type DemoField = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly clauseNames: readonly string[]
}

/** A saved search of somebody. */
export type DemoFilter = {
  readonly name: string
  readonly jql: string
  readonly description: string | null
  readonly owner: string
  readonly isFavourite: boolean
}

/** The custom fields that issues of the sample company carry. */
export const demoFields: readonly DemoField[] = [
  field(10014, 'Epic Link', 'any'),
  field(10016, 'Story Points', 'number'),
  field(10041, 'Customer', 'option'),
  field(10042, 'Cost Centre', 'string'),
  field(10043, 'Environment Found', 'string'),
]

/** Saved searches, most of them the administrator's. */
export const demoFilters: readonly DemoFilter[] = [
  filter(
    'My open issues',
    'assignee = currentUser() AND resolution IS EMPTY ORDER BY updated DESC',
  ),
  filter(
    'Bugs that hurt',
    'issuetype = Bug AND priority in (High, Highest) AND statusCategory != Done',
  ),
  filter('Customer work', 'project in (ORCA, BRIO) ORDER BY key'),
  filter('Platform security', 'project = PLAT AND labels = security'),
  filter('Support desk, in progress', 'project = OPS AND status = "In Progress"', 'd.okonedale'),
  filter('Stories without points', 'issuetype = Story AND "Story Points" IS EMPTY', 'p.velluri'),
]

function field(number: number, name: string, type: string): DemoField {
  return { id: `customfield_${number}`, name, type, clauseNames: [`cf[${number}]`, name] }
}

function filter(name: string, jql: string, owner = 'admin'): DemoFilter {
  return { name, jql, description: null, owner, isFavourite: owner === 'admin' }
}
