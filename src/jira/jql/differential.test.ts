import { type Clause, type Field, JastBuilder, type Operand, type Query } from '@atlaskit/jql-ast'
import { describe, expect, it } from 'vitest'
import type { JqlClause, JqlField, JqlOperand, JqlPosition, JqlQuery } from './ast.ts'
import { parseJql } from './parser.ts'
import { mutated, queryText } from './query-text.contract.ts'
import { isThorough, makeDice, seedOr } from './random.contract.ts'
import { renderJql } from './render.ts'

/** Where our parser, which follows Jira's server, and the vendor's browser package part. */
const exceptions = {
  'the browser refuses operands the server leaves to its validator': (text: string) => {
    const query = tryParse(text)
    return query?.where !== undefined && browserRefuses(query.where)
  },
  'the server refuses an empty field or function name': (_: string, error: string) =>
    /A (field|function) name cannot be empty/.test(error),
  'the server refuses numbers beyond 64 bits': (_: string, error: string) =>
    error.includes('is not a valid number'),
  'the contract reserves the backtick': (_: string, error: string) =>
    error.includes("The character '`' is a reserved JQL character"),
} as const

/** A tree both parsers can be brought to: texts decoded, `[line, character]` of what has a place. */
type Tree = unknown

const total = isThorough ? 10_000 : 3_000
const batches = 8

describe('our parser beside @atlaskit/jql-ast', () => {
  const seen = new Map<string, number>()
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)

  it.each(Array.from({ length: batches }, (_, batch) => batch))('agrees, batch %i', (batch) => {
    const dice = makeDice(seedOr(20_260_302) + batch)
    for (let made = 0; made < total / batches; made += 1) {
      const whole = queryText(dice)
      const text = dice.chance(0.3) ? mutated(dice, whole) : whole
      compare(text, count)
    }
  })

  it('saw both kinds of answers and every exception', () => {
    expect(seen.get('both accept')).toBeGreaterThan(total / 5)
    expect(seen.get('both refuse')).toBeGreaterThan(total / 5)
    for (const reason of Object.keys(exceptions))
      expect([reason, seen.get(reason)]).not.toContain(undefined)
  })
})

describe('rendering', () => {
  it('gives text that parses to the same tree', () => {
    const dice = makeDice(7)
    let rendered = 0
    for (let made = 0; made < 5_000; made += 1) {
      const query = tryParse(queryText(dice))
      if (!query) continue
      rendered += 1
      const text = renderJql(query)
      expect(withoutPlaces(parseJql(text)), text).toEqual(withoutPlaces(query))
    }
    expect(rendered).toBeGreaterThan(2_000)
  })
})

function compare(text: string, count: (what: string) => void): void {
  const theirs = new JastBuilder().build(text)
  const isRefused = theirs.errors.length > 0
  let ours: JqlQuery | undefined
  let error = ''
  try {
    ours = parseJql(text)
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown)
  }
  const reason = Object.entries(exceptions).find(([, applies]) => applies(text, error))?.[0]
  if (reason !== undefined && (ours === undefined) !== isRefused) {
    count(reason)
    return
  }
  const message = `${JSON.stringify(text)} ours: ${error || 'accepted'}; theirs: ${theirs.errors[0]?.message ?? 'accepted'}`
  expect(ours === undefined, message).toBe(isRefused)
  count(isRefused ? 'both refuse' : 'both accept')
  if (ours && theirs.query) expect(ourTree(ours), message).toEqual(theirTree(theirs.query, text))
}

function tryParse(text: string): JqlQuery | undefined {
  try {
    return parseJql(text)
  } catch {
    return undefined
  }
}

function browserRefuses(clause: JqlClause): boolean {
  if ('clauses' in clause) return clause.clauses.some(browserRefuses)
  if (clause.kind === 'not') return browserRefuses(clause.clause)
  const { operator, operand } = clause
  const kind = operand?.kind
  if (
    operator === 'in' ||
    operator === 'not in' ||
    operator === 'was in' ||
    operator === 'was not in'
  )
    return kind === 'value' || kind === 'empty'
  if (operator === 'is' || operator === 'is not') return kind !== 'empty'
  return kind === 'list' || (/^[<>]/.test(operator) && kind === 'empty')
}

function ourTree({ where, orderBy }: JqlQuery): Tree {
  return {
    where: where && ourClause(where),
    orderBy: orderBy.map(({ field, direction }) => [ourField(field), direction]),
  }
}

function ourClause(clause: JqlClause): Tree {
  if ('clauses' in clause) return [clause.kind, clause.clauses.map(ourClause)]
  if (clause.kind === 'not') return ['not', ourClause(clause.clause)]
  const predicates =
    clause.kind === 'history'
      ? clause.predicates.map(({ operator, operand }) => [operator, ourOperand(operand)])
      : []
  const operand = clause.operand && ourOperand(clause.operand)
  return [ourField(clause.field), clause.operator, operand, predicates]
}

function ourField({ name, customId, properties, position }: JqlField): Tree {
  return [
    customId === undefined ? name : `cf ${customId}`,
    properties.map(({ key, path }) => [key, path]),
    place(position),
  ]
}

function ourOperand(operand: JqlOperand): Tree {
  const at = place(operand.position)
  switch (operand.kind) {
    case 'empty':
      return ['empty', at]
    case 'value':
      return [operand.text, at]
    case 'list':
      return [operand.items.map(ourOperand), at]
    case 'function':
      return ['call', operand.name, operand.args, at]
  }
}

function place({ line, character }: JqlPosition): Tree {
  return [line, character]
}

function theirTree(query: Query, text: string): Tree {
  return {
    where: query.where && theirClause(query.where, text),
    orderBy:
      query.orderBy?.fields.map(({ field, direction }) => [
        theirField(field, text),
        direction?.value.toLowerCase(),
      ]) ?? [],
  }
}

function theirClause(clause: Clause, text: string): Tree {
  if (clause.clauseType === 'compound')
    return [clause.operator.value, clause.clauses.map((one) => theirClause(one, text))]
  if (clause.clauseType === 'not') return ['not', theirClause(clause.clause, text)]
  return [
    theirField(clause.field, text),
    clause.operator?.value,
    clause.operand && theirOperand(clause.operand, text),
    clause.predicates.map(({ operator, operand }) => [
      operator.value,
      operand && theirOperand(operand, text),
    ]),
  ]
}

function theirField({ text: raw, properties, position }: Field, text: string): Tree {
  const custom = /^cf\s*\[\s*(\d+)\s*\]/i.exec(raw)
  const name = custom ? `cf ${custom[1]}` : decode(raw)
  const parts = (properties ?? []).map(({ key, path }) => [
    decode(key?.text ?? ''),
    (path ?? []).map((part) => decode(part.text)),
  ])
  return [name, parts, placeAt(text, position)]
}

function theirOperand(operand: Operand, text: string): Tree {
  const at = placeAt(text, operand.position)
  switch (operand.operandType) {
    case 'keyword':
      return ['empty', at]
    case 'value':
      return [decode(operand.text), at]
    case 'list':
      return [operand.values.map((value) => theirOperand(value, text)), at]
    case 'function':
      return [
        'call',
        decode(operand.function.text),
        operand.arguments.map((arg) => decode(arg.text)),
        at,
      ]
  }
}

/** The package keeps escapes in bare words and makes `n` of `\n`: so the raw text is decoded here. */
function decode(raw: string): string {
  const inner = /^(["'])[\s\S]*\1$/.test(raw) ? raw.slice(1, -1) : raw
  return inner.replace(
    /\\(u([0-9a-f]{4})|[\s\S])/gi,
    (_, letter: string, hex: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      return { t: '\t', n: '\n', r: '\r' }[letter] ?? letter
    },
  )
}

function placeAt(text: string, position: readonly [number, number] | null): Tree {
  const before = text.slice(0, position?.[0] ?? 0).split('\n')
  return [before.length, before.at(-1)!.length + 1]
}

function withoutPlaces(query: JqlQuery): Tree {
  return JSON.parse(JSON.stringify(query, (key, value) => (key === 'position' ? undefined : value)))
}
