import { badRequest } from './errors.ts'

/** An opaque place in a list, out of two numbers that order it. */
export function renderCursor(at: number, id: string | number): string {
  return Buffer.from(JSON.stringify([at, String(id)])).toString('base64url')
}

/** The place behind `name`; refuses what did not come from here. */
export function parseCursor(name: string, text: string): { at: number; id: string } {
  try {
    const [at, id, ...rest]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Number.isSafeInteger(at) && Math.abs(at as number) < 8e15 && rest.length === 0)
      if (typeof id === 'string' && /^\d{1,18}$/.test(id)) return { at: at as number, id }
  } catch {
    // Not ours: refused below.
  }
  throw badRequest(`'${name}' is not valid`)
}
