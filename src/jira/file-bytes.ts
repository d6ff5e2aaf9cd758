import { createReadStream, type ReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DomainError } from '../domain/errors.ts'

/** A file being read: its unpacked bytes, and how far into the file on disk the reading is. */
export type JiraFileBytes = {
  readonly chunks: AsyncIterable<Buffer>
  readonly bytesTotal: number
  bytesRead(): number
}

const gzipMagic = Buffer.from([0x1f, 0x8b])
const chunkBytes = 256 * 1024

/** Opens a file, unpacking it when its first bytes say gzip, whatever its name says. */
export async function openJiraFile(path: string): Promise<JiraFileBytes> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw brokenFile(path, 'it is a folder')
    if (found.size === 0) throw brokenFile(path, 'it is empty')
    const isPacked = await startsWithGzip(path)
    const raw = createReadStream(path, { highWaterMark: chunkBytes })
    const chunks = unpacked(path, raw, isPacked)
    return { chunks, bytesTotal: found.size, bytesRead: () => raw.bytesRead }
  } catch (error) {
    throw asBrokenFile(path, error)
  }
}

/** A refusal of a whole file: names the file, the line if known, and the reason. */
export function brokenFile(file: string, reason: string, line?: number): DomainError {
  const where = line === undefined ? file : `${file}, line ${line}`
  return new DomainError('invalid', `${where}: ${reason}`, { file, line, reason })
}

async function startsWithGzip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.equals(gzipMagic)
  } finally {
    await handle.close()
  }
}

async function* unpacked(path: string, raw: ReadStream, isPacked: boolean): AsyncIterable<Buffer> {
  // pipeline hands errors of either stream to the other; the iteration below throws them.
  const source: Readable = isPacked
    ? pipeline(raw, createGunzip({ chunkSize: chunkBytes }), () => {})
    : raw
  try {
    yield* source
  } catch (error) {
    throw asBrokenFile(path, error)
  } finally {
    raw.destroy()
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
  Z_BUF_ERROR: 'the gzip data ends early',
  Z_DATA_ERROR: 'the gzip data is damaged',
}

function asBrokenFile(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof DomainError || code === '') return error
  return brokenFile(path, reasons[code] ?? `it cannot be read (${code})`)
}
