import type { JqlClause, JqlField, JqlOperand, JqlPredicate, JqlQuery } from '../../jira/jql/ast.ts'
import { renderField, renderJqlText, renderOperand } from '../../jira/jql/render.ts'

type Structure = Readonly<Record<string, unknown>>

/** The tree of a query as `jql/parse` shows it (`JqlQuery` of the platform's document). */
export function renderStructure({ where, orderBy }: JqlQuery): Structure {
  return {
    ...(where ? { where: clause(where) } : {}),
    ...(orderBy.length > 0
      ? {
          orderBy: {
            fields: orderBy.map((sort) => ({
              field: fieldOf(sort.field),
              ...(sort.direction ? { direction: sort.direction } : {}),
            })),
          },
        }
      : {}),
  }
}

function clause(one: JqlClause): Structure {
  switch (one.kind) {
    case 'and':
    case 'or':
      return { clauses: one.clauses.map(clause), operator: one.kind }
    case 'not':
      return { clauses: [clause(one.clause)], operator: 'not' }
    case 'terminal':
      return { field: fieldOf(one.field), operator: one.operator, operand: operand(one.operand) }
    case 'history':
      return {
        field: fieldOf(one.field),
        operator: one.operator,
        ...(one.operand ? { operand: operand(one.operand) } : {}),
        predicates: one.predicates.map(predicate),
      }
  }
}

function predicate(one: JqlPredicate): Structure {
  return { operator: one.operator, operand: operand(one.operand) }
}

function fieldOf(field: JqlField): Structure {
  const property = field.properties.map(({ key, path }) => ({
    entity: field.name.split('.', 1)[0],
    key,
    ...(path.length > 0 ? { path: path.join('.') } : {}),
  }))
  return {
    name: field.name,
    encodedName: renderField(field),
    ...(property.length > 0 ? { property } : {}),
  }
}

function operand(one: JqlOperand): Structure {
  switch (one.kind) {
    case 'value':
      return { value: one.text, encodedValue: renderJqlText(one.text, one.isNumber) }
    case 'function':
      return { function: one.name, arguments: one.args, encodedOperand: renderOperand(one) }
    case 'list':
      return { values: one.items.map(operand), encodedOperand: renderOperand(one) }
    case 'empty':
      return { keyword: 'empty' }
  }
}
