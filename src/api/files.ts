import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** A file on its way out; `name` is made of safe characters by whoever gives it. */
export type OutgoingFile = {
  readonly contentType: string
  readonly name: string
  /** Shown in the browser instead of kept. */
  readonly isInline?: boolean
  readonly chunks: AsyncIterable<Buffer>
}

/** Streams a file; a source that fails at once is still a problem and not a broken file. */
export async function sendFile(
  reply: FastifyReply,
  { contentType, name, isInline = false, chunks: source }: OutgoingFile,
): Promise<FastifyReply> {
  const chunks = source[Symbol.asyncIterator]()
  // Pulled before the headers leave, so that a query that fails at once is still a problem.
  const first = await chunks.next()
  void reply
    .type(contentType)
    .header('content-disposition', `${isInline ? 'inline' : 'attachment'}; filename="${name}"`)
  if (reply.request.method === 'HEAD') {
    await chunks.return?.()
    return reply.send()
  }
  return reply.send(streamOf(first, chunks))
}

/** The rest of a file; leaving early ends its source even when nothing was read yet. */
function streamOf(first: IteratorResult<Buffer>, chunks: AsyncIterator<Buffer>): Readable {
  let waiting: IteratorResult<Buffer> | undefined = first
  const iterator = {
    async next(): Promise<IteratorResult<Buffer>> {
      const chunk = waiting
      waiting = undefined
      return chunk ?? chunks.next()
    },
    async return(): Promise<IteratorResult<Buffer>> {
      await chunks.return?.()
      return { done: true, value: undefined }
    },
  }
  return Readable.from({ [Symbol.asyncIterator]: () => iterator }, { objectMode: false })
}
