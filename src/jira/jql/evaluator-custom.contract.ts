import type { JqlValue } from './ast.ts'
import { type IssueFacts, isNamed, json, number, there } from './evaluator-fields.contract.ts'

/** The custom fields of the world. */
export function customFacts(fields: Readonly<Record<string, unknown>>, name: string): IssueFacts {
  const value = (id: number) => fields[`customfield_${id}`]
  switch (name) {
    case 'Story Points':
      return { values: there(value(10001)), type: number }
    case 'Notes':
      return { values: there(value(10002)), type: 'text' }
    case 'cf[10003]':
      return { values: there(value(10003)), type: 'day' }
    case 'Reviewed':
      // What is no date is there, so it is not empty, but no date matches it.
      return {
        values: there(value(10004)).map((text) =>
          text === 'odd' ? Number.NaN : Date.parse(String(text)),
        ),
        type: 'minute',
      }
    case 'Approver': {
      const approver = json(value(10005) ?? {}).accountId
      const people = ['alice', 'bob', 'carol', 'dave', 'erin']
      return {
        values: there(approver && people.indexOf(String(approver).replace('account ', ''))),
        type: (at, _, operand) => {
          const names =
            operand.kind === 'value'
              ? [operand.text]
              : operand.name === 'currentUser'
                ? ['alice']
                : ['alice', 'bob']
          return names.includes(people[Number(at)]!)
        },
      }
    }
    case 'Color':
      return {
        values: there(json(value(10006) ?? {}).value),
        type: (color, operator, operand) =>
          isNamed(color, operator, operand) || (operand as JqlValue).text === '7',
      }
    case 'Tags':
      return { values: (value(10007) as string[] | undefined) ?? [], type: isNamed }
    case 'Crew':
      return { values: there(json(value(10008) ?? {}).name), type: isNamed }
    default:
      throw new Error(`the evaluator does not know the field ${name}`)
  }
}
