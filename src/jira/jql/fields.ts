import type { FieldDefinition } from '../../domain/issue.ts'
import type {
  CustomField,
  IssueInstantField,
  IssueNameField,
  IssueNumberField,
  IssuePersonField,
} from '../../domain/issue-query.ts'
import type { JqlField, JqlOperator } from './ast.ts'
import { operatorSets } from './operators.ts'
import { systemFields } from './system-fields.ts'

/** What a field holds decides which values and operators it takes. */
export type JqlFieldType =
  | { readonly kind: 'worklogDate' | 'worklogAuthor' | 'worklogComment' }
  | { readonly kind: 'project' | 'issue' | 'filter' | 'parent' }
  | { readonly kind: 'user'; readonly field: IssuePersonField | CustomField | NotHeld }
  | { readonly kind: 'name'; readonly field: IssueNameField }
  | {
      readonly kind: 'option'
      readonly field: CustomField
      readonly of: 'option' | 'group' | 'any'
    }
  | { readonly kind: 'dateTime'; readonly field: IssueInstantField | CustomField | NotHeld }
  | { readonly kind: 'date'; readonly field: 'dueDay' | CustomField }
  | {
      readonly kind: 'duration' | 'number'
      readonly field: IssueNumberField | CustomField | NotHeld
    }
  | { readonly kind: 'text'; readonly field: 'summary' | 'all' | CustomField | NotHeld }

/** Jira has the field, our store has no data for it: it is empty everywhere. */
export type NotHeld = 'not held'

export type JqlFieldEntry = {
  /** The name to show, then its aliases. */
  readonly names: readonly string[]
  readonly type: JqlFieldType
  readonly operators: readonly JqlOperator[]
  readonly isSortable: boolean
}

/** Every field a query may name, found without regard to case. */
export type FieldCatalogue = {
  find(field: JqlField): JqlFieldEntry | undefined
  list(): readonly JqlFieldEntry[]
  /** Fields beside the summary that hold text: `text ~` searches them too. */
  readonly textFields: readonly CustomField[]
}

/** The fields of contract C3 and the custom fields of the catalogue; a system name wins. */
export function makeFieldCatalogue(definitions: readonly FieldDefinition[] = []): FieldCatalogue {
  const custom = customFields(definitions.filter((definition) => definition.isCustom))
  const byName = new Map<string, JqlFieldEntry>()
  // An Epic Link of Jira's own beats ours, which only stands in for it.
  const standIns = systemFields.filter(({ names }) => names[0] === 'Epic Link')
  for (const entry of [...standIns, ...custom, ...systemFields.filter(notIn(standIns))])
    for (const name of entry.names) byName.set(name.toLowerCase(), entry)
  const find = (name: string) => byName.get(name) ?? byName.get(name.replace(/ ?\[[^\]]*\]$/, ''))
  return {
    find: ({ name, customId, properties }) => {
      if (properties.length > 0) return undefined
      return customId === undefined
        ? find(name.toLowerCase())
        : byName.get(`cf[${customId.replace(/^0+(?=\d)/, '')}]`)
    },
    list: () => [...new Set(byName.values())],
    textFields: [...custom, ...systemFields].flatMap(({ type }) =>
      type.kind === 'text' && typeof type.field === 'object' ? [type.field] : [],
    ),
  }
}

const notIn = (entries: readonly JqlFieldEntry[]) => (entry: JqlFieldEntry) =>
  !entries.includes(entry)

// Two sources may use one name for their own ids: the name then means all of them. The first to
// come decides the type.
function customFields(definitions: readonly FieldDefinition[]): JqlFieldEntry[] {
  const byName = new Map<string, FieldDefinition[]>()
  for (const definition of definitions) {
    const name = definition.name.toLowerCase()
    byName.set(name, [...(byName.get(name) ?? []), definition])
  }
  return [...byName.values()].map((same) => {
    const field = { customFieldIds: [...new Set(same.map(({ id }) => id))] }
    const numbers = field.customFieldIds.flatMap((id) => /^customfield_(\d+)$/.exec(id)?.[1] ?? [])
    const names = [
      same[0]!.name,
      ...numbers.map((number) => `cf[${number}]`),
      ...field.customFieldIds,
      ...same.flatMap(({ clauseNames }) => clauseNames),
    ]
    const type = customType(same[0]!.type, field)
    return { names: [...new Set(names)], type, operators: operatorsOf(type), isSortable: true }
  })
}

function customType(type: string | null, field: CustomField): JqlFieldType {
  switch (type) {
    case 'string':
      return { kind: 'text', field }
    case 'number':
      return { kind: 'number', field }
    case 'date':
      return { kind: 'date', field }
    case 'datetime':
      return { kind: 'dateTime', field }
    case 'user':
      return { kind: 'user', field }
    case 'group':
      return { kind: 'option', field, of: 'group' }
    case 'option':
    case 'option-with-child':
      return { kind: 'option', field, of: 'option' }
    default:
      return { kind: 'option', field, of: 'any' }
  }
}

function operatorsOf({ kind }: JqlFieldType): readonly JqlOperator[] {
  if (kind === 'text') return operatorSets.textOrEmpty
  const isOrdered = kind === 'number' || kind === 'date' || kind === 'dateTime'
  return isOrdered ? operatorSets.ordered : operatorSets.listed
}
