import Assembler from 'stream-json/core/assembler.js'
import { jsonParser, type Token } from 'stream-json/core/parser.js'
import { jsonVerifier } from 'stream-json/core/utils/verifier.js'
import type { DomainError } from '../domain/errors.ts'
import { brokenFile } from './file-bytes.ts'
import { isWhole, type ListName, listAt, listsInside, type Piece } from './file-items.ts'

// A container the walk is inside of; values in other containers are assembled or skipped whole.
type Frame = {
  readonly isArray: boolean
  readonly list?: ListName | 'any' | undefined
  readonly inner?: ReadonlyMap<string, ListName> | undefined
  key: string
}

// Properties of a lone issue or worklog; kept until the end of the outermost object tells whether
// it is one. Lists among them are short there, and of no use elsewhere.
const ownKeys = new Set([
  'author',
  'changelog',
  'comment',
  'created',
  'fields',
  'id',
  'issueId',
  'key',
  'properties',
  'self',
  'started',
  'timeSpent',
  'timeSpentSeconds',
  'updateAuthor',
  'updated',
  'visibility',
  'worklog',
])

/** The pieces of one JSON document of any size: only one list element is in memory at a time. */
export async function* piecesOfJson(
  path: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Piece> {
  const decoder = new TextDecoder()
  const parse = jsonParser({ streamValues: false })
  const walk = makeWalk()
  for await (const chunk of chunks) {
    const tokens = tokensOf(path, () => parse(decoder.decode(chunk, { stream: true })))
    const pieces: Piece[] = []
    for (const token of tokens) walk.take(token, pieces)
    yield* pieces
  }
  if (!walk.isComplete()) throw brokenFile(path, 'the JSON ends early')
}

/** Finds the line in which a document breaks, by reading it again: rare, and then worth it. */
export async function lineOfBreak(chunks: AsyncIterable<Buffer>): Promise<number> {
  const decoder = new TextDecoder()
  const verify = jsonVerifier()
  let line = 1
  try {
    for await (const chunk of chunks) {
      verify(decoder.decode(chunk, { stream: true }))
      for (const byte of chunk) if (byte === 10) line += 1
    }
    return line
  } catch (error) {
    return error instanceof Error && 'line' in error ? Number(error.line) : line
  }
}

/** Whether the error is a document's fault and its line is not known yet. */
export function lacksLine(error: DomainError): boolean {
  return error.details.file !== undefined && error.details.line === undefined
}

function tokensOf(path: string, parse: () => ReturnType<ReturnType<typeof jsonParser>>): Token[] {
  try {
    const tokens: unknown = parse()
    // Many tokens come wrapped; none at all is a symbol.
    return typeof tokens === 'object' && tokens ? (tokens as { values: Token[] }).values : []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw brokenFile(path, `not JSON: ${message.replace(/^Parser (?:cannot parse input: )?/, '')}`)
  }
}

// Called for every token, hence plain calls that append to `pieces` instead of generators.
function makeWalk() {
  const frames: Frame[] = []
  const root: Record<string, unknown> = Object.create(null)
  let assembler: Assembler | undefined
  let skippedDepth = 0
  let hasContainer = false
  let isComplete = false

  function take(token: Token, pieces: Piece[]): void {
    if (skippedDepth > 0) skippedDepth += depthChange(token)
    else if (assembler) {
      assembler.consume(token)
      if (assembler.done) {
        emit(assembler.current, pieces)
        assembler = undefined
      }
    } else if (token.name === 'keyValue') frames.at(-1)!.key = token.value
    else if (token.name === 'startObject' || token.name === 'startArray') enter(token)
    else if (token.name === 'endObject' || token.name === 'endArray') leave(pieces)
    else if ('value' in token) takeScalar(token, pieces)
  }

  function enter(token: Token): void {
    const isArray = token.name === 'startArray'
    const parent = frames.at(-1)
    const key = parent?.key ?? ''
    const isTop = frames.length === 1 && !parent?.isArray
    hasContainer ||= isTop
    const inner = isTop && !isArray ? listsInside(key) : undefined
    const list = isArray ? (isTop ? listAt(key) : parent?.inner?.get(key)) : undefined
    if (!parent) frames.push({ isArray, list: isArray ? 'any' : undefined, key: '' })
    else if (inner || list) frames.push({ isArray, list, inner, key: '' })
    else if (parent.list || (isTop && (!isArray || ownKeys.has(key)))) {
      assembler = new Assembler()
      assembler.consume(token)
    } else {
      if (isTop) root[key] = []
      skippedDepth = 1
    }
  }

  function leave(pieces: Piece[]): void {
    const frame = frames.pop()!
    if (frames.length > 0) return
    isComplete = true
    if (frame.isArray) return
    if (isWhole(root) || !hasContainer) pieces.push({ list: 'any', json: root })
    else for (const [key, json] of Object.entries(root)) pieces.push({ key, json })
  }

  function emit(json: unknown, pieces: Piece[]): void {
    const frame = frames.at(-1)!
    if (frame.list) pieces.push({ list: frame.list, json })
    else if (ownKeys.has(frame.key)) root[frame.key] = json
    else pieces.push({ key: frame.key, json })
  }

  function takeScalar(token: Token, pieces: Piece[]): void {
    const frame = frames.at(-1)
    if (!frame) isComplete = true
    const raw = 'value' in token ? token.value : null
    const json = token.name === 'numberValue' ? Number(raw) : raw
    if (!frame || frame.list) pieces.push({ list: frame?.list ?? 'any', json })
    else if (frames.length === 1) root[frame.key] = json
  }

  return { take, isComplete: () => isComplete }
}

function depthChange(token: Token): number {
  if (token.name === 'startObject' || token.name === 'startArray') return 1
  return token.name === 'endObject' || token.name === 'endArray' ? -1 : 0
}
