import { type DestinationStream, type Logger, pino } from 'pino'

/** Parameters of a query string that carry secrets. */
export const secretParameters =
  /^(apikey|api_key|auth-token|auth_token|tempoapitoken|token|access_token|password|secret|code)$/i

/** A URL as it may be logged: values of parameters that carry secrets are left out. */
export function loggableUrl(url: string): string {
  // Some clients write `&` where `?` belongs, as a manual they follow does.
  const at = url.search(/[?&]/)
  if (at < 0) return url
  const parts = url.slice(at + 1).split('&')
  const shown = parts.map((part) => {
    const name = part.split('=', 1)[0] ?? ''
    return secretParameters.test(safeDecode(name)) ? `${name}=***` : part
  })
  return `${url.slice(0, at + 1)}${shown.join('&')}`
}

/** Structured logs on standard error; standard output belongs to data. */
export function makeLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'req.headers.authorization',
          'req.headers.cookie',
          '*.secret',
          '*.password',
          '*.token',
        ],
        censor: '***',
      },
      serializers: {
        req: (request: { id: string; method: string; url: string; ip?: string }) => ({
          id: request.id,
          method: request.method,
          url: loggableUrl(request.url),
          ip: request.ip,
        }),
        res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
        err: pino.stdSerializers.err,
      },
    },
    destination ?? pino.destination({ fd: 2, sync: false }),
  )
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
