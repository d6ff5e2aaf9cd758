/** What fits at the caret of a query: which words, and what they replace. */
export type Completion = {
  readonly kind: 'field' | 'operator' | 'value' | 'word'
  /** What is typed of it so far, and where that stands. */
  readonly typed: string
  readonly from: number
  readonly to: number
  /** The field whose values fit. */
  readonly field?: string
}

/** Fields of Jira's query language that reports know values of, and the dimension that has them. */
export const jqlFields: Readonly<Record<string, string | null>> = {
  project: 'project',
  issuetype: 'issueType',
  status: 'status',
  statusCategory: 'statusCategory',
  priority: 'priority',
  resolution: 'resolution',
  assignee: 'assignee',
  reporter: 'reporter',
  creator: 'creator',
  labels: null,
  component: null,
  fixVersion: null,
  affectedVersion: null,
  sprint: null,
  issue: 'issue',
  parent: 'parent',
  summary: null,
  description: null,
  text: null,
  created: null,
  updated: null,
  duedate: null,
  resolved: null,
  worklogAuthor: 'person',
  worklogDate: null,
}

export const jqlOperators = [
  '=',
  '!=',
  'in',
  'not in',
  '~',
  '!~',
  'is',
  'is not',
  '>=',
  '<=',
] as const
export const jqlWords = ['AND', 'OR', 'ORDER BY'] as const
export const jqlFunctions = [
  'currentUser()',
  'EMPTY',
  'startOfMonth()',
  'startOfWeek()',
  'now()',
] as const

const token = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[=!~<>]+|[(),]|[^\s=!~<>(),"']+/g

/** Reads a query up to the caret. It need not be right yet. */
export function completionAt(text: string, caret: number): Completion {
  const before = text.slice(0, caret)
  const tokens = [...before.matchAll(token)].map((match) => ({ text: match[0], at: match.index }))
  const last = tokens.at(-1)
  const isTyping = last !== undefined && last.at + last.text.length === caret && isWord(last.text)
  const done = (isTyping ? tokens.slice(0, -1) : tokens).map((one) => one.text)
  const typed = isTyping ? last.text : ''
  const state = read(done)
  return { ...state, typed: typed.replace(/^["']/, ''), from: caret - typed.length, to: caret }
}

function isWord(text: string): boolean {
  return !/^[=!~<>(),]/.test(text) && !(text.length > 1 && /^(["']).*\1$/.test(text))
}

function read(tokens: readonly string[]): Pick<Completion, 'kind' | 'field'> {
  let state: 'field' | 'operator' | 'value' | 'word' = 'field'
  let field = ''
  let isList = false
  for (const one of tokens) {
    const word = one.toLowerCase()
    if (state === 'field') {
      if (word === 'not' || word === '(' || word === 'by' || word === 'order') continue
      field = one.replaceAll(/^["']|["']$/g, '')
      state = 'operator'
    } else if (state === 'operator') {
      if (word === 'not' || word === 'was' || word === 'is') {
        state = word === 'not' ? 'operator' : 'value'
        continue
      }
      if (/^(?:[=!~<>]+|in)$/.test(word)) state = 'value'
    } else if (state === 'value') {
      if (one === '(') isList = true
      else if (word === 'not' || word === 'in' || word === ',') continue
      else if (one === ')') {
        isList = false
        state = 'word'
      } else if (!isList) state = 'word'
    } else if (/^(?:and|or|by)$/.test(word)) state = 'field'
  }
  return state === 'value' || state === 'operator' ? { kind: state, field } : { kind: state }
}

/** A value as a query writes it: quoted where it must be. */
export function jqlValue(text: string): string {
  return /^[\w.-]+(?:\(\))?$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
