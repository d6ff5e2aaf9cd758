// The embedded database on a thread of its own, so that a long statement keeps nobody else from
// being served, and reading a file and storing it use a core each. It is spoken to in PostgreSQL's
// own protocol: bytes come in, bytes go out.

import { fsyncSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

const { cluster, settings, syncsDisk, fsyncCount } = workerData
const syncs = new Int32Array(fsyncCount)

/** An answer leaves in pieces of about this size, so that its reader need not wait for its end. */
const pieceBytes = 256 * 1024

/**
 * PGlite's folder on disk, with a working fsync. Out of the box its file system has none, so an
 * acknowledged write could be lost when the power goes; here every fsync PostgreSQL asks for
 * reaches the disk, and is counted so that start-up can prove it.
 */
class DurableFs extends NodeFS {
  async init(pglite, options) {
    const filesystem = await super.init(pglite, options)
    if (syncsDisk)
      filesystem.emscriptenOpts.preRun = [...(filesystem.emscriptenOpts.preRun ?? []), hook]
    return filesystem
  }
}

function hook(module) {
  module.NODEFS.stream_ops.fsync = (stream) => {
    fsyncSync(stream.nfd)
    Atomics.add(syncs, 0, 1)
    return 0
  }
}

const pglite = await PGlite.create({
  fs: new DurableFs(cluster),
  // -F is PGlite's own "never fsync".
  startParams: [...PGlite.defaultStartParams.filter((param) => param !== '-F'), ...settings],
})

async function answer(request) {
  let pieces = []
  let size = 0
  const send = (isLast) => {
    const bytes = new Uint8Array(size)
    let at = 0
    for (const piece of pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    parentPort.postMessage({ bytes, isLast }, [bytes.buffer])
    pieces = []
    size = 0
  }
  await pglite.execProtocolRawStream(request, {
    onRawData(bytes) {
      // The database reuses the memory behind it.
      pieces.push(bytes.slice())
      size += bytes.length
      if (size >= pieceBytes) send(false)
    },
  })
  send(true)
}

let line = Promise.resolve()
parentPort.on('message', (request) => {
  line = line.then(async () => {
    if (request !== 'close') return answer(request)
    await pglite.close()
    parentPort.close()
  })
})
parentPort.postMessage({ isReady: true })
