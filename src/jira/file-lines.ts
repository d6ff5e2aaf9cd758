import { brokenFile } from './file-bytes.ts'

/** One line of a file: its number from 1, the byte it starts at in the unpacked file, its JSON. */
export type JsonLine = { readonly line: number; readonly byte: number; readonly json: unknown }

const newline = 10
const longestLine = 256 * 1024 * 1024

/**
 * The JSON of each line that is not blank. Lines are cut from the bytes, which is several times
 * faster than a stream of text lines, and only one line is ever held.
 */
export async function* jsonLinesOf(
  path: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<JsonLine> {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let line = 1
  let byte = 0
  for await (const chunk of withLine(path, chunks, () => line)) {
    let from = 0
    for (;;) {
      const end = chunk.indexOf(newline, from)
      if (end < 0) break
      const piece = chunk.subarray(from, end)
      const bytes = pending.length === 0 ? piece : Buffer.concat([...pending, piece])
      yield* parsed(path, bytes, line, byte)
      byte += bytes.length + 1
      line += 1
      pending = []
      pendingBytes = 0
      from = end + 1
    }
    if (from < chunk.length) pending.push(chunk.subarray(from))
    pendingBytes += chunk.length - from
    if (pendingBytes > longestLine) throw brokenFile(path, 'the line is over 256 MB long', line)
  }
  if (pending.length > 0) yield* parsed(path, Buffer.concat(pending), line, byte)
}

function* parsed(path: string, bytes: Buffer, line: number, byte: number): Iterable<JsonLine> {
  const text = bytes.toString('utf8')
  const bare = line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text
  if (bare.trim() === '') return
  yield { line, byte, json: parseLine(path, bare, line) }
}

function parseLine(path: string, text: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw brokenFile(path, `not JSON: ${messageOf(error)}`, line)
  }
}

// A file that breaks off is told with the line it broke off in.
async function* withLine(
  path: string,
  chunks: AsyncIterable<Buffer>,
  line: () => number,
): AsyncIterable<Buffer> {
  try {
    yield* chunks
  } catch (error) {
    const { reason } = error instanceof Error && 'details' in error ? Object(error.details) : {}
    throw typeof reason === 'string' ? brokenFile(path, reason, line()) : error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
