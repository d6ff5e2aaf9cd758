import type { Dice } from './random.contract.ts'

const words = [
  'a',
  'issuetype',
  'issue.property',
  'ABC-1',
  '2016-03-01',
  '-5d',
  '5.5',
  'x:y',
  'é日',
]
const oddWords = [
  'user',
  'limit',
  'cf',
  'order',
  'by',
  'in',
  'is',
  'empty',
  'NULL',
  'x`y',
  '-',
  'ISNOT',
]
const escaped = ['joe\\u0040x', 'a\\ b', "o\\'neil", 'tab\\t', 'bad\\x', '\\u00e', 'end\\\\', '\\"']
const quoted = [
  '"x"',
  "'y z'",
  '""',
  '"a\\"b"',
  "'it\\'s'",
  '"line\nbreak"',
  '"\\u0040 \\n"',
  '"and"',
  '"cf[1]"',
  '"5"',
  "'[x]'",
  '"\\\\"',
  '"bad \\q"',
  '"tab\tin"',
]
const numbers = ['0', '1', '-7', '007', '10001', '9223372036854775807', '9223372036854775808']
const comparing = ['=', '!=', '<', '<=', '>', '>=', '~', '!~']
const junk = [
  ...'"\'=!<>()~,[]|&{}*/%+^$#@?;`\\ \t\n-.',
  '\u007f',
  '\u00a0',
  ' and ',
  ' OR ',
  ' not ',
  ' in ',
  ' is ',
  ' was ',
  ' empty ',
  ' order by ',
  ' x ',
  '()',
  '(1)',
]

/** A query made by the grammar, now and then with an odd word in it. */
export function queryText(dice: Dice): string {
  const where = dice.chance(0.95) ? clauses(dice, 3) : ''
  return dice.chance(0.2) ? `${where}${blank(dice)}${orderBy(dice)}` : where
}

/** The text after one to three random edits of characters: most, but not all, no longer parse. */
export function mutated(dice: Dice, text: string): string {
  let changed = text
  for (let edits = 1 + dice.below(3); edits > 0; edits -= 1) {
    const at = dice.below(changed.length + 1)
    const length = dice.below(3)
    const put = dice.chance(0.6) ? dice.pick(junk) : ''
    changed = changed.slice(0, at) + put + changed.slice(at + length)
  }
  return changed
}

function clauses(dice: Dice, depth: number): string {
  const joiner = () =>
    blank(dice) + cased(dice, dice.pick(['and', 'or', '&&', '||', '&', '|', 'and'])) + blank(dice)
  const [first, ...rest] = dice.some(1, depth > 0 ? 3 : 1, () => oneClause(dice, depth))
  return rest.reduce((text, next) => text + joiner() + next, first!)
}

function oneClause(dice: Dice, depth: number): string {
  if (depth > 0 && dice.chance(0.2))
    return `(${maybe(dice)}${clauses(dice, depth - 1)}${maybe(dice)})`
  if (depth > 0 && dice.chance(0.15))
    return (dice.chance(0.5) ? '!' : `${cased(dice, 'not')} `) + oneClause(dice, depth - 1)
  return `${field(dice)}${blank(dice)}${comparison(dice)}`
}

function comparison(dice: Dice): string {
  const roll = dice.below(20)
  const separator = blank(dice)
  if (roll < 9) return dice.pick(comparing) + separator + operand(dice, roll === 0)
  if (roll < 14) {
    const operator = cased(dice, dice.pick(['in', 'not in', 'not  in']))
    const isOdd = dice.chance(0.1)
    return operator + separator + (isOdd ? operand(dice, true) : listOrCall(dice))
  }
  if (roll < 17)
    return `${cased(dice, dice.pick(['is', 'is not']))}${separator}${dice.chance(0.9) ? cased(dice, dice.pick(['empty', 'null'])) : operand(dice, true)}`
  const predicates = [
    'before',
    'after',
    'on',
    'during',
    'by',
    ...(roll === 17 ? ['from', 'to'] : []),
  ]
  const tail = dice
    .some(0, 3, () => ` ${cased(dice, dice.pick(predicates))} ${operand(dice, true)}`)
    .join('')
  if (roll === 17) return cased(dice, 'changed') + tail
  const operator = cased(dice, dice.pick(['was', 'was not', 'was in', 'was not in']))
  const fits = operator.toLowerCase().endsWith('in') ? listOrCall(dice) : operand(dice, false)
  return `${operator} ${fits}${tail}`
}

function field(dice: Dice): string {
  const roll = dice.below(20)
  if (roll < 10) return dice.pick(words)
  if (roll < 13) return dice.pick(quoted)
  if (roll < 14) return dice.pick(numbers)
  if (roll < 15) return dice.pick(escaped)
  if (roll < 16) return dice.pick(oddWords)
  if (roll < 18) return `${cased(dice, 'cf')}${maybe(dice)}[${maybe(dice)}${dice.pick(numbers)}]`
  const key = dice.pick([...words, ...quoted, ...numbers])
  return `${dice.pick(words)}[${key}]${dice.pick(['', '.x', '.x.y', ' .z', ' q "r"'])}`
}

function operand(dice: Dice, mayBeList: boolean): string {
  const roll = dice.below(20)
  if (roll < 8) return dice.pick(words)
  if (roll < 11) return dice.pick(quoted)
  if (roll < 13) return dice.pick(numbers)
  if (roll < 14) return dice.pick(escaped)
  if (roll < 15) return dice.pick(oddWords)
  if (roll < 16) return cased(dice, dice.pick(['empty', 'null']))
  return mayBeList && dice.chance(0.5) ? list(dice) : call(dice)
}

function listOrCall(dice: Dice): string {
  return dice.chance(0.8) ? list(dice) : call(dice)
}

function list(dice: Dice): string {
  const separator = `${maybe(dice)},${maybe(dice)}`
  return `(${dice.some(1, 4, () => operand(dice, dice.chance(0.3))).join(separator)})`
}

function call(dice: Dice): string {
  const name = dice.chance(0.85) ? dice.pick(['now', 'membersOf', 'f']) : dice.pick(quoted)
  const args = dice.some(0, 3, () => dice.pick([...words, ...quoted, ...numbers]))
  return `${name}${maybe(dice)}(${args.join(`${maybe(dice)},`)}${maybe(dice)})`
}

function orderBy(dice: Dice): string {
  const sorts = dice.some(1, 3, () => field(dice) + cased(dice, dice.pick(['', ' asc', ' desc'])))
  return `${cased(dice, 'order by')} ${sorts.join(`,${maybe(dice)}`)}`
}

function cased(dice: Dice, word: string): string {
  return dice.chance(0.5)
    ? word
    : dice.chance(0.5)
      ? word.toUpperCase()
      : word.replace(/^\w/, (c) => c.toUpperCase())
}

function blank(dice: Dice): string {
  return dice.chance(0.9) ? ' ' : dice.pick(['  ', '\n', '\t', '\r\n'])
}

function maybe(dice: Dice): string {
  return dice.chance(0.8) ? '' : blank(dice)
}
