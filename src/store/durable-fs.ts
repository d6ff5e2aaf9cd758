import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Stream = { readonly nfd: number }
type StreamOperations = { fsync?: (stream: Stream) => number }
type Filesystem = Awaited<ReturnType<NodeFS['init']>>
type Module = Parameters<NonNullable<Filesystem['emscriptenOpts']['preRun']>[number]>[0]

/**
 * PGlite's folder on disk, with a working fsync. Out of the box its file system has none, so an
 * acknowledged write could be lost when the power goes; here every fsync PostgreSQL asks for
 * reaches the disk, and is counted so that start-up can prove it.
 */
export class DurableFs extends NodeFS {
  fsyncCount = 0

  override async init(pglite: PGlite, options: Parameters<NodeFS['init']>[1]): Promise<Filesystem> {
    const filesystem = await super.init(pglite, options)
    filesystem.emscriptenOpts.preRun = [
      ...(filesystem.emscriptenOpts.preRun ?? []),
      (module: Module) => this.hook(module),
    ]
    return filesystem
  }

  protected hook(module: Module): void {
    const nodefs = (module as unknown as { NODEFS: { stream_ops: StreamOperations } }).NODEFS
    nodefs.stream_ops.fsync = (stream) => {
      fsyncSync(stream.nfd)
      this.fsyncCount += 1
      return 0
    }
  }
}

/** Makes a file durable, or the entries of a folder where files were just created or renamed. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a folder with everything in it durable. */
export function syncTree(path: string): void {
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
    syncPath(join(entry.parentPath, entry.name))
  syncPath(path)
}
