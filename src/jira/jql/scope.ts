import type { JqlField } from './ast.ts'
import type { JqlContext } from './context.ts'
import { type FieldCatalogue, type JqlFieldEntry, makeFieldCatalogue } from './fields.ts'

/** One resolving: the context, the fields, and all that turned out wrong, in order and once. */
export type JqlScope = {
  readonly context: JqlContext
  readonly fields: FieldCatalogue
  readonly problems: Set<string>
  report(problem: string): void
  /** The field's entry; reports a field that does not exist. */
  fieldOf(field: JqlField): JqlFieldEntry | undefined
}

export function makeScope(context: JqlContext): JqlScope {
  const problems = new Set<string>()
  const fields = makeFieldCatalogue(context.fields)
  const report = (problem: string) => void problems.add(problem)
  return {
    context,
    fields,
    problems,
    report,
    fieldOf(field) {
      const entry = fields.find(field)
      if (!entry)
        report(`Field '${field.name}' does not exist or you do not have permission to view it.`)
      return entry
    },
  }
}
