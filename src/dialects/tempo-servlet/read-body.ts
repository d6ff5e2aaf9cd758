import type { FastifyRequest } from 'fastify'
import { ServletError } from './errors.ts'
import { type Params, readParams } from './params.ts'

export type PostedBody = {
  /** Fields of a form, when it was one. */
  readonly form: Params
  /** The document, from the form's `worklogs` or as the body itself. */
  readonly xml: string
}

/**
 * A form, of either encoding, or the bare document whatever its content type says: a client sends
 * none at all [contract 3.1].
 */
export async function readPosted({ headers, body }: FastifyRequest): Promise<PostedBody> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const type = headers['content-type'] ?? ''
  if (/^multipart\/form-data/i.test(type)) return fromForm(await readMultipart(bytes, type))
  const text = decode(bytes)
  if (text.trimStart().startsWith('<')) return { form: {}, xml: text }
  return fromForm(readParams(Object.fromEntries(new URLSearchParams(text))))
}

function fromForm(form: Params): PostedBody {
  return { form, xml: form.worklogs ?? '' }
}

async function readMultipart(bytes: Buffer, type: string): Promise<Params> {
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': type },
    }).formData()
    const fields = await Promise.all(
      [...form.entries()].map(
        async ([name, value]) =>
          [
            name,
            typeof value === 'string' ? value : decode(Buffer.from(await value.arrayBuffer())),
          ] as const,
      ),
    )
    return readParams(Object.fromEntries(fields))
  } catch (error) {
    if (error instanceof ServletError) throw error
    throw new ServletError(400, 'The multipart form cannot be read')
  }
}

/** Text in the encoding that the bytes declare, UTF-8 where they do not. */
function decode(bytes: Buffer): string {
  const label = declaredEncoding(bytes)
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    throw new ServletError(400, `The text is not valid ${label}`)
  }
}

function declaredEncoding(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.toString('latin1', 0, 200)
  return /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
}
