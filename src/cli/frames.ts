/**
 * What a command writes, on its way from the server that runs it to the terminal that asked:
 * one byte of kind, four bytes of length, then the bytes.
 */
export type Frame =
  | { readonly kind: 'out' | 'err'; readonly bytes: Uint8Array }
  | { readonly kind: 'exit'; readonly code: number }

const kinds = { out: 1, err: 2, exit: 3 } as const

export function encodeFrame(frame: Frame): Buffer {
  const bytes = frame.kind === 'exit' ? Buffer.of(frame.code) : Buffer.from(frame.bytes)
  const head = Buffer.alloc(5)
  head.writeUInt8(kinds[frame.kind], 0)
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** Cuts a stream of bytes back into frames; a frame cut off at the end is dropped. */
export async function* decodeFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    let at = 0
    while (rest.length - at >= 5) {
      const length = rest.readUInt32BE(at + 1)
      if (rest.length - at - 5 < length) break
      const bytes = rest.subarray(at + 5, at + 5 + length)
      const kind = rest[at]
      at += 5 + length
      if (kind === kinds.exit) yield { kind: 'exit', code: bytes[0] ?? 1 }
      else yield { kind: kind === kinds.out ? 'out' : 'err', bytes }
    }
    rest = rest.subarray(at)
  }
}
