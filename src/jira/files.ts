import { DomainError } from '../domain/errors.ts'
import { brokenFile, type JiraFileBytes, openJiraFile } from './file-bytes.ts'
import { contentOf, type JiraContent, type Piece } from './file-items.ts'
import { lacksLine, lineOfBreak, piecesOfJson } from './file-json.ts'
import { jsonLinesOf } from './file-lines.ts'

/** Where an item was: line and byte only in files of lines; bytes of the file on disk, for a bar. */
export type JiraFilePlace = {
  readonly file: string
  readonly line?: number
  readonly byte?: number
  readonly bytesRead: number
  readonly bytesTotal: number
}

/** One thing a file of Jira's JSON holds, and where. */
export type JiraItem = { readonly at: JiraFilePlace } & JiraContent

/** What the caller knows better than the file's name. */
export type JiraFileOptions = {
  /** What the file holds, where its name does not tell: one document, or one per line. */
  readonly format?: 'json' | 'lines'
}

/**
 * Everything in a file of Jira's JSON, in the file's order and in flat memory: `.json`, `.ndjson`
 * or `.jsonl`, each also as `.gz`. Throws `invalid` for a broken file, naming file, line and reason;
 * what is merely odd comes as an item of kind `warning` or as a warning inside the issue.
 */
export async function* readJiraFile(
  path: string,
  options: JiraFileOptions = {},
): AsyncGenerator<JiraItem> {
  const format = options.format ?? formatOf(path)
  const bytes = await openJiraFile(path)
  yield* format === 'lines' ? itemsOfLines(path, bytes) : itemsOfDocument(path, bytes)
}

async function* itemsOfLines(path: string, bytes: JiraFileBytes): AsyncGenerator<JiraItem> {
  const reported = new Set<string>()
  for await (const { line, byte, json } of jsonLinesOf(path, bytes.chunks)) {
    const at = { ...placeOf(path, bytes), line, byte }
    yield* itemsOf({ list: 'any', json }, at, reported)
  }
}

async function* itemsOfDocument(path: string, bytes: JiraFileBytes): AsyncGenerator<JiraItem> {
  const reported = new Set<string>()
  try {
    for await (const piece of piecesOfJson(path, bytes.chunks)) {
      yield* itemsOf(piece, placeOf(path, bytes), reported)
    }
  } catch (error) {
    if (!(error instanceof DomainError) || !lacksLine(error)) throw error
    const line = await lineOfBreak((await openJiraFile(path)).chunks)
    throw brokenFile(path, String(error.details.reason), line)
  }
}

function* itemsOf(piece: Piece, at: JiraFilePlace, reported: Set<string>): Iterable<JiraItem> {
  for (const content of contentOf(piece, reported)) yield { at, ...content }
}

function placeOf(file: string, bytes: JiraFileBytes) {
  return { file, bytesRead: bytes.bytesRead(), bytesTotal: bytes.bytesTotal }
}

function formatOf(path: string): 'json' | 'lines' {
  const name = path.toLowerCase().replace(/\.gz$/, '')
  if (name.endsWith('.json')) return 'json'
  if (name.endsWith('.ndjson') || name.endsWith('.jsonl')) return 'lines'
  throw brokenFile(path, 'unknown kind of file; .json, .ndjson and .jsonl are read, also as .gz')
}
